# SPDX-License-Identifier: GPL-2.0
#
# The tool. Included by the Makefile at the top, and usable alone:
# make -f userspace-tool/tool.mk tool
#
#   make tool [STATIC=1] [CROSS_COMPILE=aarch64-linux-gnu-]     the tool alone
#   make tool-install       the tool alone, with all that belongs to it
#
# Needs libfdt, and the libraries of TOOL_CODECS and TOOL_DIGESTS, for the machine that the
# tool is to run on.
#
# PREFIX is /usr/local; DESTDIR goes before every path. Folders: SBINDIR, MANDIR, LIBEXECDIR,
# UNITDIR, PRESETDIR, RULESDIR, SHUTDOWNDIR, SYSCONFDIR, BASHDIR, ZSHDIR, FISHDIR. What has an
# empty folder is left out.

TOOL_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
TOOL_TOP := $(patsubst %/,%,$(dir $(TOOL_DIR)))

TOOL_CC := $(if $(filter default,$(origin CC)),$(CROSS_COMPILE)gcc,$(CC))
TOOL_OBJ := $(TOOL_TOP)/build/tool/$(shell $(TOOL_CC) -dumpmachine 2>/dev/null)$(if $(STATIC),-static)

# A new file in here, or in a folder in here, is found by itself.
TOOL_NAMES := $(patsubst $(TOOL_DIR)/%.c,%,$(wildcard $(TOOL_DIR)/*.c $(TOOL_DIR)/*/*.c))

TOOL_WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
	-Wno-missing-field-initializers
TOOL_VERSION := $(shell cat $(TOOL_TOP)/VERSION)
TOOL_CFLAGS := -std=gnu11 -D_GNU_SOURCE -DFASTKEXEC_VERSION='"$(TOOL_VERSION)"' \
	-I$(TOOL_TOP)/uapi -I$(TOOL_DIR) $(TOOL_WARNINGS) -g -MMD -MP
TOOL_OPTIMIZE := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong

# zlib, liblzma, libzstd, liblz4, libbz2: a kernel and an initrd may be packed by any of them.
TOOL_CODECS := -lz -llzma -lzstd -llz4 -lbz2

# libmd: digests in FIT images.
TOOL_DIGESTS := -lmd

# json-c: the program of the policy "command" prints JSON.
# A host that has another machine's libfdt-dev or libjson-c-dev has only the libraries.
tool_libs = $(if $(filter /%,$(shell $(1) -print-file-name=libfdt.$(2))),-lfdt,-l:libfdt.so.1) \
	$(if $(filter /%,$(shell $(1) -print-file-name=libjson-c.$(2))),-ljson-c,-l:libjson-c.so.5) \
	$(TOOL_CODECS) $(TOOL_DIGESTS)

# V=1 shows the commands.
TOOL_QUIET = $(if $(V),,@echo "  BUILD   $@" &&)

.PHONY: tool tool-clean

