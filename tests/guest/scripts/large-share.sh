# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads an image in place that takes SHARE percent of the machine's memory, its initrd a
# file without blocks, and tells how much memory the tool had at most, in KB.
# Settings (--set): SHARE

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
total=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)
kernel=$(($(wc -c </t/next/Image) / 1024))
mkdir -p /large
mount -t tmpfs none /large
truncate -s $((total * ${SHARE:?} / 100 - kernel))K /large/initrd
answer=$(measure fastkexec load /t/next/Image --initrd /large/initrd --no-check-initrd \
	--command-line "$(cat /t/next/cmdline)" --placement in-place -q) ||
	fail "load -> $?"
report "share $answer of $total"
must fastkexec rehearse
must fastkexec unload
[ "${answer#peak }" -le 8192 ] || fail "the tool had ${answer#peak } KB"
