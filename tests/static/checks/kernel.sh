# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# (by the kernel's name) the module built for it: W=1, gcc's analyser, sparse
#
# Without sparse where the host's tools do not build for that kernel.

# build FROM NAME: FROM's module for kernel NAME, in a tree apart, so that the
# module that tests run is not built again.
build()
{
	local tree=$FK_BUILD/static/${1##*/}-$2
	local -a arguments=(W=1 KCFLAGS=-fanalyzer)

	[ "$(kernel_field "$2" compiler)" = gcc-14 ] || arguments+=(C=2)
	rm -rf "$tree/Kbuild" "$tree/module" "$tree/uapi" "$tree/tests"
	mkdir -p "$tree/tests" "$tree/uapi"
	cp -r "$1/Kbuild" "$1/module" "$tree/"
	cp VERSION "$tree/"
	[ ! -d "$1/uapi" ] || cp -r "$1/uapi" "$tree/"
	cp -r tests/env "$tree/tests/"
	"$tree/tests/env/build-module" "$2" "${arguments[@]}" >/dev/null
}

# check NAME
check()
{
	local patterns=$'no previous prototype for\nWanalyzer-null-dereference'

	[ "$(kernel_field "$1" compiler)" = gcc-14 ] || patterns+=$'\ndifferent address spaces'
	"$FK_ENV/fetch" "$1" || return
	finds "$patterns" build "$PLANTED" "$1"
	build "$FK_TOP" "$1"
}
