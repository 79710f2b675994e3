# SPDX-License-Identifier: GPL-2.0
#
# make             build fastkexec.ko for the running kernel, and the tool
# make KDIR=... ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-   the same, crossed
# make help        all targets

KDIR ?= /lib/modules/$(shell uname -r)/build

.PHONY: all module tool clean
all: module tool

module:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

include userspace-tool/tool.mk
