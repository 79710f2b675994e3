# SPDX-License-Identifier: GPL-2.0
#
# usage: cpp fastkexec.8.lists | awk -v version=VERSION -f manual.awk - PAGE.8.in
#
# A manual. In PAGE.8.in, @VERSION@ becomes the version. A line @NAME_OPTIONS@ becomes the
# list of the options that fastkexec.8.lists calls name_option, @OPTIONS@ that of those it
# calls option, and @BLOCKERS@ that of the blockers.
#
# In the preprocessed lists, '@' begins an item and quotation marks enclose its strings;
# a string may come in several that stand side by side.

# The strings among f[first] to f[last], which are every second one, as one.
function strings(first, last,    i, text)
{
	for (i = first; i <= last; i += 2)
		text = text f[i]
	return text
}

# A sentence: options in bold, a capital at the beginning, a full stop at the end.
function sentence(text)
{
	gsub(/--[a-z-]+/, "\\fB&\\fR", text)
	gsub(/-/, "\\-", text)
	text = toupper(substr(text, 1, 1)) substr(text, 2)
	if (text !~ /[.:]$/)
		text = text "."
	return (text ~ /^[.']/ ? "\\&" : "") text "\n"
}

function word(text)
{
	gsub(/-/, "\\-", text)
	return text
}

# The option in f[] as an entry of a list.
function option(nr,    has_argument, choices, head, first, entry)
{
	has_argument = f[3] !~ /NULL/
	if (match(f[3], /'.'/))
		head = "\\fB\\-" substr(f[3], RSTART + 1, 1) "\\fR, "
	head = head "\\fB\\-\\-" word(f[2]) "\\fR"
	first = 4
	if (has_argument) {
		head = head " \\fI" f[4] "\\fR"
		choices = f[5]
		gsub(/[ \t\n]/, "", choices)
		first = 6
	}
	entry = ".TP\n" head "\n" sentence(strings(first, nr))
	if (choices in choice)
		entry = entry ".RS\n" choice[choices] ".RE\n"
	return entry
}

function add_choice(nr,    list)
{
	list = f[3]
	gsub(/[ \t\n]/, "", list)
	choice[list] = choice[list] ".TP\n.B " word(f[2]) "\n" sentence(strings(4, nr))
}

function add_blocker(nr,    i, reason, advice)
{
	for (i = 4; i <= nr && f[i + 1] !~ /[|]/; i += 2)
		;
	reason = strings(4, i)
	advice = strings(i + 2, nr)
	section["BLOCKERS"] = section["BLOCKERS"] ".TP\n.B " word(f[2]) "\n" sentence(reason)
	if (advice != "")
		section["BLOCKERS"] = section["BLOCKERS"] sentence(advice)
}

function add(item,    nr, key)
{
	nr = split(item, f, "\"")
	if (f[1] ~ /^choice/)
		add_choice(nr - 1)
	else if (f[1] ~ /^blocker/)
		add_blocker(nr - 1)
	else if (match(f[1], /^[a-z_]*option/)) {
		key = toupper(substr(f[1], 1, RLENGTH)) "S"
		section[key] = section[key] option(nr - 1)
	}
}

FNR == 1 { file++ }

file == 1 {
	if ($0 !~ /^#/)
		lists = lists $0 "\n"
	next
}

file == 2 && FNR == 1 {
	nr_items = split(lists, items, "@")
	for (i = 1; i <= nr_items; i++)
		add(items[i])
}

/^@[A-Z_]+@$/ {
	key = substr($0, 2, length($0) - 2)
	if (!(key in section)) {
		print "manual.awk: there is no list " key >"/dev/stderr"
		exit 1
	}
	printf "%s", section[key]
	next
}
{ gsub(/@VERSION@/, version); print }
