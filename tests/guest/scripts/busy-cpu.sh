# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image while CPU 1 takes interrupts and runs nothing else
# (tests/guest/modules/busy.c): nothing may wait for that CPU. Memory cannot be claimed in
# place then, because the kernel's own claim waits for it: the load says so, or copies.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# load PLACEMENT: whether it loads; it must not take more than 30 seconds.
load()
{
	fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --placement "$1" 2>/tmp/said &
	left=30
	while [ -d "/proc/$!" ] && ! grep -q '^State:.*Z' "/proc/$!/status"; do
		[ $left -gt 0 ] || fail "a load with placement $1 hangs"
		left=$((left - 1))
		sleep 1
	done
	wait "$!"
}

must insmod /t/fastkexec.ko
must insmod /t/busy.ko
sleep 1
load copy || fail "a load by copy: $(cat /tmp/said)"
fastkexec rehearse 2>/tmp/said && fail "the busy CPU was held"
must grep -q 'CPU 1 runs no tasks' /tmp/said
must fastkexec unload
load in-place && fail "memory was claimed in place"
must grep -q 'CPU 1 runs no tasks' /tmp/said
load auto || fail "a load: $(cat /tmp/said)"
must sh -c "fastkexec status --json | grep -q '\"copy_entries\": [1-9]'"
report "a busy CPU is not waited for"
