# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel with /t/next/Image through the kernel's own kexec
# and Debian's kexec-tools (run with --stock). The module mark, if it is there, is inserted.
# Settings (--set): CHECKS=no   leave out the purgatory's digest (kexec -i)
#                   MODULE=yes  insert our module first; it must step aside
#                   LOADED=yes  and give the module an image, too
#                   FIRST       a command to run before the load

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

[ -z "$FIRST" ] || must sh -c "$FIRST"
[ ! -f /t/mark.ko ] || must insmod /t/mark.ko
[ "$MODULE" != yes ] || must insmod /t/fastkexec.ko
if [ "$LOADED" = yes ]; then
	must fastkexec load /t/next/Image --initrd /t/next/initrd --command-line "not this one"
fi
must kexec.stock -c -l /t/next/Image --initrd=/t/next/initrd \
	--command-line="$(cat /t/next/cmdline)" ${CHECKS:+-i}
report "jump from=$(uname -r)"
sync
kexec.stock -c -e
fail "kexec -e came back with $?"
