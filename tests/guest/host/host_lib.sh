# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this directory. Such a script runs beside QEMU; its first
# argument is the directory of the run (tests/guest/run --host).

HOST=$(dirname "${BASH_SOURCE[0]}")
run=$1

# report_wait REGEX [SECONDS]: until the guest has reported a line that matches; fails
# after SECONDS (300).
report_wait()
{
	local tries=$((${2:-300} * 10))

	until grep -qE -- "$1" "$run/report.log"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "no report of $1"; return 1; }
		sleep 0.1
	done
}

# monitor COMMAND...: each COMMAND is one line for QEMU's monitor, e.g. "info status".
# Prints the answers (tests/guest/run --monitor).
monitor()
{
	"$HOST/monitor" "$run" "$@"
}
