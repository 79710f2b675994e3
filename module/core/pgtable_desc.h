/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Geometry, descriptors and permissions of stage-1 translation tables. Pure C.
 *
 * Arm ARM (DDI 0487): D8.2 translation process and first tables, D8.3 descriptor
 * formats, D8.4 permissions, direct and indirect, D8.7 the contiguous hint.
 *
 * An "ia" is an offset into the input range. The range that ends at 2^64 so has an end
 * that a u64 can hold.
 */
#ifndef FK_PGTABLE_DESC_H
#define FK_PGTABLE_DESC_H

#include "types.h"

#define FK_PT_LAST_LEVEL	3

#define FK_PT_DESC_VALID	(1ULL << 0)
#define FK_PT_DESC_AF		(1ULL << 10)
#define FK_PT_DESC_NG		(1ULL << 11)
#define FK_PT_DESC_CONTIGUOUS	(1ULL << 52)

/* What the privileged level may do. */
#define FK_PT_READ		(1U << 0)
#define FK_PT_WRITE		(1U << 1)
#define FK_PT_EXEC		(1U << 2)

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
 * enum fk_pt_kind - what a descriptor is
 * @FK_PT_EMPTY: zero
 * @FK_PT_TABLE: it points to a table of the next level
 * @FK_PT_LEAF: it maps a block or a page
 * @FK_PT_INVALID: it is not zero, and a walker faults on it
 */
enum fk_pt_kind {
	FK_PT_EMPTY,
	FK_PT_TABLE,
	FK_PT_LEAF,
	FK_PT_INVALID,
};

/* ---- geometry ---- */

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
 * fk_pt_level_shift() - log2 of what one entry translates
 * @geo: the shape
 * @level: of the entry, -1 to 3
 *
 * Return: the lowest bit of an address that indexes a table of @level.
 */
static inline unsigned int fk_pt_level_shift(const struct fk_pt_geometry *geo, int level)
{
	return geo->granule_shift + (FK_PT_LAST_LEVEL - level) * (geo->granule_shift - 3);
}

/**
 * fk_pt_level_size() - what one entry translates
 * @geo: the shape
 * @level: of the entry, -1 to 3
 *
 * Return: bytes.
 */
static inline u64 fk_pt_level_size(const struct fk_pt_geometry *geo, int level)
{
	return 1ULL << fk_pt_level_shift(geo, level);
}

/**
 * fk_pt_entries() - entries of a full table
 * @geo: the shape
 *
 * Return: 512, 2048 or 8192.
 */
static inline unsigned int fk_pt_entries(const struct fk_pt_geometry *geo)
{
	return 1U << (geo->granule_shift - 3);
}

/**
 * fk_pt_index() - which entry of its table translates @ia
 * @geo: the shape
 * @level: of the table
 * @ia: offset into the input range
 *
 * Return: an index.
 */
static inline unsigned int fk_pt_index(const struct fk_pt_geometry *geo, int level, u64 ia)
{
	return (unsigned int)(ia >> fk_pt_level_shift(geo, level)) & (fk_pt_entries(geo) - 1);
}

/**
 * fk_pt_entry_end() - where the entry that translates @ia ends
 * @geo: the shape
 * @level: of the entry
 * @ia: offset into the input range
 * @end: a limit
 *
 * Return: the first offset that the entry does not translate, or @end if that is less.
 */
static inline u64 fk_pt_entry_end(const struct fk_pt_geometry *geo, int level, u64 ia, u64 end)
{
	u64 next = (ia | (fk_pt_level_size(geo, level) - 1)) + 1;

	return next < end ? next : end;
}

/**
 * fk_pt_root_level() - level of the first table
 * @geo: the shape
 *
 * Return: -1 to 3.
 */
int fk_pt_root_level(const struct fk_pt_geometry *geo);

/**
 * fk_pt_level_holds_leaf() - can an entry be a block or a page?
 * @geo: the shape
 * @level: of the entry
 *
 * Return: true if it can.
 */
bool fk_pt_level_holds_leaf(const struct fk_pt_geometry *geo, int level);

/**
 * fk_pt_group_size() - what a contiguous group translates
 * @geo: the shape
 * @level: of its entries
 *
 * Return: bytes; 0 if the level has no groups.
 */
u64 fk_pt_group_size(const struct fk_pt_geometry *geo, int level);

/**
 * fk_pt_va_to_ia() - from an address to an offset into the input range
 * @geo: the shape
 * @va: any address
 * @ia: set to the offset
 *
 * Return: true if @va lies in the range.
 */
bool fk_pt_va_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 *ia);

/**
 * fk_pt_input_to_ia() - the same for a range that is to be mapped
 * @geo: the shape
 * @va: its start
 * @size: bytes
 * @ia: set to the offset of @va
 *
 * Return: true if the range lies in the input range, is granule-aligned and not empty.
 */
bool fk_pt_input_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 size, u64 *ia);

/**
 * fk_pt_is_output() - can a range be mapped to?
 * @geo: the shape
 * @pa: its start
 * @size: bytes
 *
 * Return: true if @pa is granule-aligned and all of the range has output addresses.
 */
