# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# The module's switch: once closed, nothing opens it, and rmmod neither. The log tells
# what becomes of an image.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

switch=/sys/module/fastkexec/parameters/load_disabled

load()
{
	fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)"
}

# logged TEXT: the module has said so once more.
logged()
{
	dmesg | grep -q "fastkexec: $1" || fail "not logged: $1"
	dmesg -c >/dev/null
}

must insmod /t/fastkexec.ko
must load
logged "a kernel is loaded: the next plain restart starts it"
must fastkexec unload
logged "the kernel that was loaded is forgotten: the next restart goes through the firmware"
must load
dmesg -c >/dev/null
must rmmod fastkexec
logged "the module is removed, and the kernel that was loaded is gone with it"

must insmod /t/fastkexec.ko load_disabled=Y
logged "load_disabled is set: no kernel can be loaded until the machine restarts"
[ "$(cat $switch)" = Y ] || fail "the switch is $(cat $switch)"
! load 2>/tmp/error || fail "a kernel was loaded"
grep -q load_disabled /tmp/error || fail "the error says: $(cat /tmp/error)"
! sh -c "echo N >$switch" 2>/dev/null || fail "the switch was opened"
! rmmod fastkexec 2>/dev/null || fail "the module was removed"
fastkexec check | grep -q 'refusal  policy .*load_disabled' || fail "check does not tell"
report "the switch holds"
