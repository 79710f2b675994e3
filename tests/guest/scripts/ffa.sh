# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Inserts the kernel's FF-A driver, which maps its buffers. It need not find a partition
# then, and may give up for want of one.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/ffa-core.ko
insmod /t/ffa-module.ko
dmesg | grep 'ARM FF-A' >&3
