# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Has the host damage an image that is loaded (tests/guest/host/damage), and tells what a
# rehearsal or the jump makes of it.
# Settings (--set): ROUNDS      rehearsals for each of PLACEMENTS, each with other damage;
#                               default 0: one damage, then the jump
#                   PLACEMENTS  default in-place
#                   VERIFY      full (default), fast or none

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

load()
{
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --placement "$1" \
		--verify "${VERIFY:-full}"
	report "loaded $1 $(fastkexec status --json | tr -d '\n ' | grep -o '"verify":"[a-z]*"')"
	dmesg -c | sed -n 's/.*fastkexec: piece: /piece /p' >&3
	report "pieces end"
}

# rehearsal WHAT: report how it ended.
rehearsal()
{
	if fastkexec rehearse >/tmp/out 2>&1; then
		report "$1 passed"
	else
		report "$1 refused: $(cat /tmp/out)"
	fi
}

must insmod /t/fastkexec.ko dyndbg=+p
dmesg -c >/dev/null
for placement in ${PLACEMENTS:-in-place}; do
	load "$placement"
	round=0
	while [ $round -lt "${ROUNDS:-0}" ]; do
		must /t/turn >&3
		rehearsal damaged
		must /t/turn >&3
		rehearsal restored
		round=$((round + 1))
	done
done
report "rounds end"
[ "${ROUNDS:-0}" -eq 0 ] || exit 0
must /t/turn >&3
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
