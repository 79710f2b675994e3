# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With SDEI, whose event 0 one CPU signals to another. Event 100 comes by the physical timer of
# EL1, which Linux does not use at EL2 or without EL2. QEMU's device tree, which TF-A passes
# on, is to tell of SDEI.

prepare()
{
	local common=$1/tf-a/plat/qemu/common

	add_lines "$common/qemu_sdei.c" '	SDEI_DEFINE_EVENT_0' \
		'	SDEI_PRIVATE_EVENT(100, 30, SDEI_MAPF_NORMAL),'
	add_lines "$common/qemu_bl2_setup.c" '	ret = fdt_pack(fdt);' \
'	ret = fdt_add_subnode(fdt, fdt_add_subnode(fdt, 0, "firmware"), "sdei");
	(void)fdt_setprop_string(fdt, ret, "compatible", "arm,sdei-1.0");
	(void)fdt_setprop_string(fdt, ret, "method", "smc");'
	arguments+=(SDEI_SUPPORT=1 EL3_EXCEPTION_HANDLING=1)
}
