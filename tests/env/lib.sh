# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of tests/: where things are kept, which compiler the
# host uses for arm64, and how Debian packages are read through an apt of our own,
# which leaves the system's alone.
#
# Sets: FK_TOP    top of the source tree
#       FK_ENV    tests/env
#       FK_BUILD  build products (build/ in the tree)
#       FK_CACHE  downloads and everything unpacked from them: FASTKEXEC_CACHE, else
#                 fastkexec in XDG_CACHE_HOME or ~/.cache, else in build/cache
#       FK_HOST   Debian's name of the host's architecture
#       FK_CROSS  compiler prefix for arm64, empty on an arm64 host

FK_ENV=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
FK_TOP=$(cd "$FK_ENV/../.." && pwd)
FK_BUILD=$FK_TOP/build
FK_CACHE=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
FK_CACHE=${FASTKEXEC_CACHE:-${FK_CACHE:-$FK_BUILD/cache}/fastkexec}
FK_HOST=$(dpkg --print-architecture)
FK_CROSS=
[ "$FK_HOST" = arm64 ] || FK_CROSS=aarch64-linux-gnu-
export FK_TOP FK_ENV FK_BUILD FK_CACHE FK_HOST FK_CROSS

die()
{
	echo "${0##*/}: $*" >&2
	exit 1
}

say()
{
	echo "${0##*/}: $*" >&2
}

# Kbuild takes white space in a path for the end of the path.
case $FK_TOP$FK_CACHE in
*[[:space:]]*) die "a path with white space does not do: $FK_TOP, $FK_CACHE" ;;
esac

# take_lock DESCRIPTOR MINUTES NAME: lock an open file, or say what is in the way.
take_lock()
{
	flock -w $(($2 * 60)) "$1" ||
		die "another run has held the lock $3 for $2 minutes; wait for it, or end it"
}

# hold_lock DIRECTORY NAME COMMAND...: run COMMAND while no other script holds NAME.
# COMMAND runs in a subshell, without the lock's descriptor, so that a process
# it leaves behind does not keep the lock.
hold_lock()
{
	local file=$1/$2 name=$2

	mkdir -p "$1"
	shift 2
	(
		take_lock 9 60 "$name"
		("$@") 9>&-
	) 9>"$file"
}

# with_lock NAME COMMAND...: for what lies in the cache, which trees share.
with_lock()
{
	hold_lock "$FK_CACHE/lock" "$@"
}

# with_tree_lock NAME COMMAND...: for what lies in this tree's build/.
with_tree_lock()
{
	hold_lock "$FK_BUILD/lock" "$@"
}

# publish TEMP FINAL: make a directory that is complete visible at once.
publish()
{
	mkdir -p "$(dirname "$2")"
	rm -rf "$2"
	mv -T "$1" "$2"
}

# apt_sources: "URI SUITE" of every active binary source of this machine, from
# both formats.
apt_sources()
{
	local parts=/etc/apt/sources.list.d

	cat /etc/apt/sources.list "$parts"/*.list 2>/dev/null |
		sed -nE 's/^[[:space:]]*deb[[:space:]]+(\[[^]]*\][[:space:]]*)?//p' |
		awk '{ print $1, $2 }'
	cat /dev/null "$parts"/*.sources 2>/dev/null | awk '
		function flush(  i, j, u, s) {
			if (types ~ /(^|[ \t])deb([ \t]|$)/ && enabled !~ /^(no|false)/)
				for (i = split(uris, u, /[ \t]+/); i > 0; i--)
					for (j = split(suites, s, /[ \t]+/); j > 0; j--)
						if (u[i] != "" && s[j] != "")
							print u[i], s[j]
			types = uris = suites = enabled = ""
		}
		/^#/ { next }
		/^[ \t]*$/ { flush(); next }
		/^[A-Za-z-]+:/ {
			key = tolower($1)
			value = $0
			sub(/^[^:]*:[ \t]*/, "", value)
		}
		/^[ \t]/ { value = $0 }
		key == "types:" { types = types " " value }
		key == "uris:" { uris = uris " " value }
		key == "suites:" { suites = suites " " value }
		key == "enabled:" { enabled = value }
		END { flush() }'
}

