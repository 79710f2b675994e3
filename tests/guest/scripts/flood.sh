# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Takes a flood of frames in, reports that it arrives, and then that its card has no
# link any more. Wants an e1000 and its module.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# wait_until COMMAND...: fails after 60 seconds.
wait_until()
{
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ $tries -lt 60 ] || fail "never: $*"
		sleep 1
	done
}

card=/sys/class/net/eth0
flooded()
{
	[ "$(cat $card/statistics/rx_packets)" -gt 500 ]
}

insert e1000
must ip link set eth0 up
wait_until flooded
report "flood arrives"
wait_until grep -qx 0 $card/carrier
report "flood is cut"
