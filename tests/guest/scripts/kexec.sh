# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# The tool under the name of kexec, and Debian's kexec beside it (run with --stock):
# unloads, loads and jumps with the words of scripts for kexec-tools.
# Settings (--set): NATIVE=yes  jump to a kernel that the running kernel's own kexec has

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

kexec=/usr/lib/fastkexec/kexec
mkdir -p /usr/lib/fastkexec /usr/sbin /etc
echo "nobody:x:65534:65534::/:/bin/sh" >/etc/passwd
echo "nobody:x:65534:" >/etc/group
ln -s /t/fastkexec $kexec
ln -s /t/kexec.stock /usr/sbin/kexec

# returns STATUS ARGUMENT...: kexec returns this.
returns()
{
	want=$1
	shift
	"$kexec" "$@" >/tmp/out 2>&1
	got=$?
	[ "$got" = "$want" ] || fail "kexec $* -> $got, not $want: $(tr '\n' ' ' </tmp/out)"
}

load_native()
{
	must kexec.stock -c -l /t/next/Image --initrd=/t/next/initrd \
		--command-line="$(cat /t/next/cmdline)"
}

# as_nobody COMMAND...: run it without rights.
as_nobody()
{
	program=$1
	shift
	start-stop-daemon -S -c nobody:nobody -x "$program" -- "$@"
}

must insmod /t/fastkexec.ko
returns 0 -S -l
returns 1 -e
grep -q 'Nothing has been loaded!' /tmp/out || fail "-e says $(cat /tmp/out)"

# What only the stock kexec does, it does: this kernel has no kexec_file_load().
returns 253 -s -l /t/next/Image
grep -q '^syscall kexec_file_load not available' /tmp/out || fail "-s says $(cat /tmp/out)"
if grep -q fastkexec /tmp/out; then
	fail "-s did not come to the stock kexec: $(cat /tmp/out)"
fi

returns 0 -l /t/next/Image --initrd=/t/next/initrd --append="not this one" -a
returns 1 -S -l
as_nobody /t/fastkexec status >/tmp/out || fail "status for nobody -> $?"
report "nobody knows: $(tr '\n' ' ' </tmp/out)"
if grep -q 0x /tmp/out; then
	fail "nobody is told an address"
fi
load_native
returns 0 -u -a
returns 0 -S -l
[ "$(cat /sys/kernel/kexec_loaded)" = 0 ] || fail "-u left the other image"
report "unloaded both"

if [ "$NATIVE" = yes ]; then
	load_native
else
	returns 0 -l /t/next/Image --initrd=/t/next/initrd --append="$(cat /t/next/cmdline)" -a
fi
returns 1 -S -l
report "jump from=$(uname -r)"
$kexec -e
fail "kexec -e came back with $?"
