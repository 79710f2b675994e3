# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A machine whose redistributors have LPI tables: one kernel after the other says whose
# they are, and has the ITS deliver messages; it then jumps as jump.sh does, with the same
# settings. The last one has no next kernel.
#
#   lpi adopted=N own=N reserved=N messages=yes|no|none memory=KIB
#
# adopted and own count pending tables: those of the kernel before, and new ones. reserved
# counts the ranges that the jump has added to this kernel's device tree. messages says
# whether a disk's reads (virtio, MSI-X) were answered by LPIs; none: there is no disk.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# count WORDS: lines of the kernel's log that hold them.
count()
{
	dmesg | grep -cF "$1"
}

hear_disk

reserved=0
list=/proc/device-tree/chosen/fastkexec,keeps
[ ! -e $list ] || reserved=$(($(wc -c <$list) / 16))

report "lpi adopted=$(count 'using reserved LPI pending table')" \
	"own=$(count 'using allocated LPI pending table') reserved=$reserved" \
	"messages=$messages memory=$(sed -n 's/MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)"

[ -d /t/next ] || exit 0
# shellcheck source=tests/guest/scripts/jump.sh
. /t/jump.sh
