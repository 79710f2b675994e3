# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Reports what the command SEEN (--set) prints, a line for each of its lines.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must sh -c "$SEEN" >/tmp/seen
sed 's/^/seen /' /tmp/seen >&3
