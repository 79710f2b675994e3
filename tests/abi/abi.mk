# SPDX-License-Identifier: GPL-2.0
#
# Calls of the ABI, for hours. Included by the Makefile at the top, and usable alone:
# make -f tests/abi/abi.mk soak-fuzz
#
#   make soak-fuzz [FUZZ_SEEDS="1 2 ... 20" FUZZ_CALLS=500000 FUZZ_KERNEL=6.1]
#
# fuzzes the device, FUZZ_CALLS times with each seed, each in a guest of its own. The CPUs
# of the guest take turns, but for the seed that FUZZ_PARALLEL names. What was seen stays in
# build/soak-fuzz, a log a seed. A seed that has passed is not run again, so that a soak
# which was stopped goes on; take the log away to run it once more.
#
# FUZZ_KERNEL is a kernel of tests/env/kernels.conf. The same seed makes the same calls.

ABI_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

FUZZ_CALLS ?= 500000
FUZZ_SEEDS ?= $(shell seq 20)
FUZZ_PARALLEL ?= 20
FUZZ_KERNEL ?= 6.1

FUZZ_DIR := build/soak-fuzz
FUZZ_LOGS := $(FUZZ_SEEDS:%=$(FUZZ_DIR)/$(FUZZ_KERNEL)-$(FUZZ_CALLS)-%.log)

.PHONY: soak-fuzz

soak-fuzz: $(FUZZ_LOGS)
	@grep -h '^fuzz: seed' $^

$(FUZZ_DIR)/$(FUZZ_KERNEL)-$(FUZZ_CALLS)-%.log:
	@mkdir -p $(@D)
	@FUZZ_CALLS=$(FUZZ_CALLS) FUZZ_SEED=$* FUZZ_TIMEOUT=86400 \
		FUZZ_TURNS=$(if $(filter $*,$(FUZZ_PARALLEL)),,yes) \
		$(ABI_DIR)/run $(FUZZ_KERNEL) fuzz >$@.new || { cat $@.new; exit 1; }
	@mv $@.new $@
