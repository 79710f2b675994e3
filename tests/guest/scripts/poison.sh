# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Memory errors (hwpoison-inject): a page that the kernel has found to be bad is no
# destination. A page that becomes bad after the load keeps the image from being used.
# Settings (--set): LATE   a segment that becomes bad after the load: kernel or initrd
#                   PLACEMENT   of that load

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# load PLACEMENT
load()
{
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --placement "$1"
}

# address NAME: of that segment.
address()
{
	fastkexec status --json | tr -d '\n ' |
		sed "s/.*\"name\":\"$1\",\"address\":\([0-9]*\).*/\1/"
}

# poison ADDRESS: the kernel says no if it cannot take the page out of use: of an image's
# memory it can only note that it is bad.
poison()
{
	sh -c "echo $(($1 / 4096)) >/sys/kernel/debug/hwpoison/corrupt-pfn" 2>/dev/null
	must sh -c "dmesg | tail -n 5 | grep -q 'Memory failure: 0x'"
	report "poisoned $1"
}

# avoid PLACEMENT: poison a page of the kernel where it would be loaded; load again.
avoid()
{
	load "$1"
	first=$(($(address kernel) + 4096))
	must fastkexec unload
	poison $first
	load "$1"
	second=$(address kernel)
	[ $first -lt "$second" ] || [ $first -ge $((second + 0x2000000)) ] ||
		fail "$1: the kernel at $second lies on the bad page at $first"
	must fastkexec unload
}

must insmod /t/fastkexec.ko
must insmod /t/hwpoison-inject.ko
if [ -z "$LATE" ]; then
	avoid copy
	avoid copy
	avoid in-place
	load copy
else
	load "${PLACEMENT:-auto}"
	poison $(($(address "$LATE") + 4096))
fi
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
