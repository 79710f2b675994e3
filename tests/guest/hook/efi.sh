# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # the variables of run
#
# Sourced by tests/guest/hook/run: a disk with an EFI partition, and EDK2 that starts from
# it.

# Of the EFI partition, and where the root's begins. The disk is 1 MB, these two, and 1 MB.
ESP_MB=256
ROOT_MB=$((1 + ESP_MB))
DISK_MB=$((ROOT_MB + 1024 + 1))
ESP_ID=12345678

EFI_FIRMWARE=/usr/share/AAVMF

# efi_grub ROOT ESP: GRUB as Debian installs it. Before the first update-grub it starts
# the newest kernel.
efi_grub()
{
	local program

	for program in grub/arm64-efi/monolithic/grubaa64.efi grub/arm64-efi-signed/grubaa64.efi; do
		[ ! -e "$1/usr/lib/$program" ] || break
	done
	mkdir -p "$2/EFI/BOOT" "$2/EFI/debian" "$1/boot/grub/arm64-efi"
	cp "$1/usr/lib/$program" "$2/EFI/BOOT/BOOTAA64.EFI"
	cp "$1"/usr/lib/grub/arm64-efi/*.{mod,lst} "$1/boot/grub/arm64-efi/"
	cat >"$2/EFI/debian/grub.cfg" <<-END
		search.fs_uuid $UUID root
		set prefix=(\$root)/boot/grub
		if [ -f \$prefix/grub.cfg ]; then
			configfile \$prefix/grub.cfg
		fi
		linux /boot/vmlinuz-$(<"$(kernel_dir "$NEW")/release") root=UUID=$UUID ro $WORDS
		initrd /boot/initrd.img-$(<"$(kernel_dir "$NEW")/release")
		boot
	END
}

# efi_entry ROOT ESP NAME KERNEL: an entry of systemd-boot, as kernel-install makes it.
efi_entry()
{
	local version folder id

	version=$(<"$(kernel_dir "$4")/release")
	id=$(<"$1/etc/machine-id")
	folder=$2/$id/$version
	mkdir -p "$folder"
	cp "$1/boot/vmlinuz-$version" "$folder/linux"
	cp "$1/boot/initrd.img-$version" "$folder/initrd.img"
	cat >"$2/loader/entries/$3.conf" <<-END
		title      Debian
		version    $version
		machine-id $id
		sort-key   debian
		options    root=UUID=$UUID ro $WORDS
		linux      /$id/$version/linux
		initrd     /$id/$version/initrd.img
	END
}

# efi_systemd_boot ROOT ESP
efi_systemd_boot()
{
	mkdir -p "$2/EFI/BOOT" "$2/EFI/systemd" "$2/loader/entries"
	cp "$1/usr/lib/systemd/boot/efi/systemd-bootaa64.efi" "$2/EFI/BOOT/BOOTAA64.EFI"
	cp "$2/EFI/BOOT/BOOTAA64.EFI" "$2/EFI/systemd/systemd-bootaa64.efi"
	echo "timeout 0" >"$2/loader/loader.conf"
	efi_entry "$1" "$2" old "$OLD"
	efi_entry "$1" "$2" new "$NEW"
}

# efi_build ROOT: the disk.
efi_build()
{
	local esp mount=/boot/efi

	[ "$boot" = grub ] || mount=/efi
	esp=$(mktemp -d "$out/esp.XXXXXX")
	"efi_${boot//-/_}" "$1" "$esp"
	mkdir -p "$1$mount"
	printf 'UUID=%s / ext4 defaults 0 1\nUUID=%s %s vfat umask=0077 0 0\n' "$UUID" \
		"${ESP_ID:0:4}-${ESP_ID:4}" "$mount" >"$1/etc/fstab"
	truncate -s "${DISK_MB}M" "$out/disk"
	sfdisk -q "$out/disk" <<-END
		label: gpt
		start=1MiB, size=${ESP_MB}MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
		start=${ROOT_MB}MiB, size=1024MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4
	END
	mke2fs -q -F -t ext4 -U "$UUID" -E "root_owner=0:0,offset=$((ROOT_MB << 20))" -d "$1" \
		"$out/disk" 1024M
	truncate -s "${ESP_MB}M" "$out/esp"
	mkfs.vfat -F 32 -i "$ESP_ID" "$out/esp" >/dev/null
	mcopy -s -i "$out/esp" "$esp"/* ::/
	dd if="$out/esp" of="$out/disk" bs=1M seek=1 conv=notrunc,sparse status=none
	rm -rf "$esp" "$out/esp"
	cp "$EFI_FIRMWARE/AAVMF_VARS.fd" "$out/variables"
}

# shellcheck disable=SC2054 # QEMU's own commas
efi_qemu()
{
	qemu+=(-drive "if=pflash,unit=0,format=raw,readonly=on,file=$EFI_FIRMWARE/AAVMF_CODE.fd"
		-drive "if=pflash,unit=1,format=raw,file=$out/variables")
}
