# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Completion for bash. The words come from the tool itself: fastkexec help --list.

# _fastkexec_field NUMBER COMMAND OPTION: a part of what the tool says of an option.
_fastkexec_field()
{
	fastkexec help --list "$2" 2>/dev/null | awk -F'\t' -v option="$3" -v nr="$1" \
		'$1 == option { print $nr }'
}

# _fastkexec_offer WORD CANDIDATE...: those that begin with the word.
_fastkexec_offer()
{
	mapfile -t COMPREPLY < <(compgen -W "${*:2}" -- "$1")
}

# _fastkexec_argument COMMAND OPTION WORD: what an option may be given.
_fastkexec_argument()
{
	local words

	words=$(_fastkexec_field 3 "$1" "$2")
	if [ -n "$words" ]; then
		_fastkexec_offer "$3" "$words"
	elif [ "$(_fastkexec_field 2 "$1" "$2")" = FILE ]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$3")
	fi
}

_fastkexec()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]}

	COMPREPLY=()
	# Bash splits --option=word at the equals sign.
	if [ "$word" = = ]; then
		word=
	elif [ "$before" = = ]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	if [ "$COMP_CWORD" -eq 1 ]; then
		_fastkexec_offer "$word" "$(fastkexec help --list 2>/dev/null | cut -f1)"
	elif [ "$command" = help ] && [ "${word#-}" = "$word" ]; then
		_fastkexec_offer "$word" "$(fastkexec help --list 2>/dev/null | cut -f1)"
	elif [ -n "$(_fastkexec_field 2 "$command" "$before")" ]; then
		_fastkexec_argument "$command" "$before" "$word"
	elif [ "${word#-}" != "$word" ]; then
		_fastkexec_offer "$word" \
			"$(fastkexec help --list "$command" 2>/dev/null | cut -f1)"
	elif [ "$command" = load ] || [ "$command" = info ]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
	fi
}

complete -o filenames -F _fastkexec fastkexec
