/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stage-1 translation tables as data: a builder, a copier and a walker for
 * every granule, input size and output size of VMSAv8-64. Pure C.
 *
 * Tables made here are not reachable by any hardware walker while they are
 * built; installing them is the caller's business (break-before-make through an
 * empty table).
 */
#ifndef FK_PGTABLE_H
#define FK_PGTABLE_H

#include "pgtable_desc.h"
#include "types.h"

/**
 * struct fk_pt_ops - how table memory is reached
 * @alloc: returns a zeroed table of one granule, aligned to its size, and its
 *	physical address in @pa; NULL if there is none
 * @free: gives a table back that @alloc returned
 * @va: returns where the table at @pa can be read and written; NULL if no table may
 *	lie there. A live first table may be smaller than a granule and begin inside
 *	one (a 52-bit kernel that runs with 48); all others are aligned.
 * @is_ram: returns whether all of [@pa, @pa + @size) is memory; used for copying only
 */
struct fk_pt_ops {
	void *(*alloc)(void *ctx, u64 *pa);
	void (*free)(void *ctx, u64 pa);
	void *(*va)(void *ctx, u64 pa);
	bool (*is_ram)(void *ctx, u64 pa, u64 size);
};

/**
 * struct fk_pgtable - one set of tables
 * @geo: their shape
 * @ops: where their memory comes from
 * @ctx: handed to @ops
 * @root_pa: the first table; what TTBRn.BADDR takes
 * @pages: tables allocated, the first one included
 */
struct fk_pgtable {
	struct fk_pt_geometry geo;
	const struct fk_pt_ops *ops;
	void *ctx;
	u64 root_pa;
	u64 pages;
};

/**
 * struct fk_pt_walk - what a hardware walker would find for one address
 * @valid: false: a Translation, Address size or Access flag fault at @level; then all
 *	else is 0
 * @level: of the leaf, -1 to 3
 * @pa: the output address, offset within the leaf included
 * @size: bytes that the leaf maps (without the contiguous hint)
 * @contiguous: the leaf carries the contiguous hint
 * @writable: a privileged write is permitted, without hardware's help (DBM)
 * @executable: privileged execution is permitted, SCTLR_ELx.WXN being clear
 * @desc: the leaf's raw descriptor
 */
struct fk_pt_walk {
	bool valid;
	int level;
	u64 pa;
	u64 size;
	bool contiguous;
	bool writable;
	bool executable;
	u64 desc;
};

/**
 * fk_pgtable_init() - begin a set of tables, with an empty first one
 * @pt: filled in
 * @geo: the shape, copied
 * @ops: memory access; must outlive @pt
 * @ctx: handed to @ops
 *
 * Return: 0, -EINVAL (see fk_pgtable_check_geometry()) or -ENOMEM.
 */
int fk_pgtable_init(struct fk_pgtable *pt, const struct fk_pt_geometry *geo,
		    const struct fk_pt_ops *ops, void *ctx);

/**
 * fk_pgtable_destroy() - free every table
 * @pt: the tables; may be all zero. Is all zero afterwards.
 */
void fk_pgtable_destroy(struct fk_pgtable *pt);

/**
 * fk_pgtable_map() - map a range, with the largest blocks and groups that fit
 * @pt: tables that no walker can reach
 * @va: start; granule-aligned
 * @pa: what it maps to; granule-aligned
 * @size: bytes; a multiple of the granule
 * @prot: rights
 *
 * Normal Write-Back memory, Inner Shareable, accessed, global, privileged only.
 * All or nothing: after a failure the tables translate as before. A part that is
 * already mapped in the same way is no error and costs nothing.
 *
 * Return: 0, -EINVAL (misaligned, empty, outside the input or output range),
 * -EEXIST (part of the range is mapped otherwise) or -ENOMEM.
 */
int fk_pgtable_map(struct fk_pgtable *pt, u64 va, u64 pa, u64 size, enum fk_pt_prot prot);

/* What fk_pgtable_copy() changes in the copy. */
#define FK_PT_COPY_WRITABLE	(1U << 0)	/* lift read-only, wherever the leaf stands */
#define FK_PT_COPY_MAKE_VALID	(1U << 1)	/* present but invalid becomes valid, if RAM */

/**
 * fk_pgtable_copy() - copy a virtual range of live tables
 * @pt: tables that no walker can reach; same geometry as @live but for @attr_normal
 *	and @lva
 * @live: tables that others may be changing; only @geo, @ops->va, @ops->is_ram,
 *	@ctx and @root_pa are used, nothing is written
 * @va: start; granule-aligned
 * @size: bytes; a multiple of the granule
 * @flags: FK_PT_COPY_*
 *
 * Every live descriptor is read once. A block stays a block; if the range cuts it,
 * smaller leaves map the part inside. A table address is followed only where
 * @live->ops->va() permits. The restrictions of table descriptors (APTable, PXNTable,
 * UXNTable) are written into the leaves. Software's bits 58:55 and the nT bit are not
 * copied. A contiguous group keeps its hints if all of it is copied and stays uniform;
 * otherwise every leaf of it loses the hint. Holes stay holes. All or nothing, as
 * fk_pgtable_map().
 *
 * An entry is present but invalid if it is not zero and a walker faults on it: Linux
 * clears bit 0 (5.10), and later kernels also mark the entry (PTE_PRESENT_INVALID).
 * With FK_PT_COPY_MAKE_VALID such an entry must be a leaf that lacks only bit 0, and
 * map RAM. Without the flag it is a hole.
 *
 * Return: 0, -EINVAL (also: no index grants the rights that lifting asks for),
 * -ENXIO (an entry that is present but invalid is not RAM), -EFAULT (a table lies
 * where no table may be), -EEXIST or -ENOMEM.
 */
int fk_pgtable_copy(struct fk_pgtable *pt, const struct fk_pgtable *live, u64 va, u64 size,
		    unsigned int flags);

/**
 * fk_pgtable_walk() - translate one address as the hardware would
 * @pt: tables, own or live
 * @va: any address of the range
 * @out: filled in
 *
 * Return: 0 (also where nothing is mapped), -EINVAL (@va outside the range) or
 * -EFAULT (a table lies where @ops->va() permits none).
 */
int fk_pgtable_walk(const struct fk_pgtable *pt, u64 va, struct fk_pt_walk *out);

/**
 * fk_pgtable_ttbr() - TTBRn_ELx.BADDR for these tables, ASID 0, CnP 0
 * @pt: the tables
 *
 * Return: @root_pa in the register's encoding; with 52-bit output addresses bits
 * 51:48 of the address stand in bits 5:2.
 */
u64 fk_pgtable_ttbr(const struct fk_pgtable *pt);

#endif /* FK_PGTABLE_H */
