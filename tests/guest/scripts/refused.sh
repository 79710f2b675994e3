# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A machine that must not be left: the load is refused, with the reason. The module is
# asked directly, too (tests/guest/extra/place.c): the tool asks for the blockers first
# and makes a sentence of its own.
# Settings: BLOCKER  its name in status --json (run --blocker)
#           REASON   what the tool's sentence and the module's must hold (run --blocker)
#           BEFORE   a command to run with the module inserted (--set)

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
[ -z "$BEFORE" ] || must sh -c "$BEFORE"
fastkexec load /t/next/Image --initrd /t/next/initrd --command-line x 2>/tmp/err
status=$?
[ $status -eq 1 ] || fail "load gives $status, not 1"
report "refused: $(tr '\n' ' ' </tmp/err)"
grep -qF "$REASON" /tmp/err || fail "load does not say '$REASON'"
must sh -c 'place >/tmp/place'
report "module: $(cat /tmp/place)"
grep -qF "this machine cannot be left: $REASON" /tmp/place ||
	fail "the module does not say '$REASON'"
fastkexec status --json >/tmp/json || fail "status -> $?"
grep -q "\"name\": \"$BLOCKER\"" /tmp/json || fail "status does not name $BLOCKER"
grep -q '"loaded": false' /tmp/json || fail "something is loaded"
report "refusal is as it should be"
