# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With a trusted OS that runs on CPU 0 alone and cannot migrate (resident.S).

# It lies where TF-A puts a trusted OS.
prepare()
{
	"${FK_CROSS}gcc-12" -nostdlib -static -Wl,--build-id=none,-Ttext=0xe100000 \
		-o "$1/resident.elf" "$FK_ENV/firmware/resident.S"
	"${FK_CROSS}objcopy" -O binary "$1/resident.elf" "$1/resident.bin"
	# Without this feature's default, tlkd.mk leaves the dispatcher out.
	arguments+=(SPD=tlkd ENABLE_FEAT_D128=0 NEED_BL32=yes BL32="$1/resident.bin")
}
