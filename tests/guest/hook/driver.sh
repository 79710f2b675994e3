#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs in the guest once a boot: judges what came of the last step, and does the next.

cd /fk || exit 1
# shellcheck source=/dev/null
. ./config
# shellcheck source=tests/guest/hook/steps.sh
. ./steps.sh
# shellcheck source=/dev/null
. "./$OWN"

state=/fk/state
hand="root=UUID=11111111-2222-3333-4444-555555555555 ro console=ttyAMA0 panic=-1"

report()
{
	echo "$*" >/dev/ttyS0
	echo "$*"
}

# way: how this kernel was started.
way()
{
	if grep -q fk.native /proc/cmdline; then
		echo native
	elif grep -q linux,booted-from-kexec /sys/firmware/fdt; then
		echo fast
	else
		echo firmware
	fi
}

# read_journals: of the boot before and of this one, once for all that look at them.
read_journals()
{
	journalctl -b -1 -o short-monotonic --no-pager >/run/fk-before 2>/dev/null
	journalctl -b 0 -o cat --no-pager >/run/fk-now
}

# said: what the hook said last on the way down.
said()
{
	sed -n 's/^[^]]*] [^ ]* fastkexec\[[0-9]*]: //p' /run/fk-before |
		grep -E '^(This reboot |No reboot |A kernel was|Looking for|A watchdog|systemd )' |
		tail -n 1
}

# filesystem: whether the disk was left clean.
filesystem()
{
	if dmesg | grep -q 'vda.*recovery'; then
		echo dirty
	else
		echo clean
	fi
}

# last_journal: whether the journal of the boot before goes on to its end.
last_journal()
{
	if grep -q 'corrupted or uncleanly' /run/fk-now; then
		echo cut
	elif tail -n 5 /run/fk-before | grep -q 'Journal stopped'; then
		echo whole
	else
		echo cut
	fi
}

# hook_first: whether the hook was done before the first service began to stop.
hook_first()
{
	awk '
		/]: (This reboot|No reboot) |loaded by hand, and|was given up/ { hook = 1 }
		/the witness stops/ { print hook ? "first" : "late"; found = 1; exit }
		END { if (!found) print "-" }' /run/fk-before
}

# hook_ms: how long the hook took, from systemd asking it to its end.
hook_ms()
{
	awk '
		{ time = $0; sub(/^\[ */, "", time); sub(/\].*/, "", time) }
		/Stopping fastkexec-reboot/ { start = time }
		start && /Stopped fastkexec-reboot/ { printf "%d", (time - start) * 1000; exit }' \
		/run/fk-before
}

# judge STEP: compare with what the step wants: WAY RELEASE, and words of the hook.
judge()
{
	local wants words now verdict=PASS running

	read -r -a wants <<<"$(grep "^$1 " wanted | tail -n 1 | cut -d' ' -f2-3)"
	words=$(grep "^$1 " wanted | tail -n 1 | cut -d' ' -f4-)
	running=$(systemctl is-system-running --wait)
	read_journals
	now="way=$(way) release=$(uname -r) system=$running disk=$(filesystem)"
	now+=" journal=$(last_journal) order=$(hook_first) ms=$(hook_ms)"
	case "$now" in
	"way=${wants[0]} release=${wants[1]} system=running "*) ;;
	*) verdict=FAIL ;;
	esac
	if ! grep -qx "$1" rough; then
		case "$now" in
		*" disk=clean journal=whole order=first "*) ;;
		*) verdict=FAIL ;;
		esac
	fi
	if [ -n "$words" ] && [[ $(said) != *"$words"* ]]; then
		verdict=FAIL
	fi
	report "$verdict $1 $now | $(said)"
}

# want WAY RELEASE [WORDS]: what is to come of this step.
want()
{
	echo "$step $*" >>wanted
}

# rough: this step does not stop the services: disk and journal may show it.
rough()
{
	echo "$step" >>rough
}

# make_menu: of GRUB.
make_menu()
{
	grub-mkconfig -o /boot/grub/grub.cfg >/fk/grub.log 2>&1 || report "FAIL grub-mkconfig"
	grub-editenv /boot/grub/grubenv create
}

# turned_off: this step ends without a reboot, and somebody turns the machine on again.
turned_off()
{
	report off
}

# keep_report: what 'fastkexec report' says of the last step's reboot. The runner takes it
# from the disk.
keep_report()
{
	local file=/fk/reports/$step

	systemctl is-system-running --wait >/dev/null
	fastkexec report --svg "$file.svg" >"$file" 2>&1
	fastkexec report --json >"$file.json" 2>&1
	report "$(head -n 1 "$file")"
}

# mark: the request, for those who count.
mark()
{
	[ ! -x /fk/measure ] || /fk/measure /bin/true
}

# skip REASON: there is no such step here.
skip()
{
	skipped=yes
	report "SKIP $step: $*"
}

next_step()
{
	local nr

	nr=$(cat $state 2>/dev/null || echo 0)
	step=$(sed -n "$((nr + 1))p" steps)
	echo $((nr + 1)) >$state
	sync
}

# A step that goes over several boots; the last of them takes it away before the system runs.
trial=/var/lib/fastkexec/bench/state
[ ! -e $trial ] || report "a trial goes on"
systemctl is-system-running --wait >/dev/null
[ ! -e $trial ] || exit 0
touch wanted rough
if [ ! -e $state ]; then
	report "boot way=$(way) release=$(uname -r) system=$(systemctl is-system-running)" \
		"$(systemctl --version | head -n 1)"
	[ "$BOOT" = systemd-boot ] || make_menu
	report "next: $(fastkexec next 2>&1 | tr '\n' ' ')"
	systemctl --failed --no-legend --no-pager | while read -r line; do
		report "failed: $line"
	done
else
	step=$(sed -n "$(cat $state)p" steps)
	judge "$step"
	if declare -F "after_$step" >/dev/null; then
		"after_$step"
	fi
fi
next_step
while [ -n "$step" ]; do
	report "step $step"
	skipped=
	mark
	"step_$step"
	[ -n "$skipped" ] || exit 0
	next_step
done
report end
sync
exec systemctl poweroff
