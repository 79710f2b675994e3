# SPDX-License-Identifier: GPL-2.0
#
# The tool's unit tests, on this host, with ASan and UBSan. Included by
# userspace-tool/tool.mk.
#
#   make tool-unit [CC=clang]    tests of the tool
#
# tests/tool/completions runs shells with the tool as a program of this host.
#
# A file X_test.c in this folder is one program. A new one is found by itself, and so
# is a new TOOL_TEST() in it: see fake_device.h.
# Needs libcmocka, and what tool.mk needs, of this host.

TOOL_UNIT_DIR := $(TOOL_TOP)/tests/tool
TOOL_HOST_CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
TOOL_UNIT_OBJ := $(TOOL_TOP)/build/tool/unit-$(firstword $(notdir $(TOOL_HOST_CC)))
TOOL_TESTS := $(patsubst $(TOOL_UNIT_DIR)/%.c,%,$(wildcard $(TOOL_UNIT_DIR)/*_test.c))

TOOL_SANITIZE := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all

# Calls that the tests answer in the kernel's place.
TOOL_WRAP := $(foreach call,access clock_gettime clocks_now execv fork getrandom \
	if_freenameindex if_nameindex ioctl isatty open poll pthread_create read reboot socketpair sync \
	syscall sysinfo,-Wl,--wrap=$(call))

# It counts the memory that files take.
$(TOOL_UNIT_OBJ)/hostile_formats_test: TOOL_WRAP_MORE := $(foreach call,mmap mremap munmap \
	room_available,	-Wl,--wrap=$(call))

# Of one test program; it takes seconds.
TOOL_TIMEOUT := timeout --verbose 300

.PHONY: tool-unit

tool-unit: $(TOOL_TESTS:%=$(TOOL_UNIT_OBJ)/%) $(TOOL_UNIT_OBJ)/program/fastkexec
	@set -e; for test in $(filter %_test,$^); do \
		echo "$${test##*/}:"; $(TOOL_TIMEOUT) $$test; done
	@$(TOOL_TIMEOUT) $(TOOL_UNIT_DIR)/completions $(abspath $(TOOL_UNIT_OBJ)/program)

$(TOOL_UNIT_OBJ)/program/fastkexec: $(TOOL_UNIT_OBJ)/test-program.o \
		$(TOOL_NAMES:%=$(TOOL_UNIT_OBJ)/%.o)
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_SANITIZE) -o $@ $^ \
		$(call tool_libs,$(TOOL_HOST_CC),so)

$(TOOL_UNIT_OBJ)/%_test: $(TOOL_UNIT_OBJ)/test-%_test.o $(TOOL_UNIT_OBJ)/test-fake_device.o \
		$(TOOL_UNIT_OBJ)/test-unit.o $(TOOL_NAMES:%=$(TOOL_UNIT_OBJ)/%.o)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_SANITIZE) $(TOOL_WRAP) $(TOOL_WRAP_MORE) -o $@ $^ \
		$(call tool_libs,$(TOOL_HOST_CC),so) -lcmocka

$(TOOL_UNIT_OBJ)/test-%.o: $(TOOL_UNIT_DIR)/%.c $(TOOL_TOP)/VERSION
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_CFLAGS) $(TOOL_SANITIZE) -c -o $@ $<

# It defines _GNU_SOURCE itself.
$(TOOL_UNIT_OBJ)/test-unit.o: $(TOOL_TOP)/tests/core/unit.c
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_CFLAGS) -U_GNU_SOURCE $(TOOL_SANITIZE) -c -o $@ $<

# The tool's main() is a function to its tests.
$(TOOL_UNIT_OBJ)/%.o: $(TOOL_DIR)/%.c $(TOOL_TOP)/VERSION
	@mkdir -p $(@D)
	$(TOOL_QUIET) $(TOOL_HOST_CC) $(TOOL_CFLAGS) -Dmain=fastkexec_main -Wno-missing-prototypes \
		$(TOOL_SANITIZE) -c -o $@ $<

.SECONDARY: $(TOOL_TESTS:%=$(TOOL_UNIT_OBJ)/test-%.o) $(TOOL_UNIT_OBJ)/test-fake_device.o \
	$(TOOL_UNIT_OBJ)/test-unit.o $(TOOL_NAMES:%=$(TOOL_UNIT_OBJ)/%.o)

-include $(wildcard $(TOOL_UNIT_OBJ)/*.d $(TOOL_UNIT_OBJ)/*/*.d)
