# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Checks the ABI of /dev/fastkexec with nothing else using it.
# Settings (--set): TESTS     tests of tests/abi, and groups of them as +GROUP, in this order
#                   MODULES   modules of the kernel's own to insert before

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# Every refusal is a notice in the log: the console need not show more than warnings.
dmesg -n 5
# shellcheck disable=SC2086 # words
insert $MODULES
must insmod /t/fastkexec.ko
# shellcheck disable=SC2086 # words
abi ${TESTS:?} || fail "abi -> $?"
if [ "$(cat /sys/module/fastkexec/parameters/load_disabled)" = Y ]; then
	! rmmod fastkexec 2>/dev/null || fail "the module is gone, and its switch with it"
else
	must rmmod fastkexec
fi
