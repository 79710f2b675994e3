# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# For QEMU's sbsa-ref. U-Boot is built, too, and lies in flash of its own: sbsa.u-boot.

# mend_u_boot TREE: mend the ACPI tables of U-Boot for sbsa-ref. KVM wants the GIC's maintenance
# interrupt, a private one; and a PCI device's messages go through the SMMU to the ITS, which
# has the number 0.
mend_u_boot()
{
	local tree=$1/arch/arm/dts/qemu-sbsa.dts its=$1/arch/arm/lib/gic-v3-its.c
	local tables=$1/lib/acpi/acpi_table.c

	sed -i 's/<GIC_SPI 9 /<GIC_PPI 9 /' "$tree"
	sed -i 's/acpi_write_madt_its(its, dev_seq(dev), /acpi_write_madt_its(its, 0, /' "$its"
	sed -i '/^int acpi_iort_add_rc/,/^}/ s/^\tnode->revision = 2;/&\
\tnode->mapping_count = num_mappings;\
\tnode->mapping_offset = sizeof(*node) + sizeof(*rc);/' "$tables"
	if ! grep -q '<GIC_PPI 9 ' "$tree" || ! grep -q 'its(its, 0, ' "$its" ||
		! grep -q 'sizeof(\*rc)' "$tables"; then
		die "U-Boot's sources have no place for the changes"
	fi
}

# build_u_boot DIRECTORY: the cache's firmware/sbsa.u-boot, which runs the script of the first
# disk.
build_u_boot()
{
	local target at=0x10000300000

	copy_source u-boot "$SUITE" u-boot "$1" --tar-only
	mend_u_boot "$1/u-boot"
	cat >>"$1/u-boot/configs/qemu-arm-sbsa_defconfig" <<-END
		CONFIG_BOOTDELAY=-2
		CONFIG_BOOTCOMMAND="scsi scan; load scsi 0:1 $at boot.scr; source $at"
		CONFIG_CMD_FS_GENERIC=y
		CONFIG_FS_EXT4=y
		# CONFIG_TOOLS_MKEFICAPSULE is not set
	END
	# Python's libfdt would be for U-Boot's packer of images.
	for target in qemu-arm-sbsa_defconfig u-boot.bin; do
		logged make -s -C "$1/u-boot" -j"$(nproc)" CROSS_COMPILE="$FK_CROSS" \
			CONFIG_PYLIBFDT= "$target"
	done
	mv "$1/u-boot/u-boot.bin" "$FK_CACHE/firmware/sbsa.u-boot"
}

prepare()
{
	build_u_boot "$1"
	arguments+=(PLAT=qemu_sbsa ARM_LINUX_KERNEL_AS_BL33=1)
}

# The later stages lie where the room of the first one ends.
image()
{
	local made=$1/tf-a/build/qemu_sbsa/release

	cp "$made/bl1.bin" "$1/bios"
	truncate -s $((0x12000)) "$1/bios"
	cat "$made/fip.bin" >>"$1/bios"
}
