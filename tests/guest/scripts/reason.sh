# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A fast reboot that does not happen: the kernel that the firmware starts instead tells why.
# The end of the log is kept by ramoops, in memory that nobody else uses. Started again by
# the firmware, the script finds it.
# Settings (--set): MAX_REASON  which dumps ramoops takes
#                   WAY         how to leave; default: fastkexec exec
#                   REASON      what is told

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

insert reed_solomon
must insmod /t/ramoops.ko mem_address=0x9ff00000 mem_size=0x100000 \
	record_size=0x20000 max_reason="$MAX_REASON"
must mount -t pstore none /sys/fs/pstore

if ! grep -q fastkexec /sys/fs/pstore/* 2>/dev/null; then
	must insmod /t/fastkexec.ko
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)"
	report "jump from=$(uname -r)"
	${WAY:-fastkexec exec}
	fail "${WAY:-fastkexec exec} came back with $?"
fi
report "kept:" /sys/fs/pstore/*
must fastkexec report >/tmp/text
report "text: $(cat /tmp/text)"
grep -q "$REASON" /tmp/text || fail "the reason is not told"
report "the reason survived"
