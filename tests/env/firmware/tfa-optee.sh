# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With Debian's OP-TEE as trusted OS, which runs on every CPU.

prepare()
{
	local optee=$1/optee/usr/lib/optee/vexpress-qemu_armv8a

	deb_unpack "$SUITE" "$1/optee" optee-os:arm64
	arguments+=(SPD=opteed BL32="$optee/tee-header_v2.bin"
		BL32_EXTRA1="$optee/tee-pager_v2.bin"
		BL32_EXTRA2="$optee/tee-pageable_v2.bin")
}