# debian_mirror: address of the Debian archive that this machine uses.
debian_mirror()
{
	local mirror

	mirror=$(apt_sources | awk '
		$2 ~ /^(bullseye|bookworm|trixie|forky|sid|stable|testing|unstable|oldstable)$/ &&
		$1 !~ /security/ { print $1; exit }')
	[ -n "$mirror" ] || die "no Debian archive among this machine's apt sources"
	echo "${mirror%/}"
}

# debian_age: apt's option that says whether a mirror that stands still will do, as this
# machine's apt has it.
debian_age()
{
	local valid

	valid=$(apt-config dump Acquire::Check-Valid-Until)
	echo "${valid:-Acquire::Check-Valid-Until \"true\";}"
}

# apt_root SUITE [deb-src]: directory of a private apt root that knows SUITE for arm64
# and for the host, or its sources; its lists are fetched once, and again after a day.
apt_root()
{
	local suite=$1 type=${2:-deb} root=$FK_CACHE/apt/$1${2:+-$2}

	with_lock "apt-${root##*/}" apt_root_update "$suite" "$root" "$type" >&2 ||
		die "cannot read Debian's $suite"
	echo "$root"
}

apt_root_update()
{
	local suite=$1 root=$2 type=$3
	local key=/usr/share/keyrings/debian-archive-keyring.gpg

	if [ -n "$(find "$root/updated" -mmin -1440 2>/dev/null)" ]; then
		return 0
	fi
	[ -r "$key" ] || die "no $key (package debian-archive-keyring)"
	mkdir -p "$root/etc/preferences.d" "$root/etc/sources.list.d" \
		"$root/etc/trusted.gpg.d" "$root/state/lists/partial" \
		"$root/cache/archives/partial"
	: >"$root/state/status"
	echo "$type [signed-by=$key] $(debian_mirror) $suite main" \
		>"$root/etc/sources.list"
	private_apt "$root" apt-get -qq update || return 1
	touch "$root/updated"
}

# private_apt ROOT COMMAND ARG...: an apt command that sees ROOT only. Proxies,
# passwords and the like still come from the machine's own apt configuration.
private_apt()
{
	local root=$1 command=$2

	shift 2
	"$command" -o Dir::Etc="$root/etc" -o Dir::Etc::sourcelist=sources.list \
		-o Dir::Etc::sourceparts=sources.list.d \
		-o Dir::Etc::preferencesparts=preferences.d \
		-o Dir::Etc::netrc=/etc/apt/auth.conf \
		-o Dir::Etc::netrcparts=/etc/apt/auth.conf.d \
		-o Dir::State="$root/state" -o Dir::State::status="$root/state/status" \
		-o Dir::Cache="$root/cache" -o APT::Architecture=arm64 \
		-o APT::Architectures::=arm64 -o APT::Architectures::="$FK_HOST" \
		-o APT::Sandbox::User=root -o APT::Update::Error-Mode=any \
		-o APT::Update::Post-Invoke-Success::= \
		"$@"
}

# depends [--recurse] ROOT PACKAGE: what PACKAGE depends on, one name a line.
depends()
{
	local recurse=()

	if [ "$1" = --recurse ]; then
		recurse=(--recurse)
		shift
	fi
	private_apt "$1" apt-cache depends "${recurse[@]}" --no-recommends \
		--no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$2" |
		sed -n 's/^[ |]*\(Pre\)\?Depends: //p'
}

# depends_on ROOT PACKAGE PATTERN: the one dependency that matches PATTERN.
depends_on()
{
	depends "$1" "$2" | grep -E "^($3)\$" | sort -u | head -n 1
}

# newest_image ROOT PACKAGE: the package of the kernel itself. PACKAGE is one of
# kernels.conf.
newest_image()
{
	local version flavour

	if [[ $2 =~ ^linux-image-([0-9]+\.[0-9]+)-(.*)$ ]]; then
		version=${BASH_REMATCH[1]/./\\.} flavour=${BASH_REMATCH[2]}
		private_apt "$1" apt-cache pkgnames linux-image- |
			grep -E "^linux-image-$version\.[0-9+a-z]+-$flavour\$" | sort -V | tail -n 1
	else
		depends_on "$1" "$2" 'linux-image-[0-9].*'
	fi
}

# deb_unpack SUITE DIRECTORY PACKAGE[:ARCH]...: download, verify and unpack.
deb_unpack()
{
	local suite=$1 target=$2 root temp deb

	shift 2
	root=$(apt_root "$suite")
	temp=$(mktemp -d "$FK_CACHE/deb.XXXXXX")
	(cd "$temp" && private_apt "$root" apt-get -qq download "$@" >&2) ||
		die "cannot download $* from $suite"
	mkdir -p "$target"
	for deb in "$temp"/*.deb; do
		# Where /lib is a link, it stays one.
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$target" --keep-directory-symlink ||
			die "cannot unpack ${deb##*/}"
	done
	rm -rf "$temp"
}

