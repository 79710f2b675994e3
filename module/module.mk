# SPDX-License-Identifier: GPL-2.0
#
# The module: built by the kernel's own makefiles, installed by this one. Included by the
# Makefile at the top.
#
#   make module             the module alone
#   make module-install     the module alone, below /lib/modules
#
# KDIR is the kernel's build directory, or Debian's headers, which may be unpacked
# anywhere. MODDIR is where the module goes.

# Debian's headers are a Makefile that names another one below /usr/src. Unpacked elsewhere,
# the other one lies beside them.
KDIR_REAL = $(realpath $(KDIR))
KDIR_OTHER = $(shell sed -n 's,^include \(/usr/src/linux-headers-[^/]*/Makefile\)$$,\1,p' \
	$(KDIR)/Makefile 2>/dev/null)
KDIR_BESIDE = $(wildcard $(KDIR_OTHER:/usr/src/%=$(KDIR_REAL)/../%))
KDIR_UNPACKED = $(and $(KDIR_BESIDE),$(filter-out /usr/src/%,$(KDIR_REAL)))
MODULE_KBUILD = -C $(KDIR_REAL) M=$(CURDIR) CONFIG_DEBUG_INFO_BTF_MODULES= \
	$(if $(KDIR_UNPACKED),-f $(realpath $(KDIR_BESIDE)) KBUILD_OUTPUT=$(KDIR_REAL))

# What uname -r will say. Debian's kernel.release says something else.
RELEASE = $(or $(shell sed -n 's/^.define UTS_RELEASE "\(.*\)"$$/\1/p' \
	$(KDIR)/include/generated/utsrelease.h 2>/dev/null),$(KVER))
MODDIR ?= /lib/modules/$(RELEASE)/updates

# The key that the kernel's modules were signed with, where it is at hand. Without it the
# kernel says at the insertion that the module is not signed.
kernel_config = $(shell sed -n 's/^CONFIG_$(1)="\(.*\)"$$/\1/p' $(KDIR)/.config 2>/dev/null)
MODULE_KEY_NAME = $(call kernel_config,MODULE_SIG_KEY)
MODULE_KEY = $(and $(MODULE_KEY_NAME),$(wildcard $(if $(filter /%,$(MODULE_KEY_NAME)),, \
	$(KDIR)/)$(MODULE_KEY_NAME)))

# The headers record the options of the compiler that built the kernel. Kbuild takes CC from
# the command line alone.
MODULE_BY = $(if $(LLVM)$(and $(filter command,$(origin CC)),$(findstring clang,$(CC))),CLANG,GCC)

.PHONY: module module-headers module-install module-uninstall module-clean

module: module-headers
	@$(MAKE) $(MODULE_KBUILD) modules

# What a build would fail of with a message that names no package.
module-headers:
	@fail() { printf '%s\n' "$$@" >&2; exit 1; }; \
	test -e $(KDIR)/Makefile || fail \
		"There are no headers of kernel $(KVER) in $(KDIR)." \
		"Install them (Debian: linux-headers-$(KVER), Fedora: kernel-devel-$(KVER)," \
		"Arch: linux-aarch64-headers), or say where they are: make KDIR=DIRECTORY"; \
	test -e $(KDIR)/scripts || fail \
		"The headers in $(KDIR) lack their programs." \
		"Install or unpack beside them Debian's $(notdir $(patsubst %/,%,$(dir $(shell \
			readlink $(KDIR)/scripts)))), for the machine that builds."; \
	test -z "$(KDIR_OTHER)" || test -e "$(KDIR_OTHER)" || test -n "$(KDIR_BESIDE)" || fail \
		"The headers in $(KDIR) are half of what is needed." \
		"Unpack beside them Debian's $(notdir $(patsubst %/,%,$(dir $(KDIR_OTHER))))."; \
	test ! -e $(KDIR)/.config || grep -q '^CONFIG_ARM64=y' $(KDIR)/.config || fail \
		"The headers in $(KDIR) are of another machine than arm64." \
		"docs/install.md tells how to build for arm64 here."; \
	test $(MODULE_BY) = GCC || ! grep -qs '^CONFIG_CC_IS_GCC=y' $(KDIR)/.config || fail \
		"gcc built the kernel of $(KDIR), and clang does not" \
		"know the options that its headers record. Leave CC and LLVM out."; \
	test $(MODULE_BY) = CLANG || ! grep -qs '^CONFIG_CC_IS_CLANG=y' $(KDIR)/.config || fail \
		"clang built the kernel of $(KDIR), and gcc does not" \
		"know the options that its headers record. Add LLVM=1, or LLVM=-16 for clang-16."

# Debug information is fifty times the code, and nothing at run time reads it.
module-install: module
	@mkdir -p build
	@$(CROSS_COMPILE)objcopy --strip-debug fastkexec.ko build/fastkexec.ko
	@$(if $(MODULE_KEY),$(KDIR)/scripts/sign-file $(call kernel_config,MODULE_SIG_HASH) \
		$(MODULE_KEY) $(KDIR)/certs/signing_key.x509 build/fastkexec.ko)
	install -D -m 644 build/fastkexec.ko $(DESTDIR)$(MODDIR)/fastkexec.ko
	$(if $(DESTDIR),,depmod $(RELEASE))

module-uninstall:
	rm -f $(DESTDIR)$(MODDIR)/fastkexec.ko
	$(if $(DESTDIR),,depmod $(RELEASE))

module-clean:
	rm -f fastkexec.ko fastkexec.o fastkexec.mod fastkexec.mod.c fastkexec.mod.o \
		modules.order Module.symvers .module-common.o .*.cmd \
		module/*.o module/.*.cmd module/*/*.o module/*/.*.cmd
