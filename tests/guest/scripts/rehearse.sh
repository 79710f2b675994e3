# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Rehearses the jump on the live machine, then jumps.
# Settings (--set): ROUNDS      how often; default 100
#                   PLACEMENT   default copy
#                   DESIGN      identity, range or linear; default identity
#                   VM          yes: with a KVM guest at work

# shellcheck source=tests/guest/scripts/lib.sh
. /t/lib.sh

must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --placement "${PLACEMENT:-copy}" \
	--design "${DESIGN:-identity}" --rehearse
report "status $(fastkexec status --json | tr -d '\n')"
round=0
while [ $round -lt "${ROUNDS:-100}" ]; do
	must fastkexec rehearse >/tmp/rehearse
	round=$((round + 1))
done
report "rehearsed rounds=$round $(fastkexec status --json | tr -d '\n ' |
	sed 's/.*\("rehearsed":\[[^]]*\]\).*/\1/')"
must sh -c 'dmesg | grep -c "Unable to handle\|BUG:\|WARNING:" | grep -qx 0'
fastkexec exec
fail "fastkexec exec came back with $?"
