# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Commits faults on purpose, which the kernel must report on its console.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/faulty.ko
report "faults done"
