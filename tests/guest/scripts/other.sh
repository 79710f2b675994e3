# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# With an image loaded, leaves the kernel in a way that is not ours to take.
# Settings (--set): WAY   the command, "poweroff -f" say

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)"
report "leaving by $WAY"
sh -c "$WAY"
fail "$WAY came back with $?"
