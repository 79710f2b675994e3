# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the tool and the module's pure files, with gcc's analyser

run_gcc()
{
	# shellcheck disable=SC2086 # one word an option
	gcc $ANALYSE -O2 -Wall -Wextra -Wno-missing-field-initializers -fanalyzer \
		-c -o /dev/null "$1"
}

check()
{
	analyse run_gcc analyser.c Wanalyzer-use-after-free
}
