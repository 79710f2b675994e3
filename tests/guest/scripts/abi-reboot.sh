# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image, and reboots while loads and unloads go on. They must be refused,
# also a load that has begun before, and the next kernel must start.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

dmesg -n 5
must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)"
abi reboot
fail "abi reboot came back with $?"
