# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A machine whose only large range of memory held its own initrd, which was freed: that
# memory can be used again, although /proc/iomem calls it reserved.
# Settings (--set): SIZE   megabytes that no other range has

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

rm -f /pad
must insmod /t/fastkexec.ko
where copy "${SIZE:?}" >/tmp/where || fail "no place for $SIZE MB: $(cat /tmp/where)"
report "place $(head -n 1 /tmp/where)"
middle=$(($(sed -n '1s/ .*//p' /tmp/where) + SIZE * 524288))
found=$(sed -n 's/^ *\([0-9a-f]*\)-\([0-9a-f]*\) : reserved/\1 \2/p' /proc/iomem |
	while read -r start end; do
		[ $middle -lt $((0x$start)) ] || [ $middle -gt $((0x$end)) ] || echo yes
	done)
[ "$found" = yes ] || fail "the place is not called reserved"
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --placement copy
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
