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

#include "types.h"

/**
 * struct fk_pt_geometry - one translation regime's shape, as registers state it
 * @granule_shift: 12, 14 or 16 (TCR_ELx.TGn)
 * @va_bits: size of the input range in bits, 64 - TnSZ
 * @pa_bits: bits of output address that descriptors may carry: 32 to 52; more
 *	than 48 only with @lpa2, or with 64K granules (FEAT_LPA)
 * @lpa2: TCR_ELx.DS: 52-bit descriptors with 4K and 16K granules; bits 9:8 are
 *	address bits and shareability comes from TCR_ELx.SHn
 * @pie: permissions are indirect (TCR2_ELx.PIE, FEAT_S1PIE): bit 7 means nDirty
 * @pir: PIR_ELx, four bits for each of sixteen indices; only with @pie
 * @attr_normal: index in MAIR_ELx of Normal Inner/Outer Write-Back memory
 * @top_range: false for the range that starts at 0 (TTBR0), true for the one
 *	that ends at 2^64 (TTBR1)
 * @lva: the CPU has FEAT_LVA (ID_AA64MMFR2_EL1.VARange): with 64K granules
 *	@va_bits may be more than 48; means nothing with the others
 */
struct fk_pt_geometry {
	u8 granule_shift;
	u8 va_bits;
	u8 pa_bits;
	bool lpa2;
	bool pie;
	u64 pir;
	u8 attr_normal;
	bool top_range;
	bool lva;
};

/**
 * enum fk_pt_prot - what a mapping permits at the level that runs it
 * @FK_PT_RO: read
 * @FK_PT_RW: read and write
 * @FK_PT_RX: read and execute
 */
enum fk_pt_prot {
	FK_PT_RO,
	FK_PT_RW,
	FK_PT_RX,
};

/**
 * struct fk_pt_ops - how table memory is reached
 * @alloc: returns a zeroed table of one granule, aligned to its size, and its
 *	physical address in @pa; NULL if there is none
 * @free: gives a table back that @alloc returned
 * @va: where the table at @pa can be read and written; NULL if @pa is no place
 *	that a table may be in. A live first table may be smaller than a granule and
 *	begin inside one (a 52-bit kernel that runs with 48); others are aligned.
 * @is_ram: whether [@pa, @pa + @size) is memory; only used when copying
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
 * @valid: false: a Translation, Address size or Access flag fault at @level; all
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
 * fk_pgtable_check_geometry() - is this a shape that the architecture has?
 * @geo: the shape
 *
 * Its @va_bits may be 25 to 48, or to 52 with @lpa2 or, with 64K granules, @lva; its
 * @pa_bits 32, 36, 40, 42, 44, 48 or 52 (TCR_ELx.IPS).
 *
 * Return: 0, or -EINVAL: no such granule, @va_bits, @pa_bits or @attr_normal; LPA2
 * with 64K; indirect permissions in which no index grants exactly what one of enum
 * fk_pt_prot asks for.
 */
int fk_pgtable_check_geometry(const struct fk_pt_geometry *geo);

/**
 * fk_pgtable_identity_va_bits() - smallest input range that holds an address
 * @geo: the shape, @va_bits ignored
 * @highest_pa: the last byte that must map to itself
 *
 * Rounded up to a whole number of levels, so that the first table is full.
 *
 * Return: a value for @va_bits, or 0 if the CPU cannot map @highest_pa to itself
 * with this granule (above 2^48 without LPA2 or, with 64K granules, LVA).
 */
u8 fk_pgtable_identity_va_bits(const struct fk_pt_geometry *geo, u64 highest_pa);

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
 * All or nothing: after a failure the tables translate as before. Mapping again
 * what is mapped alike is no error and costs nothing.
 *
 * Return: 0, -EINVAL (misaligned, empty, outside the input or output range),
 * -EEXIST (part of the range is mapped otherwise) or -ENOMEM.
 */
int fk_pgtable_map(struct fk_pgtable *pt, u64 va, u64 pa, u64 size, enum fk_pt_prot prot);

/* What fk_pgtable_copy() changes on the way. */
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
 * Every live descriptor is read once. Blocks stay blocks; of one that the range
 * cuts, the part inside is mapped with smaller ones. A table address is followed
 * only where @live->ops->va() permits. What table descriptors impose (APTable,
 * PXNTable, UXNTable) is written into the leaves; software's bits 58:55 and the nT
 * bit are not copied. A contiguous group keeps its hint if it is copied whole and
 * alike, and loses it on every member if not. Holes stay holes. All or nothing, as
 * fk_pgtable_map().
 *
 * Present but invalid is what is not zero and yet faults: Linux clears bit 0 alone
 * (5.10) or marks the entry besides (PTE_PRESENT_INVALID). With
 * FK_PT_COPY_MAKE_VALID it must be a leaf but for bit 0, and RAM; without, it is a
 * hole.
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
