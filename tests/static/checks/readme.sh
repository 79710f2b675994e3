# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# README has at most 150 lines, and figures of docs/costs.md only; width of documents

run_length()
{
	[ "$(wc -l <"$1")" -gt 150 ] || return 0
	echo "$1: more than 150 lines: $(wc -l <"$1")"
	return 1
}

# run_width FILE...: lines wider than 100; a table's may be.
run_width()
{
	awk '
		length($0) > 100 && !/^\|/ { print FILENAME ":" FNR ": wider than 100"; status = 1 }
		END { exit status }' "$@"
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
	finds 'lines: 151' run_length "$long"
	finds 'figures.md:3: wider' run_width "$PLANTED/figures.md"
	finds 'figure 1,234,567' run_figures "$PLANTED/figures.md" docs/costs.md
	run_length README.md || status=1
	run_width README.md CONTRIBUTING.md docs/*.md || status=1
	run_figures README.md docs/costs.md || status=1
	return "$status"
}
