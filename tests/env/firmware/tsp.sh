# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# TF-A's test secure payload, for those that have it.

# tsp TREE: the test secure payload for TF-A's QEMU platform, which has none. Its timer
# interrupts the other world twice a second.
tsp()
{
	local platform=$1/plat/qemu/qemu

	cp "$FK_ENV/firmware/tsp_setup.c" "$1/plat/qemu/common/"
	mkdir "$platform/tsp"
	cat >"$platform/tsp/tsp-qemu.mk" <<-'END'
		BL32_SOURCES += plat/qemu/common/tsp_setup.c plat/qemu/common/topology.c \
			plat/qemu/common/aarch64/plat_helpers.S \
			plat/common/aarch64/platform_mp_stack.S ${QEMU_GIC_SOURCES}
	END
	add_lines "$platform/include/platform_def.h" '#define PLATFORM_G1S_PROPS' \
'#define TSP_IRQ_SEC_PHY_TIMER	29
#define TSP_SEC_MEM_BASE	BL32_MEM_BASE
#define TSP_SEC_MEM_SIZE	BL32_MEM_SIZE
'
	add_lines "$1/plat/qemu/common/qemu_gicv3.c" '	PLATFORM_G1S_PROPS(INTR_GROUP1S)' \
'	INTR_PROP_DESC(TSP_IRQ_SEC_PHY_TIMER, GIC_HIGHEST_SEC_PRIORITY, INTR_GROUP1S,
		       GIC_INTR_CFG_LEVEL),'
}
