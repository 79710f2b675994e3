# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# only a rehearsal stops the machine
#
# A CPU in an interrupt storm never stops, and the others would wait for it with their
# interrupts off.

# run_stop FILE...: calls of stop_machine().
run_stop()
{
	! grep -nE '(^|[^A-Za-z0-9_])stop_machine(_cpuslocked)?\([^)]' "$@" /dev/null
}

check()
{
	local -a files

	finds "stop_machine" run_stop "$PLANTED/stop.c"
	mapfile -t files < <(files_like '^module/.*\.[ch]$' | grep -vx module/rehearse.c)
	run_stop "${files[@]}"
}
