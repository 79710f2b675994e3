# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Builds and installs on a Debian's disk what lies there, by the lines of its file
# /root/lines, runs the unit tests there, and jumps with what was installed.
# Settings (--set): DRIVERS   modules to insert, in this order

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# typed WORDS: in the disk's system.
typed()
{
	chroot /disk /usr/bin/env -i PATH=/usr/local/sbin:/usr/sbin:/usr/bin HOME=/root \
		LC_ALL=C.UTF-8 /bin/sh -ec "$*"
}

# shellcheck disable=SC2086 # one word a module
insert $DRIVERS
tries=0
until [ -b /dev/vda ]; do
	tries=$((tries + 1))
	[ $tries -lt 30 ] || fail "no disk"
	sleep 1
done
mkdir -p /disk
must mount -t ext4 /dev/vda /disk
for folder in proc sys dev; do
	must mount -o bind /$folder /disk/$folder
done
mkdir -p /disk/root/next
must cp /t/next/Image /t/next/initrd /t/next/cmdline /disk/root/next/
typed 'cd /root/fastkexec-*; . /root/lines' >/disk/root/log 2>&1 ||
	{ tail -n 40 /disk/root/log; fail "the README's lines"; }
# The kernel's own package, which has lists for depmod(8), is not on the disk.
if grep -i warning /disk/root/log | grep -v '^depmod: WARNING: could not open modules[.]'; then
	fail "somebody warned"
fi
report "built, and nobody warned, in $(cut -d . -f 1 /proc/uptime) s"
typed 'cd /root/fastkexec-*; make -j4 unit UNIT_COMPILERS=gcc' >/disk/root/unit 2>&1 ||
	{ tail -n 40 /disk/root/unit; fail "the unit tests"; }
report "units $(awk '/PASSED/ { sum += $4 } END { print sum }' /disk/root/unit) passed"
must typed modprobe fastkexec
must typed "fastkexec load /root/next/Image --initrd /root/next/initrd \
	--command-line \"\$(cat /root/next/cmdline)\""
sync
report "jump by $(typed fastkexec --version)"
typed fastkexec exec
fail "fastkexec exec came back with $?"
