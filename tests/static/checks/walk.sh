# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the walk of docs/architecture.md names each file once, and misses no room
#
# The walk is the section "## The walk". What is a file there stands in backquotes.

# walked FILE: the files that the walk names, in its order.
walked()
{
	# shellcheck disable=SC2016 # backquotes of Markdown
	awk '/^## / { walk = /^## The walk/ } walk' "$1" | grep -oE '`[^`]+`' | tr -d '`' |
		grep -E '^[a-z_/-]+/[A-Za-z0-9_*-]+\.[chS]$'
}

run_walk()
{
	local file room status=0

	if [ ! -e "$1" ]; then
		echo "$1: no such file"
		return 1
	fi
	while read -r file; do
		echo "$1: the walk goes back to $file"
		status=1
	done < <(walked "$1" | sort | uniq -d)
	for room in userspace-tool uapi/linux module module/core module/machine module/leave; do
		walked "$1" | grep -qE "^$room/[^/]+\$" && continue
		echo "$1: the walk misses $room"
		status=1
	done
	return "$status"
}

check()
{
	finds $'back to module/image.c\nmisses module/leave' run_walk "$PLANTED/walk.md"
	run_walk docs/architecture.md
}
