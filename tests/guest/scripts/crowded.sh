# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image while memory is full, in pieces and in motion: a tmpfs takes all but
# a few megabytes, page cache the rest, and here and there lies a page that cannot move;
# files come and go, and so do processes. Each load must end within a minute, in place, by
# copy or with a sentence, and nobody is killed. With the crowd gone, a load succeeds, and
# the next kernel starts.
# Settings (--set): LEFT   megabytes that are available at each load, in this order
#                   HOLD   kilobytes between pages that cannot move; default 4096
#                   HUGE   huge pages that are set aside before
# Wants a disk that is read without end, the modules of virtio_blk, and the program hold.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

BOUND=60

available()
{
	sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo
}

# fill MB: the tmpfs takes what is available, but for MB.
fill()
{
	while more=$(($(available) / 1024 - $1)) && [ $more -gt 0 ]; do
		files=$((files + 1))
		dd if=/dev/zero of=/crowd/$files bs=1M count=$(((more + 1) / 2)) 2>/dev/null ||
			fail "the tmpfs is full at $(available) kB"
	done
}

# empty MB: give files back until MB are available.
empty()
{
	while [ $(($(available) / 1024)) -lt "$1" ] && [ $files -gt 0 ]; do
		rm /crowd/$files
		files=$((files - 1))
	done
}

churn()
{
	while :; do cat /dev/vda >/dev/null; done &
	crowd="$crowd $!"
	while :; do
		dd if=/dev/zero of=/crowd/churn bs=64k count=64 2>/dev/null
		rm /crowd/churn
	done &
	crowd="$crowd $!"
	while :; do sh -c ':' | cat; done &
	crowd="$crowd $!"
}

# try MB: a load with so much memory left; one line tells what came of it.
try()
{
	empty "$1"
	fill "$1"
	left=$(($(available) / 1024))
	start=$(date +%s)
	fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" >/tmp/said 2>&1
	status=$?
	seconds=$(($(date +%s) - start))
	case $status in
	0)
		if fastkexec status --json | grep -q '"copy_entries": [1-9]'; then
			outcome="by copy"
		else
			outcome="in place"
		fi
		fastkexec unload || fail "the image cannot be unloaded"
		;;
	1)
		grep -q '[a-z]' /tmp/said || fail "a load fails without a word"
		outcome=$(tail -n 1 /tmp/said)
		;;
	*) fail "a load ends with status $status: $(cat /tmp/said)" ;;
	esac
	report "crowded left=$left seconds=$seconds: $outcome"
	[ $seconds -le $BOUND ] || fail "a load took $seconds s"
}

dmesg -n 3
crowd='' files=0
insert virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk
[ -z "$HUGE" ] || must sh -c "echo $HUGE >/proc/sys/vm/nr_hugepages"
must sh -c "hold $(($(available) / 1024 - 60)) ${HOLD:-4096} >/tmp/hold"
mkdir /crowd
must mount -t tmpfs -o size=100%,nr_inodes=0 none /crowd
must insmod /t/fastkexec.ko
churn
for left in ${LEFT:?}; do
	try "$left"
done
for pid in $crowd; do
	kill -0 "$pid" || fail "the process $pid of the crowd is gone"
done
dmesg | grep -E 'Out of memory|oom-kill|invoked oom|page allocation failure' >/tmp/killed &&
	fail "$(cat /tmp/killed)"
# shellcheck disable=SC2086 # words
kill $crowd
sleep 1
must umount -l /crowd
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --rehearse
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
