# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by tests/static/check: which files the tree has, and how a check shows
# that it can find something.
#
# Sets: CHECKS   where the checks are
#       PLANTED  where the offences are that they must find
#       SKIPPED  a check's status if it cannot look; it has printed why

CHECKS=tests/static/checks
PLANTED=tests/static/planted
SKIPPED=77
export CHECKS PLANTED SKIPPED

# all_files: the tree's own files; what .gitignore names is not. The tree need not
# be a repository, nor its files the caller's.
all_files()
{
	local pattern
	local -a skip=(-name .git -o -path "./$PLANTED")

	while read -r pattern; do
		case $pattern in
		/*) skip+=(-o -path ".$pattern") ;;
		*/) skip+=(-o -type d -name "${pattern%/}") ;;
		*) skip+=(-o -name "$pattern") ;;
		esac
	done <.gitignore
	find . \( "${skip[@]}" \) -prune -o -type f -printf '%P\n' | sort
}

files_like()
{
	all_files | grep -E "$1"
}

# scripts: files that begin with #!...sh, and those that are sourced.
scripts()
{
	all_files | tr '\n' '\0' | xargs -0 awk '
		FNR == 1 && (/^#!.*sh$/ || FILENAME ~ /\.sh$/) { print FILENAME }
		{ nextfile }'
}

# documents: what a reader of the tree reads.
documents()
{
	files_like '\.md$'
}

# finds PATTERNS COMMAND...: COMMAND fails, and each line of PATTERNS is matched.
finds()
{
	local output pattern

	if output=$("${@:2}" 2>&1); then
		die "$2 passes over what is planted for it"
	fi
	while read -r pattern; do
		grep -qE -- "$pattern" <<<"$output" ||
			die "$2 does not find $pattern where it is planted, but: $output"
	done <<<"$1"
}

# silent COMMAND...: run it; it fails if it does, or if it says anything.
silent()
{
	local output status=0

	output=$("$@" 2>&1) || status=$?
	[ -z "$output" ] || echo "$output"
	[ "$status" = 0 ] && [ -z "$output" ]
}

# each COMMAND FILE...: run COMMAND on every file, as many at a time as there are
# CPUs; all are run. Anything that it says is a finding.
each()
{
	local command=$1

	shift
	# shellcheck disable=SC2163 # the function's name is in the variable
	export -f "$command" silent
	# shellcheck disable=SC2016 # for the inner shell
	printf '%s\0' "$@" | xargs -0 -n 1 -P "$(nproc)" bash -c 'silent "$0" "$1"' "$command"
}

# analyse COMMAND PLANTED PATTERN: what needs no kernel header goes through COMMAND.
analyse()
{
	local -a files

	finds "$3" each "$1" "$PLANTED/$2"
	mapfile -t files < <(files_like '^(module/core|userspace-tool)/.*\.c$')
	each "$1" "${files[@]}"
}

# What a compiler must be told to read these files.
ANALYSE="-std=gnu11 -D_GNU_SOURCE -Iuapi -Iuserspace-tool -Imodule"
export ANALYSE
