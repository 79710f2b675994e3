# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel with /t/next/Image, which comes in some format.
# Settings (--set): FORMAT   what 'fastkexec load' has to call it
#                   GIVE     what it is given beside it: all, cmdline, nothing
#                   OPTIONS  more options of 'load', words

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
report "info $(fastkexec info --json /t/next/Image | tr -d '\n')"
set -- /t/next/Image
[ "$GIVE" = nothing ] || set -- "$@" --command-line "$(cat /t/next/cmdline)"
[ "$GIVE" != all ] || set -- "$@" --initrd /t/next/initrd
# shellcheck disable=SC2086 # words
must fastkexec load "$@" $OPTIONS >/tmp/said
cat /tmp/said
grep -qF "($FORMAT" /tmp/said || fail "it is not called $FORMAT: $(head -n 1 /tmp/said)"
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
