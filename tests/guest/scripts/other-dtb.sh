# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# On a machine of 3 GB, loads with a device tree that knows the lowest 1 GB alone: that
# is refused. Then with the machine's own tree from a file, and jumps.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

load()
{
	fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --dtb "$1"
}

must insmod /t/fastkexec.ko
hex=$(od -An -v -tx1 /sys/firmware/fdt | tr -d ' \n')
less=$(echo "$hex" | sed 's/000000004000000000000000c0000000/00000000400000000000000040000000/')
[ "$hex" != "$less" ] || fail "the tree has no memory of 3 GB"
echo "$hex" | xxd -r -p >/tmp/whole.dtb
echo "$less" | xxd -r -p >/tmp/less.dtb
cmp /sys/firmware/fdt /tmp/whole.dtb || fail "the tree is not what it was"

if load /tmp/less.dtb 2>/tmp/err; then
	report "loaded with a tree of less memory"
else
	report "refused: $(tr '\n' ' ' </tmp/err)"
	must load /tmp/whole.dtb
fi
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
