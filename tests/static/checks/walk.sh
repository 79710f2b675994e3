# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# docs/architecture.md: its walk never goes back, its map has every source file
#
# The walk is the section "## The walk". What is a file there stands in backquotes.
# The map is "## The map": headings "### `FOLDER`", below each a row "| `FILE` | ..." for
# each .c and .S of the module and the tool.

# walked FILE: the files that the walk names, in its order.
walked()
{
	# shellcheck disable=SC2016 # backquotes of Markdown
	awk '/^## / { walk = /^## The walk/ } walk' "$1" | grep -oE '`[^`]+`' | tr -d '`' |
		grep -E '^[a-z_/-]+/[A-Za-z0-9_*-]+\.[chS]$'
}

run_walk()
{
	local file room files status=0

	if [ ! -e "$1" ]; then
		echo "$1: no such file"
		return 1
	fi
	while read -r file; do
		echo "$1: the walk goes back to $file"
		status=1
	done < <(walked "$1" | sort | uniq -d)
	files=$(walked "$1")
	for room in userspace-tool uapi/linux module module/core module/machine module/leave; do
		grep -qE "^$room/[^/]+\$" <<<"$files" && continue
		echo "$1: the walk misses $room"
		status=1
	done
	return "$status"
}

# mapped FILE: the source files that the map has.
mapped()
{
	awk -F'`' '
		/^## / { map = /^## The map/ }
		!map { next }
		/^### / { folder = $2 }
		/^\| `[^`]*\.[cS]` \|/ && folder != "" { print folder "/" $2 }' "$1"
}

run_map()
{
	local file status=0

	while read -r file; do
		echo "$1: the map lacks $file, or has it twice, or it does not exist"
		status=1
	done < <( (mapped "$1"; files_like '^(module|userspace-tool)/.*\.[cS]$') | sort | uniq -c |
		awk '$1 != 2 { print $2 }')
	return "$status"
}

check()
{
	local page=docs/architecture.md status=0

	finds $'back to module/image.c\nmisses module/leave' run_walk "$PLANTED/walk.md"
	finds $'lacks module/main.c\nlacks module/nothing.c' run_map "$PLANTED/walk.md"
	run_walk "$page" || status=1
	run_map "$page" || status=1
	return "$status"
}
