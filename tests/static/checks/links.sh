# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# what a document names exists: linked pages, files, identifiers, make's targets

# Folders and files at the top; a name that begins with one is a path.
TOP='(module|uapi|userspace-tool|tests|docs|debian|packaging|LICENSES)/'

# An identifier of ours.
OURS='\<((struct|enum) [a-z_0-9]+|(fk|FK|fastkexec|FASTKEXEC)_[A-Za-z0-9_]+)'

# linked FILE: "LINE TARGET" of each link to the tree.
linked()
{
	grep -noE '\]\([^)]+\)' "$1" | sed -E 's/^([0-9]+):\]\((.*)\)$/\1 \2/' |
		grep -vE '^[0-9]+ (https?|mailto):'
}

# quoted FILE: "LINE WORDS" of each text between backquotes.
quoted()
{
	# shellcheck disable=SC2016 # backquotes of Markdown
	grep -noE '`[^`]+`' "$1" | sed -E 's/^([0-9]+):`(.*)`$/\1 \2/'
}

# anchors FILE: what its headings can be linked by.
anchors()
{
	sed -nE 's/^#+ +//p' "$1" | tr '[:upper:]' '[:lower:]' | sed -E 's/[^a-z0-9 _-]//g; s/ /-/g'
}

run_links()
{
	local file line link path status=0

	for file; do
		while read -r line link; do
			path=${link%%#*}
			path=${path:+$(dirname "$file")/$path}
			path=${path:-$file}
			if [ ! -e "$path" ]; then
				echo "$file:$line: no such file: $link"
				status=1
			elif [[ $link = *#* ]] &&
			     ! grep -qx -- "${link#*#}" <<<"$(anchors "$path")"; then
				echo "$file:$line: no such heading: $link"
				status=1
			fi
		done < <(linked "$file")
	done
	return "$status"
}

# run_paths FILE...: `module/x.c`, `tests/check STAGE`, `docs/*.md`, `tests/core/X_test.c`
# (any X); a path ends at white space. A name without a folder that ends like a source
# is one of any folder.
run_paths()
{
	local file line word name status=0 all

	all=$(all_files)
	for file; do
		while read -r line word _; do
			[[ ! $word =~ (^|/)X[_.] ]] || word=${word/X/*}
			if [[ $word =~ ^$TOP ]]; then
				compgen -G "$word" >/dev/null && continue
			elif [[ $word =~ ^[A-Za-z0-9*_-]+\.(c|h|S|sh|mk|conf|md)$ ]]; then
				name=${word//./\\.}
				grep -qE "(^|/)${name//\*/[^/]*}\$" <<<"$all" && continue
			else
				continue
			fi
			echo "$file:$line: no such file: $word"
			status=1
		done < <(quoted "$file")
	done
	return "$status"
}

# run_identifiers FILE...: `fk_x`, `struct x`, `fk_x()`, `FASTKEXEC_X`.
run_identifiers()
{
	local file line word status=0 sources
	local -a names

	mapfile -t names < <(files_like '^(module|uapi|userspace-tool|tests)/.*\.([chS]|sh)$' |
		grep -v '^tests/static/')
	sources=$(grep -ohE "$OURS" "${names[@]}" | sort -u)
	for file; do
		while read -r line word; do
			grep -qx -- "$word" <<<"$sources" && continue
			echo "$file:$line: no such identifier: $word"
			status=1
		done < <(quoted "$file" | grep -oE "^[0-9]+|$OURS\*?" |
			awk '/^[0-9]+$/ { line = $0; next } !/[_*]$/ { print line, $0 }')
	done
	return "$status"
}

# run_targets FILE...: `make NAME`.
run_targets()
{
	local file line name status=0 known

	known=$(make -qpRr 2>/dev/null | sed -nE 's/^([a-z][a-z0-9._-]*):([^=].*)?$/\1/p' | sort -u)
	for file; do
		while read -r line _ name _; do
			[[ $name =~ ^[a-z-]+$ ]] || continue
			grep -qx -- "$name" <<<"$known" && continue
			echo "$file:$line: no such target: make $name"
			status=1
		done < <(quoted "$file" | grep -E '^[0-9]+ make ')
	done
	return "$status"
}

check()
{
	local -a files
	local name status=0
	local page=$PLANTED/links.md

	finds $'file: nowhere.md\nheading: words.md#no-heading' run_links "$page"
	finds $'module/core/nothing.c\nfile: nothing.h' run_paths "$page"
	finds 'identifier: struct fk_nothing_at_all' run_identifiers "$page"
	finds 'target: make nothing' run_targets "$page"
	mapfile -t files < <(documents)
	for name in links paths identifiers targets; do
		"run_$name" "${files[@]}" || status=1
	done
	return "$status"
}
