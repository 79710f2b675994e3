# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With EDK2 after it, instead of U-Boot, built from Debian's sources.

# edk2 DIRECTORY: EDK2 as a kernel for QEMU, DIRECTORY/edk2.fd. QEMU's ACPI tables leave
# it to firmware at EL3 to say that it has PSCI.
edk2()
{
	copy_source edk2 bookworm edk2 "$1"
	add_lines "$1/edk2/OvmfPkg/AcpiPlatformDxe/QemuFwCfgAcpi.c" \
		'      TableSize = Header->Length;' \
"      if (Header->Signature == SIGNATURE_32 ('F', 'A', 'C', 'P')) {
        ((UINT8 *)(UINTN)PointerValue)[129] |= 1;
      }
"
	# Nothing else has told the size of memory yet when this one wants to map it.
	add_lines "$1/edk2/ArmVirtPkg/Library/QemuVirtMemInfoLib/QemuVirtMemInfoLib.c" \
		'  MemorySizeHob = GetFirstGuidHob' '  QemuVirtMemInfoLibConstructor ();'
	# A binary that Debian leaves out, and makes.
	"${FK_CROSS}gcc-12" -c -fpic -o "$1/edk2/ArmPkg/Library/GccLto/liblto-aarch64.a" \
		"$1/edk2/ArmPkg/Library/GccLto/liblto-aarch64.s"
	# shellcheck disable=SC2016 # the variables of that shell
	logged WORKSPACE="$1/edk2" GCC5_AARCH64_PREFIX="$FK_CROSS" PYTHON3_ENABLE=TRUE \
		bash -c 'cd "$WORKSPACE" && . ./edksetup.sh && make -C BaseTools/Source/C \
			-j"$(nproc)" &&
			build -n "$(nproc)" -a AARCH64 -t GCC5 -b RELEASE \
				-D NETWORK_ENABLE=FALSE -D SECURE_BOOT_ENABLE=TRUE \
				-p ArmVirtPkg/ArmVirtQemuKernel.dsc'
	mv "$1"/edk2/Build/ArmVirtQemuKernel-AARCH64/RELEASE_GCC5/FV/QEMU_EFI.fd "$1/edk2.fd"
}

prepare()
{
	edk2 "$1"
	arguments+=(BL33="$1/edk2.fd" ARM_LINUX_KERNEL_AS_BL33=1)
}
