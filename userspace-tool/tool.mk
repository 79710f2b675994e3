# SPDX-License-Identifier: GPL-2.0
#
# The tool. Included by the Makefile at the top, and usable alone:
# make -f userspace-tool/tool.mk tool
#
#   make tool [STATIC=1] [CROSS_COMPILE=aarch64-linux-gnu-]     the tool alone
#
# Needs libfdt, and the libraries of TOOL_CODECS and TOOL_DIGESTS, for the machine that the tool is to run on.

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

# A host that has another machine's libfdt-dev has only the library itself.
tool_libs = $(if $(filter /%,$(shell $(1) -print-file-name=libfdt.$(2))),-lfdt,-l:libfdt.so.1) \
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

$(TOOL_OBJ)/%.o: $(TOOL_DIR)/%.c $(TOOL_TOP)/VERSION
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_CC) $(TOOL_CFLAGS) $(TOOL_OPTIMIZE) $(CFLAGS) -c -o $@ $<

# The manuals, with the lists that they share with the program.
$(TOOL_DIR)/%.8: $(TOOL_DIR)/%.8.in $(TOOL_DIR)/fastkexec.8.lists $(TOOL_DIR)/manual.awk \
		$(wildcard $(TOOL_DIR)/*_options_list.h) \
		$(TOOL_TOP)/uapi/linux/fastkexec_blockers.h $(TOOL_TOP)/VERSION
	@mkdir -p $(TOOL_OBJ)
	$(TOOL_QUIET) $(TOOL_CC) -E -P -x c -I$(TOOL_TOP)/uapi -I$(TOOL_DIR) \
		$(TOOL_DIR)/fastkexec.8.lists >$(TOOL_OBJ)/$*.lists && \
		awk -v version=$(TOOL_VERSION) -f $(TOOL_DIR)/manual.awk $(TOOL_OBJ)/$*.lists $< \
		>$(TOOL_OBJ)/$*.manual && mv $(TOOL_OBJ)/$*.manual $@

tool-clean:
	rm -rf $(TOOL_TOP)/build/tool $(TOOL_DIR)/fastkexec $(TOOL_DIR)/*.8

-include $(wildcard $(TOOL_OBJ)/*.d $(TOOL_OBJ)/*/*.d)

# A package of the tool alone has no tests.
-include $(TOOL_TOP)/tests/tool/tool_tests.mk