tool: $(TOOL_DIR)/fastkexec $(patsubst %.in,%,$(wildcard $(TOOL_DIR)/*.8.in))

$(TOOL_OBJ)/fastkexec: $(TOOL_NAMES:%=$(TOOL_OBJ)/%.o)
	$(TOOL_QUIET) $(TOOL_CC) $(if $(STATIC),-static) $(LDFLAGS) -o $@ $^ \
		$(call tool_libs,$(TOOL_CC),$(if $(STATIC),a,so))

# One name for every machine's build: copied each time, as the last may differ.
.PHONY: $(TOOL_DIR)/fastkexec
$(TOOL_DIR)/fastkexec: $(TOOL_OBJ)/fastkexec
	@cmp -s $< $@ || cp $< $@

$(TOOL_OBJ)/%.o: $(TOOL_DIR)/%.c $(TOOL_TOP)/VERSION | $(TOOL_OBJ)/headers
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_CC) $(TOOL_CFLAGS) $(TOOL_OPTIMIZE) $(CFLAGS) -c -o $@ $<

# Headers, and the Debian packages that have them.
TOOL_HEADERS := libfdt.h=libfdt-dev zlib.h=zlib1g-dev lzma.h=liblzma-dev zstd.h=libzstd-dev \
	lz4.h=liblz4-dev bzlib.h=libbz2-dev sha2.h=libmd-dev json-c/json.h=libjson-c-dev

$(TOOL_OBJ)/headers:
	@mkdir -p $(TOOL_OBJ)
	@for pair in $(TOOL_HEADERS); do \
		echo "#include <$${pair%=*}>" | $(TOOL_CC) $(CFLAGS) -E - >/dev/null 2>&1 || \
			missing="$$missing $${pair#*=}"; \
	done; \
	test -z "$$missing" || { \
		echo "The tool needs libraries that $(TOOL_CC) does not find." >&2; \
		echo "Install Debian's$$missing, for the machine that it is to run on." >&2; \
		exit 1; \
	}
	@touch $@

# The manuals, with the lists that they share with the program.
$(TOOL_DIR)/%.8: $(TOOL_DIR)/%.8.in $(TOOL_DIR)/fastkexec.8.lists $(TOOL_DIR)/manual.awk \
		$(wildcard $(TOOL_DIR)/*_options_list.h) \
		$(TOOL_TOP)/uapi/linux/fastkexec_blockers.h $(TOOL_TOP)/VERSION
	@mkdir -p $(TOOL_OBJ)
	$(TOOL_QUIET) $(TOOL_CC) -E -P -x c -I$(TOOL_TOP)/uapi -I$(TOOL_DIR) \
		$(TOOL_DIR)/fastkexec.8.lists >$(TOOL_OBJ)/$*.lists && \
		awk -v version=$(TOOL_VERSION) -f $(TOOL_DIR)/manual.awk $(TOOL_OBJ)/$*.lists $< \
		>$(TOOL_OBJ)/$*.manual && mv $(TOOL_OBJ)/$*.manual $@

# Where everything goes.
PREFIX ?= /usr/local
SBINDIR ?= $(PREFIX)/sbin
MANDIR ?= $(PREFIX)/share/man
LIBEXECDIR ?= $(PREFIX)/lib/fastkexec
UNITDIR ?= $(PREFIX)/lib/systemd/system
PRESETDIR ?= $(PREFIX)/lib/systemd/system-preset
RULESDIR ?= $(PREFIX)/lib/udev/rules.d
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
SYSCONFDIR ?= /etc
# systemd looks into no other folder for these.
SHUTDOWNDIR ?= /usr/lib/systemd/system-shutdown

TOOL_SYSTEM := $(TOOL_DIR)/system
TOOL_COMPLETIONS := $(TOOL_DIR)/completions
TOOL_MANUALS := $(sort $(patsubst %.in,%,$(wildcard $(TOOL_DIR)/*.[1-8].in $(TOOL_DIR)/*.[1-8])))

# $(call into,MODE,FOLDER,FILES): MODE:FILE:WHERE for each of the files.
# $(call as,MODE,WHERE,FILE): the same for a file that gets another name.
into = $(if $(2),$(foreach file,$(3),$(1):$(file):$(2)/$(notdir $(file))))
as = $(if $(2),$(foreach file,$(wildcard $(3)),$(1):$(file):$(2)))

# What is installed. A new unit, rule, manual or completion needs no line of its own.
TOOL_INSTALLED = $(call into,755,$(SBINDIR),$(TOOL_DIR)/fastkexec) \
	$(foreach manual,$(TOOL_MANUALS),$(call into,644,$(MANDIR)/man$(subst .,,$(suffix \
		$(manual))),$(manual))) \
	$(call into,644,$(UNITDIR),$(wildcard $(TOOL_SYSTEM)/*.service)) \
	$(call into,644,$(PRESETDIR),$(wildcard $(TOOL_SYSTEM)/*.preset)) \
	$(call into,644,$(RULESDIR),$(wildcard $(TOOL_SYSTEM)/*.rules)) \
	$(call as,755,$(SHUTDOWNDIR:%=%/fastkexec),$(TOOL_SYSTEM)/shutdown) \
	$(call as,644,$(SYSCONFDIR:%=%/default/fastkexec),$(TOOL_SYSTEM)/default) \
	$(foreach hooks,kernel/postinst.d/zz- kernel/postrm.d/zz- initramfs/post-update.d/, \
		$(call as,755,$(SYSCONFDIR:%=%/$(hooks)fastkexec),$(TOOL_SYSTEM)/drop-stale)) \
	$(call as,644,$(BASHDIR:%=%/fastkexec),$(TOOL_COMPLETIONS)/fastkexec.bash) \
	$(call into,644,$(ZSHDIR),$(wildcard $(TOOL_COMPLETIONS)/_fastkexec)) \
	$(call into,644,$(FISHDIR),$(wildcard $(TOOL_COMPLETIONS)/*.fish))

# The files in system/ name the program where a package has it. Called kexec it is kexec(8).
.PHONY: tool-install tool-uninstall
tool-install: tool
	@set -e; for item in $(TOOL_INSTALLED); do \
		mode=$${item%%:*}; file=$${item#*:}; where=$(DESTDIR)$${file#*:}; file=$${file%:*}; \
		echo "install -D -m $$mode $$file $$where"; \
		install -D -m $$mode $$file $$where; \
		case $$file in \
		$(TOOL_SYSTEM)/*) sed -i 's,/usr/sbin/fastkexec,$(SBINDIR)/fastkexec,' $$where ;; \
		esac; \
	done
	$(if $(LIBEXECDIR),install -d $(DESTDIR)$(LIBEXECDIR))
	$(if $(LIBEXECDIR),ln -sfn $(SBINDIR)/fastkexec $(DESTDIR)$(LIBEXECDIR)/kexec)

tool-uninstall:
	rm -f $(LIBEXECDIR:%=$(DESTDIR)%/kexec) $(foreach item,$(TOOL_INSTALLED),$(DESTDIR)$(lastword $(subst :, ,$(item))))
	$(if $(LIBEXECDIR),[ ! -d $(DESTDIR)$(LIBEXECDIR) ] || \
		rmdir --ignore-fail-on-non-empty $(DESTDIR)$(LIBEXECDIR))

tool-clean:
	rm -rf $(TOOL_TOP)/build/tool $(TOOL_DIR)/fastkexec $(TOOL_DIR)/*.8

-include $(wildcard $(TOOL_OBJ)/*.d $(TOOL_OBJ)/*/*.d)

# A package of the tool alone has no tests.
-include $(TOOL_TOP)/tests/tool/tool_tests.mk
