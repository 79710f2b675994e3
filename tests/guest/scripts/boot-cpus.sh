# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# One kernel after the other: the first gives the next one BOOT_CPUS CPUs, which brings the
# others online, and gives the one after it its own command line: that one has all of them.
# Says for each kernel
#
#   cpus N, then M, limit=WORD or none
#
# Settings (--set): BOOT_CPUS   as --boot-cpus takes it

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

online()
{
	grep -c '^processor' /proc/cpuinfo
}

before=$(online)
must fastkexec cpus
report "cpus $before, then $(online), limit=$(grep -o 'maxcpus=[0-9]*' /proc/cmdline || echo none)"
[ -d /t/next ] || exit 0

must insmod /t/fastkexec.ko
set -- --command-line "$(cat /t/next/cmdline)" --boot-cpus "$BOOT_CPUS"
! grep -q fastkexec.cpus=later /proc/cmdline ||
	set -- --reuse-cmdline --append "$(cat /t/next/cmdline)"
must fastkexec load /t/next/Image --initrd /t/next/initrd "$@"
report jump
fastkexec exec
fail "fastkexec exec came back with $?"
