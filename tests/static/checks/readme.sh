# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# README has at most 150 lines, none wider than 100, and figures of docs/costs.md only

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

# run_figures PAGE COSTS: figures of PAGE (1,234) that COSTS does not have.
run_figures()
{
	local figure status=0

	while read -r figure; do
		grep -qwF -- "$figure" "$2" && continue
		echo "$1: $2 does not have the figure $figure"
		status=1
	done < <(grep -owE '[0-9]{1,3}(,[0-9]{3})+' "$1")
	return "$status"
}

check()
{
	local long=$FK_BUILD/static/long.md status=0

	mkdir -p "$FK_BUILD/static"
	seq 151 >"$long"
	finds '151 lines' run_length "$long"
	finds 'figure 1,234,567' run_figures "$PLANTED/figures.md" docs/costs.md
	run_length README.md || status=1
	run_figures README.md docs/costs.md || status=1
	return "$status"
}
