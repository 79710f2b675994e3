# SPDX-License-Identifier: GPL-2.0
#
# The tool and its unit tests. Included by the Makefile at the top, and usable
# alone: make -f userspace-tool/tool.mk tool
#
#   make tool [STATIC=1] [CROSS_COMPILE=aarch64-linux-gnu-]
#   make tool-unit [CC=clang]       on this host, with ASan and UBSan
#
# Needs libfdt and zlib for the machine that the tool is to run on.

TOOL_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
TOOL_TOP := $(patsubst %/,%,$(dir $(TOOL_DIR)))
TOOL_UNIT_DIR := $(TOOL_TOP)/tests/tool

TOOL_CC := $(if $(filter default,$(origin CC)),$(CROSS_COMPILE)gcc,$(CC))
TOOL_HOST_CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
TOOL_OBJ := $(TOOL_TOP)/build/tool/$(shell $(TOOL_CC) -dumpmachine 2>/dev/null)$(if $(STATIC),-static)
TOOL_UNIT_OBJ := $(TOOL_TOP)/build/tool/unit-$(firstword $(notdir $(TOOL_HOST_CC)))

# A new file in the folders below is found by itself.
TOOL_NAMES := $(patsubst $(TOOL_DIR)/%.c,%,$(wildcard $(TOOL_DIR)/*.c $(TOOL_DIR)/formats/*.c))
TOOL_TESTS := cmdline commands dtb files gzip image layout load options out

TOOL_WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
	-Wno-missing-field-initializers
TOOL_CFLAGS := -std=gnu11 -D_GNU_SOURCE -I$(TOOL_TOP)/uapi -I$(TOOL_DIR) $(TOOL_WARNINGS) -g -MMD -MP
TOOL_OPTIMIZE := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
TOOL_SANITIZE := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all

# A host that has another machine's libfdt-dev has only the library itself.
tool_libs = $(if $(filter /%,$(shell $(1) -print-file-name=libfdt.$(2))),-lfdt,-l:libfdt.so.1) -lz

# Calls that the tests answer in the kernel's place.
TOOL_WRAP := $(foreach call,access clock_gettime getrandom ioctl isatty open read reboot sync \
	sysinfo,-Wl,--wrap=$(call))

# Of one test program; it takes seconds.
TOOL_TIMEOUT := timeout --verbose 300

# V=1 shows the commands.
TOOL_QUIET = $(if $(V),,@echo "  BUILD   $@" &&)

.PHONY: tool tool-unit tool-clean

tool: $(TOOL_DIR)/fastkexec

$(TOOL_OBJ)/fastkexec: $(TOOL_NAMES:%=$(TOOL_OBJ)/%.o)
	$(TOOL_QUIET) $(TOOL_CC) $(if $(STATIC),-static) $(LDFLAGS) -o $@ $^ \
		$(call tool_libs,$(TOOL_CC),$(if $(STATIC),a,so))

# One name for every machine's build: copied each time, as the last may differ.
.PHONY: $(TOOL_DIR)/fastkexec
$(TOOL_DIR)/fastkexec: $(TOOL_OBJ)/fastkexec
	@cmp -s $< $@ || cp $< $@

$(TOOL_OBJ)/%.o: $(TOOL_DIR)/%.c
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_CC) $(TOOL_CFLAGS) $(TOOL_OPTIMIZE) $(CFLAGS) -c -o $@ $<

tool-unit: $(TOOL_TESTS:%=$(TOOL_UNIT_OBJ)/tool_%)
	@set -e; for test in $^; do echo "$${test##*/}:"; $(TOOL_TIMEOUT) $$test; done

$(TOOL_UNIT_OBJ)/tool_%: $(TOOL_UNIT_OBJ)/test-tool_%.o $(TOOL_UNIT_OBJ)/test-tool_fake.o \
		$(TOOL_NAMES:%=$(TOOL_UNIT_OBJ)/%.o)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_SANITIZE) $(TOOL_WRAP) -o $@ $^ \
		$(call tool_libs,$(TOOL_HOST_CC),so) -lcmocka

$(TOOL_UNIT_OBJ)/test-%.o: $(TOOL_UNIT_DIR)/%.c
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -c -o $@ $<

$(TOOL_UNIT_OBJ)/%.o: $(TOOL_DIR)/%.c
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_CFLAGS) -Dmain=fastkexec_main -Wno-missing-prototypes $(TOOL_SANITIZE) -c -o $@ $<

tool-clean:
	rm -rf $(TOOL_TOP)/build/tool $(TOOL_DIR)/fastkexec

.SECONDARY: $(TOOL_TESTS:%=$(TOOL_UNIT_OBJ)/test-tool_%.o) $(TOOL_UNIT_OBJ)/test-tool_fake.o \
	$(TOOL_NAMES:%=$(TOOL_UNIT_OBJ)/%.o)

-include $(wildcard $(foreach dir,$(TOOL_OBJ) $(TOOL_UNIT_OBJ),$(dir)/*.d $(dir)/formats/*.d))
