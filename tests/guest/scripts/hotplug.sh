# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Every callback of CPU hotplug is in tests/guest/hotplug_callbacks.txt, which says why the
# jump need not run it.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
states=/sys/devices/system/cpu/hotplug/states
must grep -q ': online$' $states
nr=0 unknown=0
sed 's/^ *[0-9]*: //' $states >/tmp/states
while IFS= read -r state; do
	nr=$((nr + 1))
	grep -qxF "	$state" /t/hotplug && continue
	unknown=$((unknown + 1))
	report "unknown callback: $state"
done </tmp/states
[ $nr -ge 20 ] || fail "only $nr callbacks are listed"
[ $unknown = 0 ] || fail "$unknown of $nr callbacks are not known"
report "callbacks: all known"
