# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Reports the address of one of the kernel's symbols.
# Settings (--set): SYMBOL   its name

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

echo 0 >/proc/sys/kernel/kptr_restrict
address=$(sed -n "s/^\([0-9a-f]*\) [tT] $SYMBOL\$/\1/p" /proc/kallsyms)
[ -n "$address" ] || fail "no symbol $SYMBOL"
report "symbol $SYMBOL=0x$address"
