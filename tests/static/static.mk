# SPDX-License-Identifier: GPL-2.0
#
# Static checks. Included by the Makefile at the top, and usable alone:
# make -f tests/static/static.mk static
#
#   make static        all static checks: five kernels, every analyser
#   make static-fast   those of "make check"
#   make static-NAME   one of them
#   make static-list   their names, and what each looks for
#
# With -k, what comes after a failure is run too. A file of checks/ is a check, and
# is fast unless it is named here.

STATIC_DIR	:= $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
STATIC_SLOW	:= clang 5.10 6.12 6.12-16k 7.3
STATIC_FAST	:= $(filter-out $(STATIC_SLOW) kernel,$(patsubst $(STATIC_DIR)/checks/%.sh,%, \
	$(sort $(wildcard $(STATIC_DIR)/checks/*.sh)))) 6.1

.PHONY: static static-fast static-list static-packages \
	$(STATIC_FAST:%=static-%) $(STATIC_SLOW:%=static-%)

static: static-fast $(STATIC_SLOW:%=static-%)

static-fast: $(STATIC_FAST:%=static-%)

$(STATIC_FAST:%=static-%) $(STATIC_SLOW:%=static-%): static-%: static-packages
	@$(STATIC_DIR)/check $*

static-list:
	@$(STATIC_DIR)/check --list

# The builder of the newest kernel's module is made with mmdebstrap, of group guest.
static-packages:
	@$(STATIC_DIR)/../env/packages base analysis guest
