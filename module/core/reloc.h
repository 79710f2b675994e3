/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The relocation page ("reloc"): the contract between C and its assembly, which is
 * one descriptor, one copy list and the layout of the page. Read by both.
 */
#ifndef FK_RELOC_H
#define FK_RELOC_H

/* Layout of the relocation page: code, then the one vector table. */
#define FK_RELOC_VECTORS	0x800
#define FK_RELOC_SIZE		0x1000

/* Offsets in struct fk_descriptor. */
#define FK_DESC_TTBR_EMPTY	0x00
#define FK_DESC_TTBR0		0x08
#define FK_DESC_TTBR1		0x10
#define FK_DESC_TCR_ENTER	0x18
#define FK_DESC_TCR_COPY	0x20
#define FK_DESC_SCTLR_OFF	0x28
#define FK_DESC_PAGE		0x30
#define FK_DESC_SELF		0x38
#define FK_DESC_LIST		0x40
#define FK_DESC_LINE		0x48
#define FK_DESC_ENTRY		0x50
#define FK_DESC_DTB		0x58
#define FK_DESC_CONDUIT		0x60
#define FK_DESC_LEAVE		0x68
#define FK_DESC_VBAR_EL2	0x70
#define FK_DESC_SIZE		0x78

/* fk_descriptor.conduit */
#define FK_CONDUIT_HVC		0
#define FK_CONDUIT_SMC		1

/* fk_descriptor.leave: bits */
#define FK_LEAVE_BRANCH		0	/* the next kernel starts at this level */
#define FK_LEAVE_HVC_BIT	0	/* it starts at EL2, through our own vectors there */
#define FK_LEAVE_RETURN_BIT	1	/* a rehearsal: come back instead of leaving */
#define FK_LEAVE_TCR2_BIT	2	/* the old kernel may have set TCR2_ELx */
#define FK_LEAVE_GCS_BIT	3	/* ... GCSCR_ELx */
#define FK_LEAVE_HCX_BIT	4	/* ... HCRX_EL2 */

#define FK_LEAVE_HVC		(1 << FK_LEAVE_HVC_BIT)
#define FK_LEAVE_RETURN		(1 << FK_LEAVE_RETURN_BIT)
#define FK_LEAVE_TCR2		(1 << FK_LEAVE_TCR2_BIT)
#define FK_LEAVE_GCS		(1 << FK_LEAVE_GCS_BIT)
#define FK_LEAVE_HCX		(1 << FK_LEAVE_HCX_BIT)

/* What fk_reloc_enter() returns in a rehearsal that met a fault, beside the ESR. */
#define FK_RELOC_FAULT		0x8000000000000000

/* Offsets in struct fk_copy. */
#define FK_COPY_DST		0x00
#define FK_COPY_SRC		0x08
#define FK_COPY_LEN		0x10
#define FK_COPY_KIND		0x18
#define FK_COPY_SIZE		0x20

/* fk_copy.kind */
#define FK_COPY_KIND_END	0	/* the list ends here */
#define FK_COPY_KIND_MOVE	1	/* copy @len bytes from @src to @dst */
#define FK_COPY_KIND_ZERO	2	/* write @len zeroes to @dst */
#define FK_COPY_KIND_LINK	3	/* the list goes on at @src */

/*
 * SCTLR_EL1, and SCTLR_EL2 with HCR_EL2.E2H set, with MMU, caches and alignment
 * checks off. LSMAOE, nTLSMD, EIS, TSCXT and EOS are RES1 on CPUs without their
 * features; on CPUs with them, 1 means "as before the feature" (Arm ARM D19.2,
 * SCTLR_EL1).
 */
#define FK_SCTLR_MMU_OFF	0x30500800

/* SCTLR_ELx.EE, kept as it is: the code that runs has this byte order. */
#define FK_SCTLR_EE		0x02000000

#ifndef __ASSEMBLER__
#include "types.h"

/**
 * struct fk_descriptor - all that the relocation page needs to know
 * @ttbr_empty: TTBRn_EL1 value of a table without entries
 * @ttbr0: TTBR0_EL1 value: maps the relocation page, this descriptor and the copy
 *	list to themselves
 * @ttbr1: TTBR1_EL1 value while copying; @ttbr_empty if nothing is mapped there
 * @tcr_enter: TCR_EL1 on the way in: the old kernel's upper range, our lower one
 * @tcr_copy: TCR_EL1 while copying: EPD1 set unless @ttbr1 holds something
 * @sctlr_off: SCTLR_EL1 with the MMU off
 * @page: identity address of the relocation page
 * @self: identity address of this descriptor
 * @list: address of the first struct fk_copy, as these tables map it
 * @line: bytes of the smallest data cache line in the system, a power of two
 * @entry: physical address of the next kernel's first instruction
 * @dtb: physical address of its device tree
 * @conduit: FK_CONDUIT_*, for the reset after a fault
 * @leave: FK_LEAVE_*
 * @vbar_el2: VBAR_EL2 before ours; written back in a rehearsal through EL2
 *
 * Registers are named as at EL1; with HCR_EL2.E2H set the same names reach EL2's.
 * Everything is in registers before the first byte is written.
 */
struct fk_descriptor {
	u64 ttbr_empty;
	u64 ttbr0;
	u64 ttbr1;
	u64 tcr_enter;
	u64 tcr_copy;
	u64 sctlr_off;
	u64 page;
	u64 self;
	u64 list;
	u64 line;
	u64 entry;
	u64 dtb;
	u64 conduit;
	u64 leave;
	u64 vbar_el2;
};

