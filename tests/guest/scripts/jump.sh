# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel with /t/next/Image through our module.
# Settings (--set): PLACEMENT   auto, in-place or copy; default auto
#                   VERIFY      full, fast or none; default full
#                   INITRD      no: load the next kernel without one
#                   FIRST       a command to run before the module is inserted
#                   BEFORE      a command to run with the image loaded

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

[ -z "$FIRST" ] || must sh -c "$FIRST"
must insmod /t/fastkexec.ko
set -- --initrd /t/next/initrd
[ "$INITRD" != no ] || set --
must fastkexec load /t/next/Image "$@" \
	--command-line "$(cat /t/next/cmdline)" --placement "${PLACEMENT:-auto}" \
	--verify "${VERIFY:-full}"
report "status $(fastkexec status --json | tr -d '\n')"
[ -z "$BEFORE" ] || must sh -c "$BEFORE"
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
