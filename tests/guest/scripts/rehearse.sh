# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Rehearses the jump on the live machine, then jumps.
# Settings (--set): ROUNDS      how often; default 100
#                   PLACEMENT   default copy
#                   DESIGN      identity, range or linear; default identity
#                   BEFORE      a command to run before the load
#                   AFTER       a command to run after the rehearsals
#                   VM=yes      with a KVM guest at work
#                   PROVOKE=yes run into faults in between; they must be caught
#                   FLAGS       of the rehearsals, e.g. --cpus

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# loaded: the status of the image, without the list of its rehearsals.
loaded()
{
	fastkexec status --json | tr -d '\n ' | sed 's/"rehearsed":\[[^]]*\]//'
}

[ -z "$BEFORE" ] || must sh -c "$BEFORE"
if [ "$VM" = yes ]; then
	kvm --spin &
	guest=$!
	sleep 1
fi
must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --placement "${PLACEMENT:-copy}" \
	--design "${DESIGN:-identity}" --rehearse
report "status $(fastkexec status --json | tr -d '\n')"
before=$(loaded)

round=0
while [ $round -lt "${ROUNDS:-100}" ]; do
	# shellcheck disable=SC2086 # several words
	must fastkexec rehearse $FLAGS >/tmp/rehearse
	if [ "$PROVOKE" = yes ]; then
		must provoke >/tmp/provoke
	fi
	round=$((round + 1))
done
[ "$PROVOKE" != yes ] || report "caught rounds=$round $(cat /tmp/provoke)"
[ "$(loaded)" = "$before" ] || fail "the image is another one now: $(loaded)"
if [ "$VM" = yes ]; then
	must kill -0 "$guest"
	must kvm
	report "guest runs on"
fi
report "rehearsed rounds=$round $(fastkexec status --json | tr -d '\n ' |
	sed 's/.*\("rehearsed":\[[^]]*\]\).*/\1/')"
[ -z "$AFTER" ] || must sh -c "$AFTER"
must sh -c 'dmesg | grep -c "Unable to handle\|BUG:\|WARNING:" | grep -qx 0'
fastkexec exec
fail "fastkexec exec came back with $?"
