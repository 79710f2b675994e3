/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From the moves of an image to translation tables and a copy list. Pure C.
 */
#ifndef FK_TABLES_H
#define FK_TABLES_H

#include "pgtable.h"
#include "range.h"
#include "reloc.h"

/**
 * struct fk_move - one stretch that the jump has to write
 * @dst_pa: where to
 * @src_pa: where from; FK_MOVE_ZERO: nowhere, it becomes zero
 * @size: bytes, a multiple of the page size
 */
struct fk_move {
	u64 dst_pa;
	u64 src_pa;
	u64 size;
};

#define FK_MOVE_ZERO	(~0ULL)

/* Where the copy list begins in the descriptor's page. */
#define FK_LIST_OFFSET	((FK_DESC_SIZE + FK_COPY_SIZE - 1) / FK_COPY_SIZE * FK_COPY_SIZE)

/**
 * struct fk_control - memory that the relocation code itself needs
 * @page_pa: the relocation page
 * @desc_pa: the page of the descriptor; the copy list begins behind it
 * @desc: the same, writable
 * @page_size: of both, bytes
 * @highest_pa: last byte that anything mapped may have: control pages, list pages
 *	from the ops, sources and destinations
 */
struct fk_control {
	u64 page_pa;
	u64 desc_pa;
	struct fk_descriptor *desc;
	u64 page_size;
	u64 highest_pa;
};

/**
 * enum fk_design - how what is copied is mapped; numbered as in the ABI
 * @FK_DESIGN_IDENTITY: each source and destination at its own address, in the
 *	lower range: the copy list holds physical addresses
 * @FK_DESIGN_RANGE: the sources of one segment side by side, and its destination,
 *	in two halves of the upper range: one entry of the list a segment
 * @FK_DESIGN_LINEAR: the upper range is a copy of the running kernel's linear map
 */
enum fk_design {
	FK_DESIGN_IDENTITY	= 1,
	FK_DESIGN_RANGE		= 2,
	FK_DESIGN_LINEAR	= 3,
};

/**
 * struct fk_linear - the running kernel's linear map, for FK_DESIGN_LINEAR
 * @live: its tables, with ops that know what is RAM
 * @offset: virtual minus physical address, modulo 2^64
 * @ram: what of it is copied; physical, page-aligned
 */
struct fk_linear {
	struct fk_pgtable live;
	u64 offset;
	const struct fk_ranges *ram;
};

/**
 * struct fk_tables_request - what to map
 * @design: how
 * @geo: the running regime; for the lower range @va_bits and @top_range are chosen
 * @ops: memory for tables and list pages, outside every destination
 * @ctx: handed to @ops
 * @control: relocation page and descriptor
 * @move: stretches, in the order in which they are to be copied; stretches that
 *	continue each other are joined
 * @nr_moves: how many; 0 if the image lies in place
 * @linear: only for FK_DESIGN_LINEAR
 */
struct fk_tables_request {
	enum fk_design design;
	const struct fk_pt_geometry *geo;
	const struct fk_pt_ops *ops;
	void *ctx;
	const struct fk_control *control;
	const struct fk_move *move;
	u64 nr_moves;
	const struct fk_linear *linear;
};

/**
 * struct fk_tables - all that is mapped during the jump
 * @lower: TTBR0: control pages and list, and with FK_DESIGN_IDENTITY all else
 * @upper: TTBR1; all zero if nothing is mapped there
 * @empty: a table without entries, to pass through
 * @list_pages: pages of the copy list beyond the descriptor's
 * @entries: entries of the copy list that move something
 * @move_bytes: bytes that they move
 */
struct fk_tables {
	struct fk_pgtable lower;
	struct fk_pgtable upper;
	struct fk_pgtable empty;
	u64 list_pages;
	u64 entries;
	u64 move_bytes;
};

/**
 * fk_tables_build() - map what the jump touches and write the copy list
 * @tables: filled in; on failure all zero, with every table given back
 * @request: what to map
 *
 * Writes the list, not the descriptor (see fk_tramp_fill()).
 *
 * Return: 0, -ENOMEM, -ERANGE if the CPU cannot map an address to itself, or an
 * error of fk_pgtable_map() or fk_pgtable_copy().
 */
int fk_tables_build(struct fk_tables *tables, const struct fk_tables_request *request);

/**
 * fk_tables_pages() - pages of translation tables
 * @tables: built
 *
 * Return: the empty table and first tables included, list pages not.
 */
u64 fk_tables_pages(const struct fk_tables *tables);

/**
 * fk_tables_check() - walk all that the jump will use, in software
 * @tables: built
 * @request: what they were built from
 *
 * The relocation page executes at its own address; descriptor and list are read;
 * every entry of the list, leaf by leaf, is what @request asked for.
 *
 * Return: 0, -EIO if one address translates otherwise.
 */
int fk_tables_check(const struct fk_tables *tables, const struct fk_tables_request *request);

/**
 * fk_tables_destroy() - give every table back; list pages stay with @ops' owner
 * @tables: may be all zero
 */
void fk_tables_destroy(struct fk_tables *tables);

/**
 * struct fk_machine_regs - what the descriptor takes from the machine
 * @tcr: TCR_EL1 of the running kernel (or TCR_EL2's, by the same name, with E2H)
 * @sctlr: SCTLR_EL1, likewise
 * @line: bytes of the smallest data cache line
 * @conduit: FK_CONDUIT_*
 * @leave: FK_LEAVE_*
 */
struct fk_machine_regs {
	u64 tcr;
	u64 sctlr;
	u64 line;
	u64 conduit;
	u64 leave;
};

/**
 * fk_tramp_fill() - complete the descriptor
 * @control: its place; @control->desc is written
 * @tables: built for the same @control
 * @regs: the machine
 * @entry: next kernel's first instruction
 * @dtb: its device tree
 */
void fk_tramp_fill(const struct fk_control *control, const struct fk_tables *tables,
		   const struct fk_machine_regs *regs, u64 entry, u64 dtb);

#endif /* FK_TABLES_H */
