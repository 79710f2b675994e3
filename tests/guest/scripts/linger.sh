# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Does nothing until the host, which looks at the kernel that runs, ends the guest.

sleep 250
