// SPDX-License-Identifier: GPL-2.0
/*
 * The interrupt controller. Contracts in gic.h.
 */
#include <linux/acpi.h>
#include <linux/bitfield.h>
#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "gic.h"
#include "inject.h"
#include "madt.h"

/* Fields of GICR_PROPBASER and GICR_PENDBASER (Arm IHI 0069, 12.11). */
#define PROPBASER_FIELD_ID_BITS	GENMASK_ULL(4, 0)
#define PROPBASER_FIELD_PA	GENMASK_ULL(51, 12)
#define PENDBASER_FIELD_PA	GENMASK_ULL(51, 16)

/* The property table has a byte for each LPI, and LPIs begin here. */
#define FIRST_LPI		8192ULL

/* ACPI 6.6: the Interrupt Routing Service of a GICv5. */
#define MADT_TYPE_GICV5_IRS	28

/**
 * struct fk_gic_frame - one redistributor
 * @next: another one
 * @base: its first two frames of 64 KB, mapped
 */
struct fk_gic_frame {
	struct fk_gic_frame *next;
	void __iomem *base;
};

/**
 * struct scan - what a walk over the MADT has met
 * @gic: found so far
 * @regions: entries of their own tell where the redistributors are
 * @v5: there is a GICv5
 */
struct scan {
	struct fk_gic *gic;
	bool regions;
	bool v5;
};

static int add_table(struct fk_ranges *tables, u64 start_pa, u64 size)
{
	return fk_ranges_add(tables, round_down(start_pa, SZ_64K),
			     round_up(start_pa + size, SZ_64K));
}

/* The tables of one redistributor. */
static int add_tables(struct fk_ranges *tables, void __iomem *base)
{
	u64 property, pending, ids;
	int err;

	if (!(readl_relaxed(base + GICR_CTLR) & GICR_CTLR_ENABLE_LPIS))
		return 0;
	property = readq_relaxed(base + GICR_PROPBASER);
	pending = readq_relaxed(base + GICR_PENDBASER);
	ids = 2ULL << FIELD_GET(PROPBASER_FIELD_ID_BITS, property);
	err = add_table(tables, property & PROPBASER_FIELD_PA,
			ids > FIRST_LPI ? ids - FIRST_LPI : 1);
	return err ?: add_table(tables, pending & PENDBASER_FIELD_PA, (ids + 7) / 8);
}

int fk_gic_list_tables(const struct fk_gic *gic, struct fk_ranges *tables)
{
	const struct fk_gic_frame *frame;
	int err = 0;

	for (frame = gic->frames; frame && !err; frame = frame->next)
		err = add_tables(tables, frame->base);
	return err;
}

static int map_frame(struct fk_gic *gic, u64 start_pa)
{
	struct fk_gic_frame *frame;

	frame = FK_MAY_FAIL(kzalloc(sizeof(*frame), GFP_KERNEL), NULL);
	if (!frame)
		return -ENOMEM;
	frame->base = FK_MAY_FAIL(ioremap(start_pa, SZ_128K), NULL);
	if (!frame->base) {
		kfree(frame);
		return -ENOMEM;
	}
	frame->next = gic->frames;
	gic->frames = frame;
	gic->frames_nr++;
	return 0;
}

/*
 * The frames of a region follow each other, @stride apart or as each says itself, and the
 * last one is marked. Regions have room for more CPUs than there are.
 */
static int map_region(struct fk_gic *gic, u64 start_pa, u64 size, u64 stride)
{
	u64 typer = 0, at;

	for (at = 0; at + SZ_128K <= size && !(typer & GICR_TYPER_LAST);
	     at += stride ?: typer & GICR_TYPER_VLPIS ? SZ_256K : SZ_128K) {
		int err = map_frame(gic, start_pa + at);

		if (err)
			return err;
		typer = readq_relaxed(gic->frames->base + GICR_TYPER);
	}
	return 0;
}

static int map_node(struct fk_gic *gic, struct device_node *node)
{
	struct resource res;
	u32 regions = 1;
	u64 stride = 0;
	int err = 0;
	u32 i;

	of_property_read_u32(node, "#redistributor-regions", &regions);
	of_property_read_u64(node, "redistributor-stride", &stride);
	for (i = 0; i < regions && !err; i++) {
		if (of_address_to_resource(node, 1 + i, &res))
			return -ENXIO;
		err = map_region(gic, res.start, resource_size(&res), stride);
	}
	return err;
}

static int map_device_tree(struct fk_gic *gic)
{
	struct device_node *node = of_find_compatible_node(NULL, NULL, "arm,gic-v3");
	int err;

	if (!node)
		return 0;
	err = map_node(gic, node);
	of_node_put(node);
	return err;
}

#ifdef CONFIG_ACPI
static int look_at_region(const struct acpi_subtable_header *entry, void *arg)
{
	const struct acpi_madt_generic_redistributor *region = (const void *)entry;
	struct scan *scan = arg;

	if (entry->type != ACPI_MADT_TYPE_GENERIC_REDISTRIBUTOR)
		return 0;
	if (entry->length < sizeof(*region))
		return -ENXIO;
	scan->regions = true;
	return map_region(scan->gic, region->base_address, region->length, 0);
}

/* A GICC entry tells of one redistributor, its own CPU's. Only its first frames are read. */
static int look_at_cpu(const struct acpi_subtable_header *entry, void *arg)
{
	const struct acpi_madt_generic_interrupt *gicc = fk_madt_usable(entry);
	struct scan *scan = arg;

	if (!gicc || !(gicc->flags & ACPI_MADT_ENABLED) || !gicc->gicr_base_address)
		return 0;
	return map_region(scan->gic, gicc->gicr_base_address, SZ_128K, 0);
}

static int map_madt(struct fk_gic *gic)
{
	struct scan scan = { .gic = gic };
	int err = fk_madt_walk(look_at_region, &scan);

	return err || scan.regions ? err : fk_madt_walk(look_at_cpu, &scan);
}
#else
static int map_madt(struct fk_gic *gic)
{
	return -ENXIO;
}
#endif

int fk_gic_open(struct fk_gic *gic)
{
	int err;

	memset(gic, 0, sizeof(*gic));
	err = acpi_disabled ? map_device_tree(gic) : map_madt(gic);
	if (err)
		fk_gic_close(gic);
	return err;
}

void fk_gic_close(struct fk_gic *gic)
{
	while (gic->frames) {
		struct fk_gic_frame *frame = gic->frames;

		gic->frames = frame->next;
		iounmap(frame->base);
		kfree(frame);
	}
	gic->frames_nr = 0;
}

static int look_for_v5(const struct acpi_subtable_header *entry, void *arg)
{
	struct scan *scan = arg;

	scan->v5 = entry->type == MADT_TYPE_GICV5_IRS;
	return scan->v5;
}

bool fk_gic_is_v5(void)
{
	struct device_node *node;
	struct scan scan = {};

	if (!acpi_disabled) {
		fk_madt_walk(look_for_v5, &scan);
		return scan.v5;
	}
	node = of_find_compatible_node(NULL, NULL, "arm,gic-v5");
	of_node_put(node);
	return node;
}
