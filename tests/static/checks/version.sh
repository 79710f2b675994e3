# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the version stands in VERSION and nowhere else

# run_version FILE...: the version in quotes, or after a word for it.
run_version()
{
	local version

	version=$(sed 's/\./\\./g' VERSION)
	! grep -nE "\"$version\"|(version|VERSION)[^0-9]{0,12}$version([^0-9.]|\$)" "$@" /dev/null |
		grep -v 'PSCI'
}

check()
{
	local copy=$FK_BUILD/static/version.c
	local -a files

	[ "$(wc -l <VERSION)" = 1 ] || die "VERSION is not one line"
	mkdir -p "$FK_BUILD/static"
	sed "s/@VERSION@/$(cat VERSION)/" "$PLANTED/version.c" >"$copy"
	finds 'MODULE_VERSION' run_version "$copy"
	mapfile -t files < <(files_like '\.([chS8]|in|mk|sh)$|(^|/)(Kbuild|Makefile)$|^README.md$')
	run_version "${files[@]}"
}
