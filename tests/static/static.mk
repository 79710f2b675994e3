# SPDX-License-Identifier: GPL-2.0
#
# Static checks. Included by the Makefile at the top, and usable alone:
# make -f tests/static/static.mk static
#
#   make static        everything: five kernels, every analyser
#   make static-fast   what belongs to "make check": a minute of one CPU
#   make static-NAME   one of them; tests/static/check tells the names
#
# With -k, what comes after a failure is run too.

STATIC_DIR	:= $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
STATIC_FAST	:= spdx shell checkpatch kernel-doc sparse gcc 6.1
STATIC_SLOW	:= clang 5.10 6.12 6.12-16k 7.2

.PHONY: static static-fast static-packages $(STATIC_FAST:%=static-%) $(STATIC_SLOW:%=static-%)

static: static-fast $(STATIC_SLOW:%=static-%)

static-fast: $(STATIC_FAST:%=static-%)

$(STATIC_FAST:%=static-%) $(STATIC_SLOW:%=static-%): static-%: static-packages
	@$(STATIC_DIR)/check $*

# The builder of the newest kernel's module is made with mmdebstrap, of group guest.
static-packages:
	@$(STATIC_DIR)/../env/packages base analysis guest
