# SPDX-License-Identifier: GPL-2.0
#
# Bare-metal tests of the relocation page and of the tables, in QEMU without Linux.
# From the top of the tree:
#
#   make bare        the relocation page in QEMU, without Linux
#   make bare-all    every variant, ten times the rounds
#   make bare-image  build the tests, and run nothing
#
# BARE_MODULE=DIRECTORY takes the tested files from elsewhere than module/.
# Honours CROSS_COMPILE; on a host that is not arm64 its default is Debian's.

BARE_DIR	:= $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
BARE_OUT	:= build/bare
BARE_MODULE	:= module
BARE_CROSS	:= $(or $(CROSS_COMPILE),$(if $(filter aarch64,$(shell uname -m)),,aarch64-linux-gnu-))
BARE_CC		:= $(BARE_CROSS)gcc

BARE_OWN	:= $(wildcard $(BARE_DIR)/*.c) $(wildcard $(BARE_DIR)/*.S)
BARE_SHIPPED	:= $(wildcard $(BARE_MODULE)/core/*.c) \
		   $(BARE_MODULE)/leave/reloc_page.S
BARE_OBJECTS	:= $(patsubst $(BARE_DIR)/%,$(BARE_OUT)/own/%.o,$(BARE_OWN)) \
		   $(patsubst $(BARE_MODULE)/%,$(BARE_OUT)/shipped/%.o,$(BARE_SHIPPED))

# No floating point, which may be trapped; no unaligned access, as the MMU is off;
# no call of memset() inside memset().
BARE_CFLAGS	:= -std=gnu11 -O2 -g -ffreestanding -fno-pie -mgeneral-regs-only \
		   -mstrict-align -mno-outline-atomics -fno-stack-protector \
		   -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
		   -Wall -Wextra -Werror -MMD -MP -I$(BARE_DIR) -I$(BARE_MODULE)
BARE_LDFLAGS	:= -nostdlib -static-pie -Wl,--no-dynamic-linker -Wl,-z,norelro \
		   -Wl,--build-id=none -Wl,-T,$(BARE_DIR)/link.ld

.PHONY: bare bare-all bare-image

bare: $(BARE_OUT)/bare.bin
	$(BARE_DIR)/fits $(BARE_MODULE)
	$(BARE_DIR)/barriers $(BARE_OUT)/bare.elf
	$(BARE_DIR)/run $< check

bare-all: $(BARE_OUT)/bare.bin
	$(BARE_DIR)/fits $(BARE_MODULE)
	$(BARE_DIR)/barriers $(BARE_OUT)/bare.elf
	$(BARE_DIR)/run $< all

bare-image: $(BARE_OUT)/bare.bin

$(BARE_OUT)/bare.bin: $(BARE_OUT)/bare.elf
	$(BARE_CROSS)objcopy -O binary $< $@

$(BARE_OUT)/bare.elf: $(BARE_OBJECTS) $(BARE_DIR)/link.ld
	$(BARE_CC) $(BARE_LDFLAGS) $(BARE_OBJECTS) -o $@

$(BARE_OUT)/own/%.o: $(BARE_DIR)/% $(BARE_DIR)/bare.mk
	@mkdir -p $(@D)
	$(BARE_CC) $(BARE_CFLAGS) -c $< -o $@

$(BARE_OUT)/shipped/%.o: $(BARE_MODULE)/% $(BARE_DIR)/bare.mk
	@mkdir -p $(@D)
	$(BARE_CC) $(BARE_CFLAGS) -c $< -o $@

-include $(BARE_OBJECTS:.o=.d)
