// SPDX-License-Identifier: GPL-2.0
/*
 * Tables in the kernel. Contracts in kernel_tables.h.
 */
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/string.h>

#include <asm/sysreg.h>

#include "chunk.h"
#include "kernel_tables.h"

/* TTBR1_EL1: CnP, BADDR (bits 5:2 hold address bits 51:48 with 52-bit outputs), ASID. */
#define TTBR_BADDR		GENMASK_ULL(47, 1)
#define TTBR_BADDR_52		GENMASK_ULL(47, 6)
#define TTBR_HIGH_SHIFT		46
#define TTBR_HIGH_52		GENMASK_ULL(5, 2)

static void *alloc_table(void *ctx, u64 *pa)
{
	struct fk_chunk *chunk = fk_chunks_alloc(ctx, 0, false);

	if (!chunk)
		return NULL;
	chunk->use = FK_USE_TABLES;
	*pa = page_to_phys(chunk->page);
	return memset(page_address(chunk->page), 0, PAGE_SIZE);
}

static void free_table(void *ctx, u64 pa)
{
}

static void *table_va(void *ctx, u64 pa)
{
	return phys_to_virt(pa);
}

const struct fk_pt_ops fk_kernel_table_ops = {
	.alloc = alloc_table,
	.free = free_table,
	.va = table_va,
};

static bool is_ram(void *ctx, u64 pa, u64 size)
{
	return fk_ranges_hold(ctx, pa, pa + size);
}

/* The first table may be part of a page: 52-bit tables on a 48-bit CPU. */
static void *live_table_va(void *ctx, u64 pa)
{
	return is_ram(ctx, pa, sizeof(u64)) ? phys_to_virt(pa) : NULL;
}

static const struct fk_pt_ops live_table_ops = {
	.va = live_table_va,
	.is_ram = is_ram,
};

static u64 live_root(const struct fk_pt_geometry *geo)
{
	u64 ttbr = read_sysreg(ttbr1_el1);

	if (geo->pa_bits <= 48)
		return ttbr & TTBR_BADDR;
	return (ttbr & TTBR_BADDR_52) | (ttbr & TTBR_HIGH_52) << TTBR_HIGH_SHIFT;
}

void fk_kernel_linear(struct fk_linear *linear, const struct fk_pt_geometry *geo,
		      const struct fk_ranges *ram)
{
	memset(linear, 0, sizeof(*linear));
	linear->live.geo = *geo;
	linear->live.ops = &live_table_ops;
	linear->live.ctx = (void *)ram;
	linear->live.root_pa = live_root(geo);
	linear->offset = (u64)phys_to_virt(ram->range[0].start) - ram->range[0].start;
	linear->ram = ram;
}
