# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image and /t/next/initrd, each time between two marks: by our tool in
# place and by copy, and by Debian's kexec-tools without a digest. Nothing is started.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# cost NAME COMMAND...: report "cost NAME peak N"
cost()
{
	local name=$1 answer

	shift
	answer=$(/t/measure "$@" 2>/tmp/error) || fail "$name: $(cat /tmp/error)"
	report "cost $name $(echo "$answer" | grep '^peak')"
}

line=$(cat /t/next/cmdline)
must insmod /t/fastkexec.ko
# Random numbers take their time once.
head -c 1 /dev/random >/dev/null
report "bytes $(wc -c </t/next/Image) $(wc -c </t/next/initrd)"
for way in in-place copy; do
	cost "$way" fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$line" --placement "$way" -q
	must fastkexec unload
done
cost unchecked fastkexec load /t/next/Image --initrd /t/next/initrd --command-line "$line" \
	--placement in-place --no-check-initrd -q
must fastkexec unload
cost stock-i kexec.stock -c -l /t/next/Image --initrd=/t/next/initrd --command-line="$line" -i
must kexec.stock -u
