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
 * enum fk_design - how sources and destinations are mapped; numbered as in the ABI
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
 * @ram: the part of it that is copied; physical, page-aligned
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
 * @reloc: relocation page and descriptor
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
	const struct fk_reloc *reloc;
	const struct fk_move *move;
	u64 nr_moves;
	const struct fk_linear *linear;
};

/**
 * struct fk_tables - all that is mapped during the jump
 * @lower: TTBR0: reloc pages and list, and with FK_DESIGN_IDENTITY all else
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
 * Writes the list, not the descriptor (see fk_reloc_fill()).
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
 * The relocation page can be executed at its own address, the descriptor and the list
 * can be read, and the entries of the list make the moves of @request, in order.
 *
 * Return: 0, or -EIO if this is not so for one address.
 */
int fk_tables_check(const struct fk_tables *tables, const struct fk_tables_request *request);

/**
 * fk_tables_destroy() - give every table back; list pages stay with @ops' owner
 * @tables: may be all zero
 */
void fk_tables_destroy(struct fk_tables *tables);

#endif /* FK_TABLES_H */
