# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Python: names that do not exist or are not used, lines wider than 100, white space

run_pyflakes()
{
	pyflakes3 "$@"
}

# run_form FILE...: width as of all code; no white space at the end.
run_form()
{
	awk '
		length($0) > 100 { print FILENAME ":" FNR ": wider than 100"; status = 1 }
		/[ \t]$/ { print FILENAME ":" FNR ": white space at the end"; status = 1 }
		END { exit status }' "$@"
}

# python_files: what is called *.py, and programs that begin with #!...python3.
python_files()
{
	all_files | tr '\n' '\0' | xargs -0 awk '
		FNR == 1 && (/^#!.*python3$/ || FILENAME ~ /\.py$/) { print FILENAME }
		{ nextfile }'
}

check()
{
	local -a files

	finds $'undefined name .nothing.\nimported but unused' run_pyflakes "$PLANTED/python.py"
	finds $'python.py:[0-9]+: wider\npython.py:[0-9]+: white' run_form "$PLANTED/python.py"
	mapfile -t files < <(python_files)
	[ ${#files[@]} -gt 0 ] || die "no file is Python"
	run_pyflakes "${files[@]}" && run_form "${files[@]}"
}
