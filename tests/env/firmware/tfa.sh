# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# For a GICv3.

prepare()
{
	:
}
