# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the tool and the module's pure files, with sparse

run_sparse()
{
	# shellcheck disable=SC2086 # one word an option
	sparse $ANALYSE -Wno-unknown-attribute "$1"
}

check()
{
	analyse run_sparse sparse.c 'dubious: x & !y'
}
