# SPDX-License-Identifier: GPL-2.0
#
# On an arm64 machine with its kernel's headers:
#   make                    fastkexec.ko and userspace-tool/fastkexec
#   make install            both, into the running system (DESTDIR, KVER, PREFIX)
#   make uninstall          remove what install put there, with the same variables
#   make clean              remove what was built
# Crossed:
#   make KDIR=HEADERS ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- [STATIC=1]  both, crossed
#
# Packages:
#   make deb                Debian packages of both, crossed if need be, in build/deb
#   make rpm, make pacman   packages for rpm and pacman, by rpmbuild and makepkg
#   make dist               the sources as a tarball, in build
#   make dkms-install       the module's sources, for DKMS
#
# On any Debian machine, amd64 or arm64; these install what they need:
#   make demo [FROM=6.1 TO=6.12 EL=nvhe]  replace a Debian kernel in QEMU
#   make check              the tests of every change
#   make check-matrix       every kernel at every level
#   make check-hook         whole Debian systems with the reboot hook
#   make check-debug-kernel  a kernel that looks for faults, which is built first
#   make check-damage       a hundred reboots whose image is damaged
#   make soak               130 jumps, in chains of ten
#   make check-own-kernels  kernels that no distribution has, which are built first
#   make check-machines     TF-A at EL3, many CPUs, devices at work, other flavours of kernels
#   make check-packages     all packages; Debian's in Debian 12 and 13, and docs/install.md
#   make check-native       the README's lines in arm64 guests, by their own compilers
#   make check-headers      DKMS with every arm64 kernel of Debian 12, 13 and sid
#   make bench [QUICK=1]    fastkexec and stock kexec, side by side
#
# The included makefiles describe their own targets; "make help" prints them all.
# tests/README.md says how long the tests take.

KVER ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KVER)/build

.PHONY: all help install uninstall clean demo check check-matrix check-hook \
	check-debug-kernel check-damage soak check-own-kernels check-machines check-packages \
	check-native check-headers bench

all: module tool

install: module-install tool-install
uninstall: module-uninstall tool-uninstall

clean: tool-clean module-clean
	rm -rf build

include module/module.mk
include userspace-tool/tool.mk
include debian/package.mk
include tests/core/core.mk
include tests/fuzz/fuzz.mk
include tests/abi/abi.mk
include tests/bare/bare.mk
include tests/static/static.mk

# Every line of a makefile's head that shows a call.
help:
	@awk '/^#  +make/ { sub(/^# +/, ""); split($$0, part, /  +/); \
		if (length(part[1]) > 30 && part[2]) { print "  " part[1]; part[1] = "" } \
		printf part[2] ? "  %-30s %s\n" : "  %s\n", part[1], part[2] }' $(MAKEFILE_LIST)

demo:
	@tests/guest/demo $(or $(FROM),6.1) $(or $(TO),6.12) $(or $(EL),nvhe)

check:
	@tests/check

check-hook:
	@tests/env/packages base guest
	@tests/guest/suite --jobs 1 hook

check-matrix:
	@tests/env/packages base guest firmware
	@tests/guest/suite matrix

check-debug-kernel:
	@tests/env/packages base guest
	@tests/guest/suite debug-kernel

check-damage:
	@tests/env/packages base guest
	@tests/guest/suite damage

soak:
	@tests/env/packages base guest
	@tests/guest/suite soak

check-own-kernels:
	@tests/env/packages base guest clang
	@tests/guest/suite own

check-machines:
	@tests/env/packages base guest firmware
	@tests/guest/suite firmware
	@tests/guest/suite machines
	@tests/guest/suite flavours

check-packages:
	@tests/env/packages base guest package foreign
	@tests/package/quick
	@tests/package/foreign
	@tests/package/release bookworm trixie
	@tests/package/arm64 bookworm trixie

check-native:
	@tests/env/packages base guest
	@tests/guest/native bookworm
	@tests/guest/native trixie

check-headers:
	@tests/env/packages base guest package
	@tests/package/headers bookworm trixie sid

bench:
	@tests/env/packages base guest bench
	@tests/bench/bench $(if $(QUICK),--quick) $(BENCH_OPTIONS)
