# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# README is at most 150 lines long, and shows no output wider than 100 columns

run_length()
{
	awk '
		length($0) > 100 && !/^\|/ { print FILENAME ":" FNR ": wider than 100"; status = 1 }
		END {
			if (NR > 150) {
				print FILENAME ": " NR " lines; 150 are the most"
				status = 1
			}
			exit status
		}' "$1"
}

check()
{
	local long=$FK_BUILD/static/long.md

	mkdir -p "$FK_BUILD/static"
	seq 151 >"$long"
	finds '151 lines' run_length "$long"
	run_length README.md
}
