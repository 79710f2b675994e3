# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# PCI functions without a driver, as firmware may leave them. The first kernel sets bus
# mastering in each one and jumps. In the next kernel (the one without /t/next) it must
# be clear: the jump has cleared it. The bit that disables INTx is set, too. Nothing here
# clears it: if it is clear afterwards, the functions have been reset.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# functions: those without a driver.
functions()
{
	for function in /sys/bus/pci/devices/*; do
		[ -e "$function/driver" ] || echo "$function"
	done
}

# register FUNCTION: its command register, in hexadecimal.
register()
{
	od -An -tx2 -j4 -N2 "$1/config" | tr -d ' '
}

if [ -d /t/next ]; then
	set=0404
	for function in $(functions); do
		must sh -c "printf '\\004\\004' | dd of=$function/config bs=2 seek=2 2>/dev/null"
	done
else
	set=0400
fi
count=0
for function in $(functions); do
	now=$(register "$function")
	report "function ${function##*/} command=$now"
	[ "$now" = $set ] || fail "${function##*/}: the command register is $now, not $set"
	count=$((count + 1))
done
report "functions=$count command=$set"
[ -d /t/next ] || exit 0

must insmod /t/fastkexec.ko
must fastkexec load /t/next/Image --initrd /t/next/initrd \
	--command-line "$(cat /t/next/cmdline)"
fastkexec exec
fail "fastkexec exec came back with $?"