/**
 * struct fk_copy - one entry of the copy list
 * @dst: where to, as the tables map it
 * @src: where from, or where the list goes on
 * @len: bytes; a positive multiple of 64
 * @kind: FK_COPY_KIND_*
 *
 * @dst is aligned to the descriptor's @line, and so is @dst + @len. No destination
 * of a list overlaps a source, the list or the relocation page.
 */
struct fk_copy {
	u64 dst;
	u64 src;
	u64 len;
	u64 kind;
};

#define FK_PIN(type, field, offset) \
	static_assert(offsetof(struct type, field) == (offset), #type "." #field)

FK_PIN(fk_descriptor, ttbr_empty, FK_DESC_TTBR_EMPTY);
FK_PIN(fk_descriptor, ttbr0, FK_DESC_TTBR0);
FK_PIN(fk_descriptor, ttbr1, FK_DESC_TTBR1);
FK_PIN(fk_descriptor, tcr_enter, FK_DESC_TCR_ENTER);
FK_PIN(fk_descriptor, tcr_copy, FK_DESC_TCR_COPY);
FK_PIN(fk_descriptor, sctlr_off, FK_DESC_SCTLR_OFF);
FK_PIN(fk_descriptor, page, FK_DESC_PAGE);
FK_PIN(fk_descriptor, self, FK_DESC_SELF);
FK_PIN(fk_descriptor, list, FK_DESC_LIST);
FK_PIN(fk_descriptor, line, FK_DESC_LINE);
FK_PIN(fk_descriptor, entry, FK_DESC_ENTRY);
FK_PIN(fk_descriptor, dtb, FK_DESC_DTB);
FK_PIN(fk_descriptor, conduit, FK_DESC_CONDUIT);
FK_PIN(fk_descriptor, leave, FK_DESC_LEAVE);
FK_PIN(fk_descriptor, vbar_el2, FK_DESC_VBAR_EL2);
static_assert(sizeof(struct fk_descriptor) == FK_DESC_SIZE, "fk_descriptor");

FK_PIN(fk_copy, dst, FK_COPY_DST);
FK_PIN(fk_copy, src, FK_COPY_SRC);
FK_PIN(fk_copy, len, FK_COPY_LEN);
FK_PIN(fk_copy, kind, FK_COPY_KIND);
static_assert(sizeof(struct fk_copy) == FK_COPY_SIZE, "fk_copy");

/**
 * struct fk_reloc - memory that the relocation code itself needs
 * @page_pa: the relocation page
 * @desc_pa: the page of the descriptor; the copy list begins behind it
 * @desc: the same, writable
 * @page_size: of both, bytes
 * @highest_pa: no address above it is mapped: reloc pages, list pages from the ops,
 *	sources and destinations
 */
struct fk_reloc {
	u64 page_pa;
	u64 desc_pa;
	struct fk_descriptor *desc;
	u64 page_size;
	u64 highest_pa;
};

/**
 * struct fk_reloc_regs - what the descriptor takes from the machine
 * @tcr: TCR_EL1 of the running kernel (or TCR_EL2's, by the same name, with E2H)
 * @sctlr: SCTLR_EL1, likewise
 * @dcache_line: bytes of the smallest data cache line
 * @leave: FK_LEAVE_*
 */
struct fk_reloc_regs {
	u64 tcr;
	u64 sctlr;
	u64 dcache_line;
	u64 leave;
};

struct fk_tables;

/**
 * fk_reloc_fill() - complete the descriptor
 * @reloc: its place; @reloc->desc is written
 * @tables: built for the same @reloc
 * @regs: the machine
 * @conduit: FK_CONDUIT_*
 * @entry: next kernel's first instruction
 * @dtb: its device tree
 */
void fk_reloc_fill(const struct fk_reloc *reloc, const struct fk_tables *tables,
		   const struct fk_reloc_regs *regs, u64 conduit, u64 entry, u64 dtb);

/**
 * fk_reloc_start - the relocation page as assembled: FK_RELOC_SIZE bytes
 *
 * Position-independent; copied to its place, never run from here.
 */
extern const unsigned char fk_reloc_start[];

/**
 * fk_reloc_read_vbar - in the page: reads VBAR_EL2, to be called at EL2
 *
 * The target of the hyp stub's soft restart: returns from the exception that took
 * the CPU to EL2, with VBAR_EL2 in x0.
 */
extern const unsigned char fk_reloc_read_vbar[];

/**
 * fk_reloc_enter() - leave the running kernel's lower range and enter the page
 * @desc: the descriptor, at an address of the upper range (TTBR1)
 *
 * Runs from the upper range with every exception masked, on the only CPU left.
 * Goes through an empty table and a TLB invalidation to the tables of @desc
 * (Arm ARM D8.14, break-before-make), and to the relocation page. With FK_LEAVE_HVC,
 * VBAR_EL2 points into that page already.
 *
 * Return: only in a rehearsal (FK_LEAVE_RETURN), with every register and table as
 * it was: 0, or FK_RELOC_FAULT and the ESR of the exception that was met.
 */
u64 fk_reloc_enter(const struct fk_descriptor *desc);

#endif /* __ASSEMBLER__ */
#endif /* FK_RELOC_H */
