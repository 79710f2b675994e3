# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel while its devices write to memory: drivers inserted,
# interfaces up, nothing taken down before.
# Settings (--set): DRIVERS  modules to insert, in this order
#                   LATER    a PCI function that comes after our module only
#                   WAY      the command that leaves the kernel; default "reboot -f"
#                   SAYS     a regex: lines that the kernel's log must hold after the load
# Without SAYS no device may be named that nobody stops.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# log_holds REGEX
log_holds()
{
	dmesg | grep -E -- "$1"
}

# stoppers: the devices that have one, in alphabetical order.
stoppers()
{
	(cd /sys/bus/fastkexec/devices && echo *)
}

# come_later FUNCTION: the only one behind its bridge.
come_later()
{
	all=$(stoppers)
	must sh -c "echo 1 >/sys/bus/pci/devices/$1/remove"
	[ "$(stoppers)" != "$all" ] || fail "$1 is gone, and its bridge keeps its stopper"
	must rmmod fastkexec
	[ ! -d /sys/bus/fastkexec ] || fail "something of the module is left"
	must insmod /t/fastkexec.ko
	[ "$(stoppers)" != "$all" ] || fail "$1 is not there, and its bridge has a stopper"
	must sh -c "echo 1 >/sys/bus/pci/rescan"
	[ "$(stoppers)" = "$all" ] || fail "$1 has come back: $(stoppers), not $all"
}

# shellcheck disable=SC2086 # a list
insert $DRIVERS
must insmod /t/fastkexec.ko
[ -z "$LATER" ] || come_later "$LATER"
for card in /sys/class/net/*; do
	must ip link set "${card##*/}" up
done
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)"
report "stoppers $(stoppers)"
if [ -n "$SAYS" ]; then
	log_holds "$SAYS" || fail "the log does not say $SAYS"
else
	! log_holds "nobody stops" || fail "the log names a device"
fi
! log_holds "WARNING|BUG:" || fail "the log has a warning"
report "jump from=$(uname -r)"
${WAY:-reboot -f}
fail "${WAY:-reboot -f} came back with $?"
