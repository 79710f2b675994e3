# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A CPU that ignores interrupts: status and load tell within seconds, and do not hang.
# Settings: REASON  what the load must say (run --blocker)

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# soon COMMAND...: its status; 143 if it takes longer than 10 seconds.
soon()
{
	timeout 10 "$@"
}

# What runs on that CPU stops, too: all of this runs on the first one.
must taskset -p 1 $$
must insmod /t/fastkexec.ko
must insmod /t/wedge.ko
sleep 1
soon fastkexec status --json >/tmp/json || fail "status -> $?"
grep -q '"name": "cpu-silent"' /tmp/json || fail "status does not name cpu-silent"
soon fastkexec load /t/next/Image --initrd /t/next/initrd --command-line x 2>/tmp/err
status=$?
[ $status -eq 1 ] || fail "load gives $status, not 1"
grep -qF "$REASON" /tmp/err || fail "load does not say '$REASON': $(cat /tmp/err)"
soon fastkexec status --json >/tmp/json || fail "status -> $? at the second time"
soon rmmod fastkexec && fail "the module is gone and its function is not"
report "said in time"
# Nothing else comes up: an orderly way down waits for that CPU for ever.
echo b >/proc/sysrq-trigger
