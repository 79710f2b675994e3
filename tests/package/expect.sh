# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder: how they judge and count.

passed=0 failed=0

# expect WORDS COMMAND...: the test called WORDS passes if COMMAND does.
expect()
{
	local words=$1 output

	shift
	if output=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		echo "FAIL  $words"
		echo "$output" | tail -n 40
		failed=$((failed + 1))
	fi
}

# says TEXT COMMAND...: COMMAND fails, and what it prints has TEXT.
says()
{
	local output

	if output=$("${@:2}" 2>&1); then
		echo "it does not fail"
		return 1
	fi
	grep -qF -- "$1" <<<"$output" || { echo "no '$1' in: $output"; return 1; }
}

# same TEXT TEXT
same()
{
	diff <(echo "$1") <(echo "$2")
}

# sum_up NAME: the line that tests/check reads; fails if a test did, or if there was none.
sum_up()
{
	echo "$1: $passed passed, $failed failed, 0 skipped"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# The version of packages that older_packages makes.
OLDER=0.0.1

# older_packages FROM TO: the packages in FROM under that number, in TO.
older_packages()
{
	# shellcheck disable=SC2153 # VERSION is of whoever sources this
	local package temp version=$VERSION

	mkdir -p "$2"
	for package in "$1"/fastkexec_*.deb "$1"/fastkexec-dkms_*.deb; do
		temp=$(mktemp -d) && dpkg-deb -R "$package" "$temp" || return
		sed -i "s/^Version: .*/Version: $OLDER/" "$temp/DEBIAN/control"
		if [ -d "$temp/usr/src" ]; then
			mv "$temp/usr/src/fastkexec-$version" "$temp/usr/src/fastkexec-$OLDER"
			grep -rlF "$version" "$temp"/DEBIAN/p* \
				"$temp/usr/src/"*/{VERSION,dkms.conf} |
				xargs sed -i "s/\b${version//./\\.}\b/$OLDER/"
			(cd "$temp" && find usr -type f -print0 | xargs -0 md5sum >DEBIAN/md5sums)
		fi
		chmod 755 "$temp"
		package=${package##*/}
		dpkg-deb --root-owner-group -b "$temp" "$2/${package/_${version}_/_${OLDER}_}" \
			>/dev/null || return
		rm -rf "$temp"
	done
}
