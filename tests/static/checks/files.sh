# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# no two files have one name, but those that are listed

# Names that more than one file may have, each with its reason in the comment.
#   *.conf            what a tool looks for by this name
#   Kbuild README.md  the same
#   run build check   what to call in a folder
#   main.c            where a program begins
TWICE='\.checkpatch\.conf|Kbuild|README\.md|run|build|check|main\.c'

# run_twice: names on stdin, paths, that occur twice.
run_twice()
{
	awk -F/ -v twice="^($TWICE)\$" '
		{ count[$NF]++; paths[$NF] = paths[$NF] " " $0 }
		END {
			for (name in count)
				if (count[name] > 1 && name !~ twice) {
					print name ": one name for several files:" paths[name]
					status = 1
				}
			exit status
		}' "$@"
}

check()
{
	finds 'image.c: one name' run_twice "$PLANTED/files.txt"
	run_twice <(all_files)
}
