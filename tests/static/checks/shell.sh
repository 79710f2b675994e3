# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# scripts, with shellcheck

run_shellcheck()
{
	shellcheck --external-sources --format=gcc "$@"
}

check()
{
	local -a files

	finds SC2086 run_shellcheck "$PLANTED/shellcheck.sh"
	mapfile -t files < <(scripts)
	run_shellcheck "${files[@]}"
}
