# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Adds memory with virtio-mem, loads /t/next/Image, takes that memory offline again
# and jumps. With --set DROPS=yes the image must be dropped instead, and a line of the
# log must say why. Memory of the boot stays online. If the memory of the destination
# does not go offline, the image must stay loaded.
# Settings (--set): DESIGN      identity (default), range or linear
#                   DROPS=yes   the image must not outlive the memory
#                   LATE=yes    the memory goes offline during the reboot, which must
#                               not jump then
# Wants the modules of add_memory (guest_lib.sh).

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

cd /sys/devices/system/memory || fail "no memory hotplug"

# kernel: address of the loaded kernel.
kernel()
{
	fastkexec status --json | tr -d '\n ' |
		sed 's/.*"name":"kernel","address":\([0-9]*\).*/\1/'
}

boot=$(grep -lx online memory[0-9]*/state | sed 's,/state,,' | tr '\n' ' ')
add_memory online_movable

must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --placement copy \
	--design "${DESIGN:-identity}" --rehearse

# offline_late: memory goes offline when the reboot has begun, and is slow (late.ko).
offline_late()
{
	must insmod /t/late.ko
	report "jump from=$(uname -r)"
	fastkexec exec &
	sleep 2
	for block in memory[0-9]*; do
		case " $boot " in *" $block "*) continue ;; esac
		[ "$(cat "$block/state")" = online ] || continue
		echo offline >"$block/state" && report "late: $block went offline"
	done
	sleep 60
	fail "the reboot does not go on"
}

[ "$LATE" != yes ] || offline_late

block=memory$(($(kernel) / 0x$(cat block_size_bytes)))
[ -e "$block" ] || fail "no $block for the address $(kernel)"
if echo offline >"$block/state"; then
	report "$block, the destination, went offline"
else
	report "$block, the destination, cannot go offline"
	must sh -c "fastkexec status --json | grep -q '\"loaded\": true'"
fi

gone=0
for block in memory[0-9]*; do
	case " $boot " in *" $block "*) continue ;; esac
	[ "$(cat "$block/state")" = online ] || continue
	must sh -c "echo offline >$block/state"
	gone=$((gone + 1))
done
[ $gone -gt 0 ] || fail "none of the added memory was online"
report "blocks offline: $gone"
loaded=$(fastkexec status --json | grep -c '"loaded": true')
if [ "$DROPS" = yes ]; then
	[ "$loaded" = 0 ] || fail "the image is still there"
	must sh -c 'dmesg | grep "fastkexec: memory .* went offline"'
	report "dropped"
	exit
fi
[ "$loaded" = 1 ] || fail "the image is gone"
must fastkexec rehearse
fastkexec exec
fail "fastkexec exec came back with $?"
