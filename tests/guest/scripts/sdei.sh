# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Has SDEI's event 0 signalled to every CPU, and reports how many heard it, "sdei cpus=N".
# The kernel's own driver (from 7.3 on) has the event for itself, and backtraces show who
# heard; else the module sdei_event does. The event stays registered.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

if dmesg | grep -q 'using SDEI cross-CPU NMI'; then
	must sh -c 'echo l >/proc/sysrq-trigger'
	! dmesg | grep -q 'SDEI_EVENT_SIGNAL to CPU' || fail "a CPU cannot be told"
	# The CPU that asks needs no event.
	heard=$(dmesg | grep -o 'NMI backtrace for cpu [0-9]*' | sort -u | wc -l)
else
	[ -d /sys/module/sdei_event ] || must insmod /t/sdei_event.ko
	must sh -c 'echo 1 >/sys/module/sdei_event/parameters/signal'
	heard=$(dmesg | sed -n 's/.*sdei_event: event 0 came to \([0-9]*\) CPUs/\1/p' | tail -n 1)
fi
report "sdei cpus=$heard"
