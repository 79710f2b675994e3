# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A device that every kernel uses: each one looks at what the kernel before has left,
# works the device, and, if there is a next kernel, jumps as jump.sh does, with the same
# settings, while the work goes on.
# Settings (--set): DRIVERS  modules to insert, in this order
#                   DISK     a disk of 24 MB or more, which is overwritten; or
#                   CARD     a network card, whose wire is QEMU's own network
#
#   device NAME works before=yes|no
#
# before says whether what the kernel before has written to the disk is there.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# Of the disk, in MB: first the data, then their checksum, then what only gives work.
DATA_MB=4
SUM_AT=8
WORK_AT=12

# wait_for PATH
wait_for()
{
	tries=0
	until [ -e "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 30 ] || fail "no $1"
		sleep 1
	done
}

# data_sum: of the data on the disk, past the page cache.
data_sum()
{
	dd if="$DISK" bs=1M count=$DATA_MB iflag=direct 2>/dev/null | md5sum | cut -d ' ' -f 1
}

disk_works()
{
	before=no
	[ "$(dd if="$DISK" bs=1M skip=$SUM_AT count=1 2>/dev/null | head -c 32)" != \
		"$(data_sum)" ] || before=yes
	must dd if=/dev/urandom of="$DISK" bs=1M count=$DATA_MB oflag=direct
	data_sum >/tmp/sum
	must dd if=/tmp/sum of="$DISK" bs=1M seek=$SUM_AT conv=fsync
	report "device ${DISK##*/} works before=$before"
}

# disk_work: writes and reads without an end.
disk_work()
{
	while :; do
		dd if=/dev/zero of="$DISK" bs=64k count=64 seek=$((WORK_AT * 16)) oflag=direct
	done 2>/dev/null &
	while :; do
		dd if="$DISK" of=/dev/null bs=64k iflag=direct
	done 2>/dev/null &
}

card_works()
{
	must ip link set "$CARD" up
	must ip address add 10.0.2.15/24 dev "$CARD"
	tries=0
	until ping -q -c 1 -W 1 10.0.2.2 >/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 30 ] || fail "10.0.2.2 does not answer"
	done
	must ping -q -c 20 -i 0.05 -s 1400 -W 5 10.0.2.2
	report "device $CARD works before=no"
}

card_work()
{
	for _ in 1 2 3 4; do
		ping -q -i 0.002 -s 1400 10.0.2.2 >/dev/null &
	done
}

# shellcheck disable=SC2086 # a list
insert $DRIVERS
if [ -n "$DISK" ]; then
	wait_for "$DISK"
	disk_works
else
	wait_for "/sys/class/net/$CARD"
	card_works
fi

[ -d /t/next ] || exit 0
if [ -n "$DISK" ]; then
	disk_work
else
	card_work
fi
# shellcheck source=tests/guest/scripts/jump.sh
. /t/jump.sh
