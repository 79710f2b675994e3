# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder: how they judge and count.

passed=0 failed=0

# expect WORDS COMMAND...: the test called WORDS passes if COMMAND does.
expect()
{
	local words=$1 output

	shift
	if output=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		echo "FAIL  $words"
		echo "$output" | tail -n 40
		failed=$((failed + 1))
	fi
}

# says TEXT COMMAND...: COMMAND fails, and what it prints has TEXT.
says()
{
	local output

	if output=$("${@:2}" 2>&1); then
		echo "it does not fail"
		return 1
	fi
	grep -qF -- "$1" <<<"$output" || { echo "no '$1' in: $output"; return 1; }
}

# same TEXT TEXT
same()
{
	diff <(echo "$1") <(echo "$2")
}

# sum_up NAME: the line that tests/check reads; fails if a test did, or if there was none.
sum_up()
{
	echo "$1: $passed passed, $failed failed, 0 skipped"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
