# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the tool and the module's pure files, with clang's analyser

run_clang()
{
	# shellcheck disable=SC2086 # one word an option
	clang --analyze --analyzer-output text $ANALYSE -Wall -Wextra \
		-Wno-missing-field-initializers -o /dev/null "$1"
}

check()
{
	analyse run_clang analyser.c unix.Malloc
}
