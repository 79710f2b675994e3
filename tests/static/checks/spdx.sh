# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# every file names its licence, and the one of its place

# In two parts, as checkpatch takes the word itself for a tag in the wrong place.
TAG='SPDX-License''-Identifier'

run_spdx()
{
	local file wanted status=0

	for file; do
		wanted='GPL-2\.0'
		case $file in uapi/*) wanted='GPL-2\.0 WITH Linux-syscall-note' ;; esac
		head -n 3 "$file" |
			grep -qE "$TAG: $wanted( \*/)?\$" && continue
		echo "$file: no $TAG: ${wanted//\\/}"
		status=1
	done
	return "$status"
}

check()
{
	local -a files

	finds "$PLANTED/unlicensed.c" run_spdx "$PLANTED/unlicensed.c"
	mapfile -t files < <(all_files |
		grep -vxE -e 'COPYING|VERSION|LICENSES/.*|.*\.md|\.gitignore' \
			-e 'debian/(changelog|copyright|source/format|.*\.dkms)' \
			-e 'tests/bench/results/.*')
	run_spdx "${files[@]}"
}
