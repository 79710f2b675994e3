# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# The kernel's log is dumped to memory that both kernels leave alone, by a dumper that
# is registered later than our module is inserted. The next kernel (the one without
# /t/next) finds what the shutdown stage dumped.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# dump_here: from now on all dumps (max_reason) go to the end of memory.
dump_here()
{
	insert reed_solomon
	must insmod /t/ramoops.ko mem_address=0x9ff00000 mem_size=0x100000 \
		record_size=0x20000 max_reason=4
	must mkdir -p /tmp/pstore
	must mount -t pstore none /tmp/pstore
}

if [ -d /t/next ]; then
	must insmod /t/fastkexec.ko
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)"
	dump_here
	report "jump from=$(uname -r)"
	fastkexec exec
	fail "fastkexec exec came back with $?"
fi
dump_here
report "dumped:" /tmp/pstore/*
grep -q '^Shutdown' /tmp/pstore/dmesg-ramoops-* || fail "no dump of the shutdown"
report "the shutdown was dumped"
