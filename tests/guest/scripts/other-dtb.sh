# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# On a machine of 3 GB, loads with a device tree that knows the lowest 1 GB alone: taken
# as it is, that is refused. As a base it is given this machine's memory. Jumps with it.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

load()
{
	fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --dtb "$@"
}

must insmod /t/fastkexec.ko
hex=$(od -An -v -tx1 /sys/firmware/fdt | tr -d ' \n')
less=$(echo "$hex" | sed 's/000000004000000000000000c0000000/00000000400000000000000040000000/')
[ "$hex" != "$less" ] || fail "the tree has no memory of 3 GB"
echo "$less" | xxd -r -p >/tmp/less.dtb

if load /tmp/less.dtb --dtb-as-is 2>/tmp/err; then
	report "loaded with a tree of less memory"
else
	report "refused: $(tr '\n' ' ' </tmp/err)"
	must load /tmp/less.dtb
fi
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
