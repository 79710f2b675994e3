// SPDX-License-Identifier: GPL-2.0
/*
 * GICv3 redistributors. Contract in gic.h.
 */
#include <linux/acpi.h>
#include <linux/efi.h>
#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/sizes.h>

#include "gic.h"

/* One contiguous region of redistributor frames, the last one marked. */
static bool region_uses_lpis(void __iomem *base, u64 size, u64 stride)
{
	u64 at, next, typer;

	for (at = 0; at + SZ_128K <= size; at = next) {
		if (readl_relaxed(base + at + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS)
			return true;
		typer = readq_relaxed(base + at + GICR_TYPER);
		if (typer & GICR_TYPER_LAST)
			return false;
		next = at + (stride ?: typer & GICR_TYPER_VLPIS ? SZ_256K : SZ_128K);
	}
	return false;
}

static bool node_uses_lpis(struct device_node *node)
{
	u32 regions = 1;
	u64 stride = 0;
	bool used = false;
	u32 i;

	of_property_read_u32(node, "#redistributor-regions", &regions);
	of_property_read_u64(node, "redistributor-stride", &stride);
	for (i = 0; i < regions && !used; i++) {
		struct resource res;
		void __iomem *base;

		if (of_address_to_resource(node, 1 + i, &res))
			break;
		base = ioremap(res.start, resource_size(&res));
		if (!base)
			return true;
		used = region_uses_lpis(base, resource_size(&res), stride);
		iounmap(base);
	}
	return used;
}

bool fk_gic_lpis_in_use(void)
{
	struct device_node *node;
	bool used;

	if (!acpi_disabled || efi_enabled(EFI_BOOT))
		return false;
	node = of_find_compatible_node(NULL, NULL, "arm,gic-v5");
	if (node) {
		of_node_put(node);
		return true;
	}
	node = of_find_compatible_node(NULL, NULL, "arm,gic-v3");
	if (!node)
		return false;
	used = node_uses_lpis(node);
	of_node_put(node);
	return used;
}
