# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Reports, packed, where the functions of this kernel are, and how long each of its
# initcalls took (initcall_debug of its command line).

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

echo 0 >/proc/sys/kernel/kptr_restrict
{
	awk '$2 ~ /^[tTwW]$/ && NF == 3 { print "symbol", $1, $3 }' /proc/kallsyms
	dmesg | sed -n 's/.*initcall \([A-Za-z0-9_]*\)+.* after \([0-9]*\) usecs.*/initcall \2 \1/p'
} | gzip | base64 | sed 's/^/packed /' >&3
