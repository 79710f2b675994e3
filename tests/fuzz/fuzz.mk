# SPDX-License-Identifier: GPL-2.0
#
# Coverage-guided fuzzing of the table library; tool/parsers.mk has that of the tool. Included by the Makefile at the
# top, and usable alone: make -f tests/fuzz/fuzz.mk fuzz-short
#
#   make fuzz-short              fuzzers of the tables, the same every time
#   make fuzz [FUZZ_SECONDS=600]  every fuzzer in turn for so long
#
# What a fuzzer has learnt is kept in build/fuzz and used the next time.
#
# Needs clang with libFuzzer.

FUZZ_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
FUZZ_TOP := $(or $(patsubst %/tests/fuzz,%,$(filter %/tests/fuzz,$(FUZZ_DIR))),.)
FUZZ_OUT := $(FUZZ_TOP)/build/fuzz

FUZZ_CC ?= clang
FUZZ_SECONDS ?= 600
FUZZ_NAMES := $(patsubst $(FUZZ_DIR)/%_fuzz.c,%,$(wildcard $(FUZZ_DIR)/*_fuzz.c))
FUZZ_RUNS_walk := 30000
FUZZ_RUNS_map := 6000
FUZZ_RUNS_copy := 15000

FUZZ_CFLAGS := -std=gnu11 -O2 -g -fno-omit-frame-pointer -Wall -Wextra -Werror -Wshadow \
	-MMD -MP -fsanitize=address,undefined -fno-sanitize-recover=all
# Only what is under test, and the fuzzer proper, steer the search.
FUZZ_GUIDED := -fsanitize=fuzzer-no-link
# What the fuzzers share with the unit tests, and what they try.
FUZZ_SHARED := arena model refwalk shapes
FUZZ_MODULE := $(patsubst $(FUZZ_TOP)/module/core/%.c,%,$(wildcard $(FUZZ_TOP)/module/core/pgtable*.c))
FUZZ_FLAGS := -max_len=200 -len_control=0 -timeout=30
FUZZ_ENV := ASAN_OPTIONS=quarantine_size_mb=4

FUZZ_QUIET = $(if $(V),,@echo "  BUILD   $@" &&)

.PHONY: fuzz fuzz-short fuzz-clean

fuzz-short: fuzz-tool-short $(FUZZ_NAMES:%=$(FUZZ_OUT)/%_fuzz)
	@set -e; $(foreach name,$(FUZZ_NAMES),\
		$(FUZZ_ENV) $(FUZZ_OUT)/$(name)_fuzz -seed=1 -runs=$(FUZZ_RUNS_$(name)) \
			-artifact_prefix=$(FUZZ_OUT)/ $(FUZZ_FLAGS) \
			>$(FUZZ_OUT)/$(name).log 2>&1 || \
			{ cat $(FUZZ_OUT)/$(name).log; exit 1; }; \
		echo "fuzz $(name): $(FUZZ_RUNS_$(name)) runs, no finding";)

fuzz: fuzz-tool $(FUZZ_NAMES:%=$(FUZZ_OUT)/%_fuzz)
	@set -e; $(foreach name,$(FUZZ_NAMES),\
		mkdir -p $(FUZZ_OUT)/corpus-$(name); \
		$(FUZZ_ENV) $(FUZZ_OUT)/$(name)_fuzz -max_total_time=$(FUZZ_SECONDS) \
			-artifact_prefix=$(FUZZ_OUT)/ $(FUZZ_FLAGS) \
			$(FUZZ_OUT)/corpus-$(name);)

$(FUZZ_OUT)/%_fuzz: $(FUZZ_OUT)/%_fuzz.o $(FUZZ_OUT)/fuzz.o $(FUZZ_SHARED:%=$(FUZZ_OUT)/unit-%.o) \
		$(FUZZ_MODULE:%=$(FUZZ_OUT)/module-%.o)
	$(FUZZ_QUIET) $(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^

$(FUZZ_OUT)/module-%.o: $(FUZZ_TOP)/module/core/%.c | $(FUZZ_OUT)
	$(FUZZ_QUIET) $(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_GUIDED) -c -o $@ $<

$(FUZZ_OUT)/unit-%.o: $(FUZZ_TOP)/tests/core/%.c | $(FUZZ_OUT)
	$(FUZZ_QUIET) $(FUZZ_CC) $(FUZZ_CFLAGS) -c -o $@ $<

$(FUZZ_OUT)/%.o: $(FUZZ_DIR)/%.c | $(FUZZ_OUT)
	$(FUZZ_QUIET) $(FUZZ_CC) $(FUZZ_CFLAGS) $(FUZZ_GUIDED) -c -o $@ $<

$(FUZZ_OUT):
	@mkdir -p $@

fuzz-clean:
	rm -rf $(FUZZ_OUT)

include $(FUZZ_DIR)/tool/parsers.mk

.SECONDARY:
-include $(wildcard $(FUZZ_OUT)/*.d)
