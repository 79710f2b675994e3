# SPDX-License-Identifier: GPL-2.0
#
# Host tests of the module's pure files, and of what judges registers in tests/bare.
# Included by the Makefile at the top, and usable alone: make -f tests/core/core.mk unit
#
#   make unit [UNIT_COMPILERS=gcc]  tests of module/core, with gcc and clang
#
# They run under ASan and UBSan.
#
# Needs gcc, clang and libcmocka-dev.

UNIT_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
UNIT_TOP := $(or $(patsubst %/tests/core,%,$(filter %/tests/core,$(UNIT_DIR))),.)
UNIT_OUT := $(UNIT_TOP)/build/unit

UNIT_COMPILERS := gcc clang
# A file of tests is a program; what the other files hold, each of them may use.
UNIT_TESTS := $(patsubst $(UNIT_DIR)/%.c,%,$(wildcard $(UNIT_DIR)/*_test.c))
UNIT_SHARED := $(filter-out $(UNIT_TESTS),$(patsubst $(UNIT_DIR)/%.c,%,$(wildcard $(UNIT_DIR)/*.c)))
UNIT_MODULE := $(patsubst $(UNIT_TOP)/module/core/%.c,%,$(wildcard $(UNIT_TOP)/module/core/*.c))

UNIT_CFLAGS := -std=gnu11 -O1 -g -fno-omit-frame-pointer -Wall -Wextra -Werror -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -MMD -MP \
	-I$(UNIT_TOP)/module
UNIT_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

# Compiled for ThreadSanitizer, linked without it: read_once_test.c takes its place.
UNIT_COUNTING := read_once_test
UNIT_COUNTED := $(filter pgtable%,$(UNIT_MODULE))
UNIT_COUNT := -fsanitize=thread -O2

# Of one test program; it takes seconds.
UNIT_TIMEOUT := timeout --verbose 600

# V=1 shows the commands.
UNIT_QUIET = $(if $(V),,@echo "  BUILD   $@" &&)

.PHONY: unit unit-clean $(UNIT_COMPILERS:%=unit-%)

unit: $(UNIT_COMPILERS:%=unit-%)

# $(1): the compiler
define UNIT_RULES
unit-$(1): $(UNIT_TESTS:%=$(UNIT_OUT)/$(1)/%)
	@set -e; for test in $$^; do echo "$(1): $$$${test##*/}"; $(UNIT_TIMEOUT) $$$$test; done

$(filter-out %/$(UNIT_COUNTING),$(UNIT_TESTS:%=$(UNIT_OUT)/$(1)/%)): $(UNIT_OUT)/$(1)/%: \
		$(UNIT_OUT)/$(1)/%.o $(UNIT_SHARED:%=$(UNIT_OUT)/$(1)/%.o) \
		$(UNIT_MODULE:%=$(UNIT_OUT)/$(1)/module-%.o)
	$$(UNIT_QUIET) $(1) $$(UNIT_SANITIZE) -o $$@ $$^ -lcmocka

$(UNIT_OUT)/$(1)/$(UNIT_COUNTING): $(UNIT_OUT)/$(1)/counting-$(UNIT_COUNTING).o \
		$(UNIT_SHARED:%=$(UNIT_OUT)/$(1)/counting-%.o) \
		$(UNIT_COUNTED:%=$(UNIT_OUT)/$(1)/counted-%.o)
	$$(UNIT_QUIET) $(1) -o $$@ $$^ -lcmocka

$(UNIT_OUT)/$(1)/counted-%.o: $(UNIT_TOP)/module/core/%.c | $(UNIT_OUT)/$(1)
	$$(UNIT_QUIET) $(1) $$(UNIT_CFLAGS) $$(UNIT_COUNT) -c -o $$@ $$<

$(UNIT_OUT)/$(1)/counting-%.o: $(UNIT_DIR)/%.c | $(UNIT_OUT)/$(1)
	$$(UNIT_QUIET) $(1) $$(UNIT_CFLAGS) -c -o $$@ $$<

$(UNIT_OUT)/$(1)/module-%.o: $(UNIT_TOP)/module/core/%.c | $(UNIT_OUT)/$(1)
	$$(UNIT_QUIET) $(1) $$(UNIT_CFLAGS) $$(UNIT_SANITIZE) -c -o $$@ $$<

$(UNIT_OUT)/$(1)/%.o: $(UNIT_DIR)/%.c | $(UNIT_OUT)/$(1)
	$$(UNIT_QUIET) $(1) $$(UNIT_CFLAGS) $$(UNIT_SANITIZE) -c -o $$@ $$<

$(UNIT_OUT)/$(1):
	@mkdir -p $$@
endef

$(foreach compiler,$(UNIT_COMPILERS),$(eval $(call UNIT_RULES,$(compiler))))

unit-clean:
	rm -rf $(UNIT_OUT)

.SECONDARY:
-include $(wildcard $(UNIT_COMPILERS:%=$(UNIT_OUT)/%/*.d))
