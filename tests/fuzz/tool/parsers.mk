# SPDX-License-Identifier: GPL-2.0
#
# Coverage-guided fuzzing of the tool's parsers. Included by tests/fuzz/fuzz.mk.
#
#   make fuzz-tool-short              the same every time
#   make fuzz-tool [FUZZ_SECONDS=600]  every fuzzer in turn for so long
#
# They begin with a file of each format (tests/tool/make-formats). Needs the tool's
# libraries, of this host.

FUZZ_TOOL_DIR := $(FUZZ_DIR)/tool
FUZZ_TOOL_OUT := $(FUZZ_OUT)/tool
FUZZ_TOOL_NAMES := kernel initrd dtb words menus
FUZZ_RUNS_kernel := 20000
FUZZ_RUNS_initrd := 20000
FUZZ_RUNS_dtb := 5000
FUZZ_RUNS_words := 20000
FUZZ_RUNS_menus := 10000
# Menus of boot loaders begin with files of their own.
FUZZ_SEEDS_menus := $(FUZZ_TOP)/tests/tool/menus
FUZZ_TOOL_SOURCES := boot_cpus bootconfig cmdline cpu_list dtb dtb_base dtb_dom0 dtb_keeps \
	dtb_later dtb_memory dtb_efi dtb_overlay dtb_record efi_later efi_map initrd \
	initrd_check kernel later_cut names numa ranges source start_profile \
	$(patsubst $(FUZZ_TOP)/userspace-tool/%.c,%,$(wildcard $(FUZZ_TOP)/userspace-tool/formats/*.c))
# What reads menus needs nothing of the rest.
FUZZ_MENU_SOURCES := root $(addprefix next/,bls extlinux grub_commands grub_lexer grub_script \
	grub_test grubenv menu mounts pool text_file vars)
FUZZ_TOOL_CFLAGS := $(FUZZ_CFLAGS) -D_GNU_SOURCE -I$(FUZZ_TOP)/uapi -I$(FUZZ_TOP)/userspace-tool
FUZZ_TOOL_LIBS := -l:libfdt.so.1 -lz -llzma -lzstd -llz4 -lbz2 -lmd
FUZZ_TOOL_FLAGS := -max_len=16384 -len_control=0 -timeout=30 -rss_limit_mb=1500

.PHONY: fuzz-tool fuzz-tool-short

fuzz-tool-short: $(FUZZ_TOOL_NAMES:%=$(FUZZ_TOOL_OUT)/%_fuzz) $(FUZZ_TOOL_OUT)/seeds
	@set -e; $(foreach name,$(FUZZ_TOOL_NAMES),\
		rm -rf $(FUZZ_TOOL_OUT)/short; mkdir $(FUZZ_TOOL_OUT)/short; \
		$(FUZZ_ENV) $(FUZZ_TOOL_OUT)/$(name)_fuzz -seed=1 -runs=$(FUZZ_RUNS_$(name)) \
			-artifact_prefix=$(FUZZ_TOOL_OUT)/ $(FUZZ_TOOL_FLAGS) \
			$(FUZZ_TOOL_OUT)/short $(or $(FUZZ_SEEDS_$(name)),$(FUZZ_TOOL_OUT)/seeds) \
			>$(FUZZ_TOOL_OUT)/$(name).log 2>&1 || \
			{ cat $(FUZZ_TOOL_OUT)/$(name).log; exit 1; }; \
		echo "fuzz $(name): $(FUZZ_RUNS_$(name)) runs, no finding";)

fuzz-tool: $(FUZZ_TOOL_NAMES:%=$(FUZZ_TOOL_OUT)/%_fuzz) $(FUZZ_TOOL_OUT)/seeds
	@set -e; $(foreach name,$(FUZZ_TOOL_NAMES),\
		mkdir -p $(FUZZ_TOOL_OUT)/corpus-$(name); \
		$(FUZZ_ENV) $(FUZZ_TOOL_OUT)/$(name)_fuzz -max_total_time=$(FUZZ_SECONDS) \
			-artifact_prefix=$(FUZZ_TOOL_OUT)/ $(FUZZ_TOOL_FLAGS) \
			$(FUZZ_TOOL_OUT)/corpus-$(name) \
			$(or $(FUZZ_SEEDS_$(name)),$(FUZZ_TOOL_OUT)/seeds);)

$(FUZZ_TOOL_OUT)/seeds: $(FUZZ_TOP)/tests/tool/make-formats
	@rm -rf $@
	$(FUZZ_QUIET) $< $@.new && mv $@.new $@

$(FUZZ_TOOL_OUT)/menus_fuzz: $(FUZZ_TOOL_OUT)/fuzz-menus_fuzz.o \
		$(FUZZ_MENU_SOURCES:%=$(FUZZ_TOOL_OUT)/%.o)
	$(FUZZ_QUIET) $(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^

$(FUZZ_TOOL_OUT)/%_fuzz: $(FUZZ_TOOL_OUT)/fuzz-%_fuzz.o $(FUZZ_TOOL_OUT)/fuzz-stand_in.o \
		$(FUZZ_TOOL_SOURCES:%=$(FUZZ_TOOL_OUT)/%.o)
	$(FUZZ_QUIET) $(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^ $(FUZZ_TOOL_LIBS)

$(FUZZ_TOOL_OUT)/fuzz-%.o: $(FUZZ_TOOL_DIR)/%.c
	@mkdir -p $(@D)
	$(FUZZ_QUIET) $(FUZZ_CC) $(FUZZ_TOOL_CFLAGS) $(FUZZ_GUIDED) -c -o $@ $<

$(FUZZ_TOOL_OUT)/%.o: $(FUZZ_TOP)/userspace-tool/%.c
	@mkdir -p $(@D)
	$(FUZZ_QUIET) $(FUZZ_CC) $(FUZZ_TOOL_CFLAGS) $(FUZZ_GUIDED) -c -o $@ $<

-include $(wildcard $(FUZZ_TOOL_OUT)/*.d $(FUZZ_TOOL_OUT)/*/*.d)
