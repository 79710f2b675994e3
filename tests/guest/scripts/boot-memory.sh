# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# One kernel after the other: the first gives the next one BOOT_MEMORY of memory, which adds
# the rest, and gives the one after it all of it. Says for each kernel
#
#   memory LITTLE or ALL, then LITTLE or ALL, resources=N
#
# with the resources of added memory. ALL is more than MOST megabytes.
#
# Settings (--set): BOOT_MEMORY   as --boot-memory takes it
#                   MOST          megabytes
#                   NODES         if set: says "nodes N M", too: GiB of each NUMA node in the end

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# much FILE: how much memory a meminfo tells of.
much()
{
	kb=$(sed -n 's/.*MemTotal: *\([0-9]*\).*/\1/p' "$1")
	dmesg -n 8
	echo "memory: $kb KB, $1" >/dev/kmsg
	[ "$kb" -gt $((MOST * 1024)) ] && echo all || echo little
}

# nodes: how many GiB each NUMA node has.
nodes()
{
	cat /sys/devices/system/node/node*/meminfo |
		awk '/MemTotal/ { printf " %.0f", $4 / 1048576 }'
}

must insmod /t/fastkexec.ko
before=$(much /proc/meminfo)
checked=$(fastkexec check | grep -c 'memory are not there')
must fastkexec memory
must sh -c 'fastkexec memory | grep -q "All memory is there"'
must sh -c '! fastkexec check | grep "memory are not there"'
resources=$(grep -c 'System RAM (fastkexec)' /proc/iomem)
report "memory $before, then $(much /proc/meminfo), resources=$resources, told=$checked"
[ -z "$NODES" ] || report "nodes$(nodes)"
grep 'System RAM' /proc/iomem
[ -d /t/next ] || exit 0

# The device tree goes to memory that was added, and the next kernel has to know that.
set -- --command-line "$(cat /t/next/cmdline)"
if grep -q 'RAM (fastkexec)' /proc/iomem; then
	set -- "$@" --dtb-at 0x90000000
else
	set -- "$@" --boot-memory "$BOOT_MEMORY"
fi
must fastkexec load /t/next/Image --initrd /t/next/initrd --placement in-place "$@"
report jump
fastkexec exec
fail "fastkexec exec came back with $?"
