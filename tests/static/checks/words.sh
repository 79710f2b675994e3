# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# README and manual say what the ABI's lists say: blockers, errno numbers

BLOCKERS=uapi/linux/fastkexec_blockers.h
ABI=uapi/linux/fastkexec.h

# Errors that stay inside the module; its callers turn them into others, or into text.
INTERNAL="EAGAIN ENXIO ERANGE ETIMEDOUT"

# blockers: "NAME|REASON" of each entry of the list, as the compiler reads it.
blockers()
{
	gcc -E -P -Iuapi -x c - <<-END | sed 's/ROW/\n&/g' | sed -nE '
			s/" +"//g; s/^ROW "([^"]*)" MID "([^"]*)" END.*/\1|\2/p'
		#include <${BLOCKERS#uapi/}>
		#define X(id, name, error, reason, advice) ROW name MID reason END
		FASTKEXEC_BLOCKERS(X)
	END
}

# run_words README MANUAL...: README has name and reason of every blocker in one line,
# the manual the name.
run_words()
{
	local readme=$1 manual name reason status=0

	shift
	while IFS='|' read -r name reason; do
		if ! grep -qF -- "$reason" <<<"$(grep -F "\`$name\`" "$readme")"; then
			echo "$readme: no line says: \`$name\`: $reason"
			status=1
		fi
		for manual; do
			grep -qw -- "$name" <<<"$(sed 's/\\-/-/g' "$manual")" && continue
			echo "$manual: does not name the blocker $name"
			status=1
		done
	done < <(blockers)
	return "$status"
}

# abi_errors: the names in the table of the ABI.
abi_errors()
{
	sed -nE 's/^ \* (E[A-Z0-9]+) +[A-Za-z].*/\1/p' "$ABI"
}

# run_errors FILE...: errors that the table lacks.
run_errors()
{
	local known

	known=" $INTERNAL $(abi_errors | tr '\n' ' ')"
	grep -noE -- '-E[A-Z][A-Z0-9]+\b' "$@" /dev/null | awk -v known="$known" '
		{ split($0, part, ":-") }
		index(known, " " part[2] " ") == 0 {
			print part[1] ": the table of errors in the ABI lacks " part[2]
			status = 1
		}
		END { exit status }'
}

# run_unused FILE...: errors of the table that no file mentions.
run_unused()
{
	local error status=0

	while read -r error; do
		grep -qw -- "$error" "$@" && continue
		echo "$ABI: no file of the module returns $error"
		status=1
	done < <(abi_errors)
	return "$status"
}

check()
{
	local -a files
	local status=0 manual=userspace-tool/fastkexec.8

	[ "$(blockers | wc -l)" -gt 0 ] || die "no blocker is found in $BLOCKERS"
	finds $'words.md: .*`lockdown`\nwords.8: .* lpi$' run_words "$PLANTED"/words.{md,8}
	finds 'lacks ENOBUFS' run_errors "$PLANTED/words.c"
	finds 'returns ENODATA' run_unused "$PLANTED/words.c"
	mapfile -t files < <(files_like '^module/.*\.[ch]$')
	make -s -f userspace-tool/tool.mk "$manual" || return
	run_words README.md "$manual" || status=1
	run_errors "${files[@]}" || status=1
	run_unused "${files[@]}" "$BLOCKERS" || status=1
	return "$status"
}
