# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# commits that are not upstream: form of the subject, a body, at most 72 columns
#
# CONTRIBUTING.md shows the form. Without an upstream the last commit is looked at.

AREAS='module|uapi|tool|tests|docs|tree|debian|revert'

own_git()
{
	git -c safe.directory="$FK_TOP" "$@"
}

# commits: which ones.
commits()
{
	local base

	for base in '@{upstream}' origin/HEAD; do
		if own_git rev-parse -q --verify "$base" >/dev/null 2>&1; then
			own_git rev-list --no-merges "$base..HEAD"
			return
		fi
	done
	own_git rev-list --no-merges -n 1 HEAD
}

# run_message FILE...: commit messages.
run_message()
{
	awk -v areas="$AREAS" '
		function offence(what) { print name ": " what; status = 1 }
		function finish() { if (name != "" && !body) offence("no body") }
		FNR == 1 {
			finish()
			body = 0
			name = $0
			if (name !~ "^(" areas ")(/[a-z0-9_-]+)*: [a-z]")
				offence("the subject is not \"area: what it does\"")
			if (length($0) > 76)
				offence("the subject is longer than 76")
			if ($0 ~ /\.$/)
				offence("the subject ends with a full stop")
			next
		}
		FNR == 2 && length($0) { offence("no blank line after the subject") }
		length($0) > 72 && !/^[A-Z][A-Za-z-]+: |^    / { offence("wider than 72: " $0) }
		FNR > 2 && length($0) && !/^[A-Z][a-z]+(-[a-z]+)*: / { body = 1 }
		/^[Ff]ix(es|ed):/ && !/^Fixes: [0-9a-f]{12,} \(".*"\)$/ &&
			!/^Fixes: [0-9a-f]+ \(".*"\)$/ { offence("not a Fixes: line: " $0) }
		END { finish(); exit status }' "$@"
}

check()
{
	local commit directory=$FK_BUILD/static/commits
	local -a all

	finds $'not "area: what\nno body\nwider than 72\nnot a Fixes:' run_message \
		"$PLANTED/subject.txt" "$PLANTED/body.txt"
	if ! own_git rev-parse -q --verify HEAD >/dev/null 2>&1; then
		echo "commits: skipped: this is no git repository"
		return "$SKIPPED"
	fi
	mapfile -t all < <(commits)
	[ "${#all[@]}" -gt 0 ] || return 0
	rm -rf "$directory"
	mkdir -p "$directory"
	for commit in "${all[@]}"; do
		own_git log -1 --format=%B "$commit" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' \
			>"$directory/$commit"
	done
	run_message "$directory"/*
}