bool fk_pt_is_output(const struct fk_pt_geometry *geo, u64 pa, u64 size);

/* ---- descriptors ---- */

/**
 * fk_pt_classify() - what a walker makes of a descriptor
 * @geo: the shape
 * @level: where it stands
 * @desc: the descriptor
 *
 * The access flag is not looked at.
 *
 * Return: its kind.
 */
enum fk_pt_kind fk_pt_classify(const struct fk_pt_geometry *geo, int level, u64 desc);

/**
 * fk_pt_has_leaf_type() - would a descriptor be a leaf if its valid bit were set?
 * @geo: the shape
 * @level: where it stands
 * @desc: the descriptor
 *
 * Return: true if it would.
 */
bool fk_pt_has_leaf_type(const struct fk_pt_geometry *geo, int level, u64 desc);

/**
 * fk_pt_leaf_pa() - the address that a leaf maps to
 * @geo: the shape
 * @level: where it stands
 * @desc: the leaf
 *
 * Return: the output address of its first byte.
 */
u64 fk_pt_leaf_pa(const struct fk_pt_geometry *geo, int level, u64 desc);

/**
 * fk_pt_leaf_pa_field() - the address bits of a leaf
 * @geo: the shape
 * @level: where it stands
 *
 * Return: the bits of a descriptor that can differ between two leaves which map two
 * addresses below 2^@geo->pa_bits alike.
 */
u64 fk_pt_leaf_pa_field(const struct fk_pt_geometry *geo, int level);

/**
 * fk_pt_leaf_attrs() - the attributes of a leaf
 * @geo: the shape
 * @desc: the leaf
 *
 * Return: all of it but the address, the type, the contiguous hint and software's bits.
 */
u64 fk_pt_leaf_attrs(const struct fk_pt_geometry *geo, u64 desc);

/**
 * fk_pt_leaf_desc() - make a leaf
 * @geo: the shape
 * @level: where it will stand
 * @pa: what it maps to, aligned to the level
 * @attrs: as fk_pt_leaf_attrs() returns them, and the contiguous hint
 *
 * Return: the descriptor.
 */
u64 fk_pt_leaf_desc(const struct fk_pt_geometry *geo, int level, u64 pa, u64 attrs);

/**
 * fk_pt_table_pa() - the address of the table that a descriptor points to
 * @geo: the shape
 * @desc: of kind FK_PT_TABLE
 *
 * A table descriptor has the format of a page.
 *
 * Return: the table's address, granule-aligned.
 */
static inline u64 fk_pt_table_pa(const struct fk_pt_geometry *geo, u64 desc)
{
	return fk_pt_leaf_pa(geo, FK_PT_LAST_LEVEL, desc);
}

/**
 * fk_pt_table_desc() - make a descriptor that points to a table
 * @geo: the shape
 * @pa: of the table, granule-aligned
 *
 * Return: the descriptor; it imposes nothing.
 */
static inline u64 fk_pt_table_desc(const struct fk_pt_geometry *geo, u64 pa)
{
	return fk_pt_leaf_desc(geo, FK_PT_LAST_LEVEL, pa, 0);
}

/* ---- permissions ---- */

/**
 * fk_pt_rights() - what the privileged level may do through a leaf
 * @geo: the shape
 * @desc: the leaf, or its attributes
 *
 * What the tables above it impose is not looked at; see fk_pt_impose().
 *
 * Return: FK_PT_READ, FK_PT_WRITE, FK_PT_EXEC.
 */
unsigned int fk_pt_rights(const struct fk_pt_geometry *geo, u64 desc);

/**
 * fk_pt_prot_attrs() - attributes of a new mapping
 * @geo: the shape
 * @prot: the rights that it shall have, exactly
 * @attrs: set to Normal Write-Back, Inner Shareable, accessed, global, not for EL0
 *
 * Return: 0, or -EINVAL (@prot is not defined, or no index of @geo->pir grants it).
 */
int fk_pt_prot_attrs(const struct fk_pt_geometry *geo, enum fk_pt_prot prot, u64 *attrs);

/**
 * fk_pt_make_writable() - lift read-only from a leaf
 * @geo: the shape
 * @attrs: of the leaf; all its other rights stay, except that the privileged level
 *	loses execution of what EL0 can then write
 *
 * Return: 0, or -EINVAL (no index of @geo->pir grants the rights).
 */
int fk_pt_make_writable(const struct fk_pt_geometry *geo, u64 *attrs);

/**
 * fk_pt_impose() - write into a leaf what the tables above it impose (D8.4.2)
 * @geo: the shape; with indirect permissions tables impose nothing
 * @leaf: the leaf
 * @tables: the descriptors of the tables on the way to it, or-ed together
 *
 * Return: the leaf that grants the same without them.
 */
u64 fk_pt_impose(const struct fk_pt_geometry *geo, u64 leaf, u64 tables);

#endif /* FK_PGTABLE_DESC_H */
