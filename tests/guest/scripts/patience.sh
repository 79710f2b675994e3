# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Memory full of pages that cannot move, which only a failed attempt tells: the search
# for places ends within 12 seconds (ten, and the attempt under way), and a load copies.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# in_time WHAT: what the last search found, and that it took less than 12 seconds.
in_time()
{
	report "$1: $(tr '\n' ' ' </tmp/where)"
	[ "$(sed -n 's/milliseconds=//p' /tmp/where)" -lt 12000 ] || fail "$1: too long"
}

must insmod /t/fastkexec.ko
free=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)
must sh -c "hold $((free / 1024 - 150)) 512 >/tmp/hold"
report "$(cat /tmp/hold)"
where in-place 256 >/tmp/where 2>&1
in_time "in place"
where auto 256 >/tmp/where 2>&1 || fail "auto: $(cat /tmp/where)"
in_time auto
report "patience was enough"
