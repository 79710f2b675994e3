# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Fuzzes /dev/fastkexec, and then loads the next kernel and jumps to it.
# Settings (--set): CALLS   how many calls
#                   SEED    which calls

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# Every refusal is a notice in the log: the console need not show more than warnings.
dmesg -n 5
must insmod /t/fastkexec.ko
FUZZ_CALLS=$CALLS FUZZ_SEED=$SEED abi +fuzz || fail "abi -> $?"
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)" --rehearse
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
