# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With TF-A's test secure payload as trusted OS, which says what it does.

# shellcheck source=tests/env/firmware/tsp.sh
. "$FK_ENV/firmware/tsp.sh"

prepare()
{
	tsp "$1/tf-a"
	arguments+=(SPD=tspd NEED_BL32=yes LOG_LEVEL=40)
}
