# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Sourced by the guest's scripts (busybox sh). Descriptor 3 is the report port;
# /t/config holds what the host set for this run (NAME='value' lines).

if [ -f /t/config ]; then
	# shellcheck source=/dev/null
	. /t/config
fi

report()
{
	echo "$*" >&3
}

# fail WHAT: reports a failure, with the kernel's last words on the console.
fail()
{
	report "FAIL $*"
	dmesg | tail -n 40
	exit 1
}

# must COMMAND...: fail unless it succeeds.
must()
{
	"$@" || fail "$* -> $?"
}
