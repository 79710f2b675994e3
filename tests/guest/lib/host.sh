# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # the variables of options.sh
#
# Sourced by tests/guest/run: the program of tests/guest/host that runs beside QEMU.

host_pid=''

# host_start: begin --host's program, in a process group of its own, with the run's
# directory as its first argument.
host_start()
{
	local words

	[ -n "$host" ] || return 0
	read -ra words <<<"$host"
	setsid "$GUEST/host/${words[0]}" "$out" "${words[@]:1}" >"$out/host.log" 2>&1 \
		</dev/null 8>&- &
	host_pid=$!
}

# host_end: end the program, and what it started, with SIGTERM. Fails if it ended, of
# itself or after the signal, with another status than 0 or the signal's.
host_end()
{
	local status=0 pid=$host_pid

	[ -n "$pid" ] || return 0
	host_pid=
	kill -TERM -- "-$pid" 2>/dev/null || true
	wait "$pid" || status=$?
	case $status in
	0 | 143) return 0 ;;
	esac
	cat "$out/host.log"
	echo "on the host, $host ended with status $status"
	return 1
}
