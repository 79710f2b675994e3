# SPDX-License-Identifier: GPL-2.0
#
# Calls of the ABI, for hours. Included by the Makefile at the top, and usable alone:
# make -f tests/abi/abi.mk soak-fuzz
#
#   make soak-fuzz [FUZZ_CALLS=10000000 FUZZ_SEED=1 FUZZ_KERNEL=6.1]  fuzz the device
#
# FUZZ_KERNEL is a kernel of tests/env/kernels.conf. What was seen is printed at the end;
# the same seed makes the same calls.

ABI_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

FUZZ_CALLS ?= 10000000
FUZZ_SEED ?= 1
FUZZ_KERNEL ?= 6.1

.PHONY: soak-fuzz

soak-fuzz:
	@FUZZ_CALLS=$(FUZZ_CALLS) FUZZ_SEED=$(FUZZ_SEED) FUZZ_TIMEOUT=86400 \
		$(ABI_DIR)/run $(FUZZ_KERNEL) fuzz
