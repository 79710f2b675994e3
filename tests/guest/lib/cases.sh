# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # $group and $only
#
# Sourced by tests/guest/suite: the stanzas of tests/guest/cases/*.conf. $group and
# $only choose the cases. tests/README.md tells what a stanza is.

names=()		# of the cases that are chosen, in order
declare -A cases=()	# by name: its lines, "key = value"

# case_value KEY TEXT: of the last line of TEXT that has KEY.
case_value()
{
	sed -n "s/^$1 = //p" <<<"$2" | tail -n 1
}

# cases_take NAME TEXT: a case, if it is of the group and its name is wanted.
cases_take()
{
	[[ " $(case_value groups "$2") " == *" $group "* && $1 =~ $only ]] || return 0
	[[ $1 != *[{}]* ]] || die "$1: no list for what is in braces"
	[ -z "${cases[$1]:-}" ] || die "two cases of the group $group are called $1"
	names+=("$1")
	cases[$1]=$2
}

# cases_expand NAME TEXT "VARIABLE=VALUE..."...: a case for each combination of the values.
cases_expand()
{
	local variable value

	if [ $# -eq 2 ]; then
		cases_take "$1" "$2"
		return
	fi
	variable="{${3%%=*}}"
	for value in ${3#*=}; do
		cases_expand "${1//"$variable"/"$value"}" "${2//"$variable"/"$value"}" "${@:4}"
	done
}

# cases_read FILE: take what is in it. The lines of a stanza [*] are those of each one
# that follows, up to the next [*].
cases_read()
{
	local line name='' text='' common='' lists=()

	while IFS= read -r line; do
		line=${line//'{cache}'/"$FK_CACHE"}
		line=${line//'{top}'/"$FK_TOP"}
		line=${line//'{kernels}'/"$(kernel_names)"}
		if [[ $line == '['?*']' ]]; then
			cases_stanza
			name=${line:1:-1} text='' lists=()
			[ "$name" = '*' ] || text=$common
		elif [[ $line =~ ^for\ ([a-z]+)\ =\ (.+)$ ]]; then
			lists+=("${BASH_REMATCH[1]}=${BASH_REMATCH[2]}")
		elif [[ $line =~ ^[a-z-]+\ =\ .+$ ]]; then
			text+=$line$'\n'
		elif [[ ! $line =~ ^(#.*)?$ ]]; then
			die "$1: neither a name in brackets nor \"key = value\": $line"
		fi
	done <"$1"
	cases_stanza
}

# cases_stanza: of cases_read, whose variables it uses.
cases_stanza()
{
	case $name in
	'') [ -z "$text" ] || die "lines without a name: $text" ;;
	'*') common=$text ;;
	*) cases_expand "$name" "$text" "${lists[@]}" ;;
	esac
}
