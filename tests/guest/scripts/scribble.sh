# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Dirties free memory, writes to a mapping of claimed memory, and loads it. The host
# looks at what lies there, and takes the last report but one as its sign.
# Settings (--set): WRITTEN, CONTENTS, MEMORY   bytes (tests/guest/extra/scribble.c)

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must insmod /t/fastkexec.ko
mkdir -p /dirty
mount -t tmpfs -o size=90% tmpfs /dirty
head -c "${DIRTY:-600}M" /dev/zero | tr '\0' '\377' >/dirty/ones || true
umount /dirty
at=$(scribble "${WRITTEN:?}" "${CONTENTS:?}" "${MEMORY:?}") || fail "scribble -> $?"
report "scribble $at $WRITTEN $CONTENTS $MEMORY"
# The host has as long as it likes: it stops the machine.
sleep 20
must fastkexec unload
