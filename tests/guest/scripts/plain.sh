# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Does nothing: the report of the kernel that was booted is the whole test.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh
