# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder, after tests/env/lib.sh: root file systems of
# Debian's releases, in which programs of the host's architecture run.

# release_root SUITE: the root of SUITE in the cache, with apt and nothing else. It knows
# the host's architecture and arm64.
release_root()
{
	with_lock "root-$1" release_root_make "$1" "$FK_CACHE/root-$1" >&2 ||
		die "no root of Debian's $1"
	echo "$FK_CACHE/root-$1"
}

release_root_make()
{
	local temp

	[ ! -e "$2/etc/debian_version" ] || return 0
	temp=$(mktemp -d "$FK_CACHE/temp.XXXXXX")
	mmdebstrap --quiet --variant=apt --architectures="$FK_HOST" \
		--aptopt="$(debian_age)" \
		--keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
		"$1" "$temp" "$(debian_mirror)" || return
	chmod 755 "$temp"
	rm -rf "$temp"/var/cache/apt/archives/*.deb
	# No service is started in here, and nothing is asked.
	printf '#!/bin/sh\nexit 101\n' >"$temp/usr/sbin/policy-rc.d"
	chmod 755 "$temp/usr/sbin/policy-rc.d"
	cp /etc/resolv.conf "$temp/etc/resolv.conf"
	publish "$temp" "$2"
}

# copy_root SUITE DIRECTORY: a fresh copy of it, to change as one likes.
copy_root()
{
	local root

	root=$(release_root "$1")
	rm -rf "$2"
	mkdir -p "$2"
	cp -a --reflink=auto "$root/." "$2/"
}

# in_root DIRECTORY COMMAND...: run COMMAND with DIRECTORY as its root, where it is root.
# Nothing that it mounts is left.
in_root()
{
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --pid --fork sh -ec '
		root=$1
		shift
		mount -t proc none "$root/proc"
		exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
			LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"' sh "$@"
}

# in_root_apt DIRECTORY ARGUMENT...: apt-get there, with no word unless it fails.
in_root_apt()
{
	local root=$1 log=$1.apt.log

	shift
	in_root "$root" apt-get -qy -o Acquire::Retries=3 -o APT::Install-Recommends=false \
		-o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 || {
		cat "$log" >&2
		die "apt-get $* fails in ${root##*/}"
	}
}

# What the kernel is told of arm64's programs: their head, and who runs them.
ARM64_PROGRAMS=':qemu-aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00'
ARM64_PROGRAMS+='\x02\x00\xb7\x00'
ARM64_PROGRAMS+=':\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
ARM64_PROGRAMS+=':/usr/bin/qemu-aarch64-static:F'

# with_arm64 COMMAND...: run COMMAND where arm64's programs run. On another machine QEMU
# does it, and only below COMMAND: a user namespace has a table of its own (since Linux 6.7).
with_arm64()
{
	local pid status=0

	[ "$FK_HOST" != arm64 ] || { "$@"; return; }
	exec 7<&0 8>&1
	# shellcheck disable=SC2016 # for the inner shell
	coproc NAMESPACE {
		exec 5<&0 6>&1 <&7 >&8
		exec unshare --user --mount --fork sh -ec '
			echo >&6
			read -r _ <&5
			exec 5<&- 6>&- 7<&- 8>&-
			mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
			printf %s "$1" >/proc/sys/fs/binfmt_misc/register
			shift
			exec "$@"' sh "$ARM64_PROGRAMS" "$@"
	}
	exec 7<&- 8>&-
	pid=$NAMESPACE_PID
	read -r _ <&"${NAMESPACE[0]}"
	# The same users, all of them.
	echo 0 0 4294967295 >"/proc/$pid/gid_map"
	echo 0 0 4294967295 >"/proc/$pid/uid_map"
	echo >&"${NAMESPACE[1]}"
	wait "$pid" || status=$?
	return "$status"
}
