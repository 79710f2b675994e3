# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# One kernel of a chain: tells how it has arrived, and jumps to the next one as jump.sh
# does, in place or by copy in turn. The last one has no next kernel.
#
#   link N release=R clock=SECONDS lpis=adopted|own|none messages=yes|no|none memory=KIB
#
# clock is the time of day. lpis says whose LPI tables the redistributors have, messages
# whether a disk's reads (virtio, MSI-X) were answered by LPIs; none: there are no LPIs, or
# no disk. The first kernel is link 0; the command line of the others says which they are.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

hear_disk

tables=none
if dmesg | grep -qF 'using allocated LPI pending table'; then
	tables=own
elif dmesg | grep -qF 'using reserved LPI pending table'; then
	tables=adopted
fi

link=$(sed -n 's/.*fk\.link=\([0-9]*\).*/\1/p' /proc/cmdline)
report "link ${link:=0} release=$(uname -r) clock=$(date +%s) lpis=$tables" \
	"messages=$messages memory=$(sed -n 's/MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)"

[ -d /t/next ] || exit 0
PLACEMENT=in-place
[ $((link % 2)) -eq 0 ] || PLACEMENT=copy
# shellcheck source=tests/guest/scripts/jump.sh
. /t/jump.sh
