# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A system whose policy does not let kernels be loaded: the load is refused, and what
# was loaded before stays.
# Settings (--set): DENY   the command that sets the policy
#                   WHY    what the tool's sentence must hold

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

load()
{
	fastkexec load /t/next/Image --initrd /t/next/initrd --command-line "$1"
}

must mkdir -p /run
must insmod /t/fastkexec.ko
must load before
must sh -c "$DENY"
load after 2>/tmp/err
status=$?
[ $status -eq 1 ] || fail "load gives $status, not 1"
report "denied: $(tr '\n' ' ' </tmp/err)"
[ "$(wc -l </tmp/err)" -eq 1 ] || fail "load says more than one line"
grep -qF "$WHY" /tmp/err || fail "load does not say '$WHY'"
fastkexec status >/tmp/status || fail "status -> $?"
grep -qx 'Command line: before' /tmp/status || fail "what was loaded has changed"
report "denied as it should be"
