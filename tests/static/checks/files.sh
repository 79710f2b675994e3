# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# no two files have one name, but those that are listed

# Names that more than one file may have:
#   .checkpatch.conf Kbuild README.md   what a tool or a reader looks for
#   run build check                     what is called in a folder
#   main.c                              where a program begins
#   machine.c trace.c                   suites of tests/bare, called like what they test
#   calls.c calls.h device.h place.c    programs of tests/abi and tests/guest/extra, likewise
TWICE='\.checkpatch\.conf|Kbuild|README\.md|run|build|check|main\.c'
TWICE+='|machine\.c|trace\.c|calls\.[ch]|device\.h|place\.c'

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
