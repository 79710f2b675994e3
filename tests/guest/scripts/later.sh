# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Adds what the device tree of this kernel keeps for later, and says what came of it:
#
#   memory: WORDS          of fastkexec memory, with its status
#   added START-END        each range, as /proc/iomem has it

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
words=$(fastkexec memory 2>&1)
status=$?
report "memory: $(echo "$words" | tr '\n' ' ' | tr -s ' ') status $status"
sed -n 's/^ *\([0-9a-f-]*\) : System RAM (fastkexec)/added \1/p' /proc/iomem >/tmp/added
while read -r line; do
	report "$line"
done </tmp/added
# It is there, and holds what is written to it.
must dd if=/dev/zero of=/tmp/fill bs=1M count=64