# kernel_field NAME suite|package|page|compiler: from kernels.conf.
kernel_field()
{
	local name suite package page compiler rest

	while read -r name suite package page compiler rest; do
		[ "$name" = "$1" ] || continue
		case $2 in
		suite) echo "$suite" ;;
		package) echo "$package" ;;
		page) echo "$page" ;;
		compiler) echo "$compiler" ;;
		*) die "kernels.conf has no field $2" ;;
		esac
		return 0
	done <"$FK_ENV/kernels.conf"
	die "no kernel $1 (there are: $(kernel_names) $(other_kernel_names) $(own_kernel_names))"
}

# kernel_names: the kernels of kernels.conf that are in the matrix, on one line.
kernel_names()
{
	awk '/^[^#]/ && $6 == "yes" { printf "%s%s", sep, $1; sep = " " }
		END { print "" }' "$FK_ENV/kernels.conf"
}

# other_kernel_names: the distribution's others.
other_kernel_names()
{
	awk '/^[^#]/ && $6 == "no" && $3 !~ /^linux-source-/ {
			printf "%s%s", sep, $1; sep = " " }
		END { print "" }' "$FK_ENV/kernels.conf"
}

# own_kernel_names: those that we build, on one line.
own_kernel_names()
{
	awk '/^[^#]/ && $3 ~ /^linux-source-/ { printf "%s%s", sep, $1; sep = " " }
		END { print "" }' "$FK_ENV/kernels.conf"
}

# kernel_is_own NAME: whether tests/env/build-kernel builds it.
kernel_is_own()
{
	[[ $(kernel_field "$1" package) == linux-source-* ]]
}

# own_source NAME: the sources of a kernel that we build.
own_source()
{
	echo "$FK_CACHE/source/$(kernel_field "$1" package)"
}

# kernel_toolchain NAME: arguments of make that choose NAME's compiler, one a line.
kernel_toolchain()
{
	local compiler

	compiler=$(kernel_field "$1" compiler)
	case $compiler in
	clang-*) echo "LLVM=${compiler#clang}" ;;
	*) printf '%s\n' "CROSS_COMPILE=$FK_CROSS" "CC=$FK_CROSS$compiler" ;;
	esac
}

# kernel_dir NAME: where tests/env/fetch puts a kernel. It holds
#   release   its uname -r
#   Image     the kernel, a raw arm64 Image
#   modules   symlink to lib/modules/<release>
#   root      the packages as unpacked: usr/src/linux-headers-*, ...
#   build     of a kernel that we build: make's output, without objects
kernel_dir()
{
	echo "$FK_CACHE/kernels/$1"
}

# builder_root: root file system of the release whose tools build for gcc-14.
builder_root()
{
	echo "$FK_CACHE/builder-trixie"
}
