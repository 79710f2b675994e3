# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel, and the next one tells where the time went. It is given no
# module. The kernel without /t/next is the last one.
# Settings (--set): PLACEMENT   in-place or copy

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# number KEY: the first number of that name in the answer.
number()
{
	sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p" /tmp/answer | head -n 1
}

# in_order KEY...: stamps, each of them there, and none before the one in front of it.
in_order()
{
	before=1
	for key; do
		at=$(number "$key")
		[ "${at:-0}" -ge "$before" ] || fail "stamp $key is $at, after $before"
		before=$at
	done
}

if [ -d /t/next ]; then
	must insmod /t/fastkexec.ko
	must fastkexec stamp requested
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --placement "$PLACEMENT"
	must fastkexec stamp shutdown
	report "jump from=$(uname -r)"
	reboot -f
	fail "reboot came back with $?"
fi

must fastkexec report >/tmp/text
report "text: $(cat /tmp/text)"
must fastkexec report --json >/tmp/answer
in_order requested loaded shutdown notified devices_down verified cpus_off left
grep -q '"fast": true' /tmp/answer || fail "not known to be fast"
for stage in load services-stop shutdown devices verify cpus leave jump kernel; do
	grep -q "\"name\": \"$stage\"" /tmp/answer || fail "no stage $stage"
done
down=$(number down_ns)
if [ "${down:-0}" -lt 1000000 ] || [ "$down" -gt 120000000000 ]; then
	fail "down for $down ns"
fi
copied=$(number copy_bytes)
case $PLACEMENT in
in-place) [ "$copied" -eq 0 ] || fail "$copied bytes were copied" ;;
copy) [ "$copied" -ge 10000000 ] || fail "$copied bytes were copied" ;;
esac
must fastkexec report --svg /tmp/svg
grep -q '^</svg>$' /tmp/svg || fail "no picture"
report "the time is known"
