# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# every file names its licence, and the one of its place

run_spdx()
{
	local file wanted status=0

	for file; do
		wanted='GPL-2\.0'
		case $file in uapi/*) wanted='GPL-2\.0 WITH Linux-syscall-note' ;; esac
		head -n 3 "$file" |
			grep -qE "SPDX-License-Identifier: $wanted( \*/)?\$" && continue
		echo "$file: no SPDX-License-Identifier: ${wanted//\\/}"
		status=1
	done
	return "$status"
}

check()
{
	local -a files

	finds "$PLANTED/unlicensed.c" run_spdx "$PLANTED/unlicensed.c"
	mapfile -t files < <(all_files |
		grep -vxE 'COPYING|VERSION|LICENSES/.*|.*\.md|\.gitignore')
	run_spdx "${files[@]}"
}
