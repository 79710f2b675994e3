# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A machine that must not be left: the load is refused, with a reason.
# Settings (--set): BLOCKER  its name in status --json
#                   WORDS    what the load's sentence must hold
#                   SAYS     what the module's own must, with the tool out of its way
#                   BEFORE   a command to run with the module inserted

# shellcheck source=tests/guest/scripts/lib.sh
. /t/lib.sh

must insmod /t/fastkexec.ko
[ -z "$BEFORE" ] || must sh -c "$BEFORE"
fastkexec load /t/next/Image --initrd /t/next/initrd --command-line x 2>/tmp/err
status=$?
[ $status -eq 1 ] || fail "load gives $status, not 1"
report "refused: $(tr '\n' ' ' </tmp/err)"
grep -q "$WORDS" /tmp/err || fail "load does not say '$WORDS'"
must sh -c 'place >/tmp/place'
report "module: $(cat /tmp/place)"
grep -q "this machine cannot be left: .*$SAYS" /tmp/place || fail "the module does not say '$SAYS'"
fastkexec status --json >/tmp/json || fail "status -> $?"
grep -q "\"name\": \"$BLOCKER\"" /tmp/json || fail "status does not name $BLOCKER"
grep -q '"loaded": false' /tmp/json || fail "something is loaded"
report "refusal is as it should be"
