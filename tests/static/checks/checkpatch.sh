# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# checkpatch.pl --strict; exceptions stand with their reasons in .checkpatch.conf
#
# Each folder of FOLDERS has exceptions of its own, the top those of all others.

FOLDERS='uapi userspace-tool tests'

# run_checkpatch DIRECTORY FILE...: with DIRECTORY's .checkpatch.conf, in a copy,
# because it leaves a list of names behind wherever it runs. What it says of a kernel
# tree that it does not see counts only if it fails.
run_checkpatch()
{
	local directory=$1 copy=$FK_BUILD/static/checkpatch kernel status=0

	shift
	kernel=$(tests/static/fetch-scripts) || return
	rm -rf "$copy"
	mkdir -p "$copy"
	cp --parents "$directory/.checkpatch.conf" "$@" "$copy"
	(cd "$copy/$directory" && GIT_DIR=/nonexistent perl "$kernel/checkpatch.pl" \
		--terse --show-types --no-summary --file "${@#"$directory"/}" 2>"$copy/errors") |
		sed "s|^|$directory/|; s|^\./||" || status=$?
	[ "$status" -le 1 ] || cat "$copy/errors"
	return "$status"
}

check()
{
	local directory status=0
	local -a files own

	finds 'ERROR:SPACING' run_checkpatch . "$PLANTED/checkpatch.c"
	mapfile -t files < <(files_like '\.([chS]|mk|md|8|8\.in)$|(^|/)(Kbuild|Makefile)$'; scripts)
	for directory in $FOLDERS .; do
		mapfile -t own < <(printf '%s\n' "${files[@]}" | case $directory in
			.) grep -vE "^(${FOLDERS// /|})/" ;;
			*) grep "^$directory/" ;;
			esac)
		run_checkpatch "$directory" "${own[@]}" || status=1
	done
	return "$status"
}
