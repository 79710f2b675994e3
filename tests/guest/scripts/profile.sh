# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# One kernel after the other: the first gives the next one a profile, which gives the one
# after it its own command line: the profile is gone. Says for each kernel
#
#   tests left out: Y or N, quiet: yes or no
#
# Settings (--set): PROFILE   as --profile takes it

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

quiet=no
! grep -qw quiet /proc/cmdline || quiet=yes
report "tests left out: $(cat /sys/module/cryptomgr/parameters/notests), quiet: $quiet"
[ -d /t/next ] || exit 0

must insmod /t/fastkexec.ko
set -- --command-line "$(cat /t/next/cmdline)" --profile "$PROFILE"
! grep -q fastkexec.added= /proc/cmdline ||
	set -- --reuse-cmdline --append "$(cat /t/next/cmdline)"
must fastkexec load /t/next/Image --initrd /t/next/initrd "$@"
report jump
fastkexec exec
fail "fastkexec exec came back with $?"
