# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder: the commands that a page tells its reader to type.

# block PAGE HEADING: the first commands of that section.
block()
{
	awk -v heading="$2" '
		/^#/ { inside = $0 == heading }
		inside && sub(/^    /, "") { print; begun = 1; next }
		begun { exit }' "$1"
}
