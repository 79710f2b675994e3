// SPDX-License-Identifier: GPL-2.0
/*
 * The descriptor, from tables and registers. Contract in reloc.h.
 */
#include "reloc.h"
#include "tables.h"

/* TCR_EL1, and TCR_EL2 with E2H (Arm ARM D19.2). */
#define TCR_T0SZ_MASK		0x3fULL
#define TCR_EPD0		(1ULL << 7)
#define TCR_IRGN0_SHIFT		8
#define TCR_ORGN0_SHIFT		10
#define TCR_SH0_SHIFT		12
#define TCR_TG0_SHIFT		14
#define TCR_EPD1		(1ULL << 23)

#define TCR_WRITE_BACK		1ULL		/* Write-Back, Read- and Write-Allocate */
#define TCR_INNER_SHAREABLE	3ULL
#define TCR_ATTR0_MASK		((3ULL << TCR_IRGN0_SHIFT) | (3ULL << TCR_ORGN0_SHIFT) | \
				 (3ULL << TCR_SH0_SHIFT) | (3ULL << TCR_TG0_SHIFT))

static u64 tg0(u8 granule_shift)
{
	switch (granule_shift) {
	case 16:
		return 1;
	case 14:
		return 2;
	default:
		return 0;
	}
}

/* The running kernel's TCR with our lower range; its upper range stays. */
static u64 tcr_with_lower(u64 tcr, const struct fk_pt_geometry *lower)
{
	tcr &= ~(TCR_T0SZ_MASK | TCR_EPD0 | TCR_ATTR0_MASK);
	return tcr | (64ULL - lower->va_bits) |
	       (TCR_WRITE_BACK << TCR_IRGN0_SHIFT) | (TCR_WRITE_BACK << TCR_ORGN0_SHIFT) |
	       (TCR_INNER_SHAREABLE << TCR_SH0_SHIFT) |
	       (tg0(lower->granule_shift) << TCR_TG0_SHIFT);
}

void fk_reloc_fill(const struct fk_reloc *reloc, const struct fk_tables *tables,
		   const struct fk_reloc_regs *regs, u64 conduit, u64 entry, u64 dtb)
{
	struct fk_descriptor *desc = reloc->desc;
	bool upper = tables->upper.pages;

	desc->ttbr_empty = fk_pgtable_ttbr(&tables->empty);
	desc->ttbr0 = fk_pgtable_ttbr(&tables->lower);
	desc->ttbr1 = upper ? fk_pgtable_ttbr(&tables->upper) : desc->ttbr_empty;
	desc->tcr_enter = tcr_with_lower(regs->tcr, &tables->lower.geo);
	desc->tcr_copy = upper ? desc->tcr_enter : desc->tcr_enter | TCR_EPD1;
	desc->sctlr_off = FK_SCTLR_MMU_OFF | (regs->sctlr & FK_SCTLR_EE);
	desc->page = reloc->page_pa;
	desc->self = reloc->desc_pa;
	desc->list = reloc->desc_pa + FK_LIST_OFFSET;
	desc->line = regs->dcache_line;
	desc->entry = entry;
	desc->dtb = dtb;
	desc->conduit = conduit;
	desc->leave = regs->leave;
}
