// SPDX-License-Identifier: GPL-2.0
/*
 * Geometry, descriptors and permissions. Contracts in pgtable_desc.h.
 */
#include "pgtable_desc.h"

#define DESC_TYPE		(1ULL << 1)	/* table above level 3, page at level 3 */
#define DESC_ATTRINDX_SHIFT	2
#define DESC_AP_EL0		(1ULL << 6)	/* AP[1] */
#define DESC_RDONLY		(1ULL << 7)	/* AP[2]; nDirty when indirect */
#define DESC_SH			(3ULL << 8)	/* OA[51:50] with LPA2 */
#define DESC_SH_INNER		(3ULL << 8)
#define DESC_DBM		(1ULL << 51)	/* PIIndex[1] */
#define DESC_PXN		(1ULL << 53)	/* PIIndex[2] */
#define DESC_UXN		(1ULL << 54)	/* PIIndex[3] */

/* Attributes 11:2 and 63:50, without the hint and software's bits 58:55. */
#define DESC_ATTRS		(0xf86c000000000ffcULL)
#define DESC_PIINDEX		(DESC_UXN | DESC_PXN | DESC_DBM | DESC_AP_EL0)

/* What a table descriptor imposes on everything below it; not when indirect. */
#define TABLE_PXN		(1ULL << 59)
#define TABLE_UXN		(1ULL << 60)
#define TABLE_NO_EL0		(1ULL << 61)	/* APTable[0] */
#define TABLE_RDONLY		(1ULL << 62)	/* APTable[1] */

static u64 bits_below(unsigned int bit)
{
	return (1ULL << bit) - 1;
}

/* ---- geometry ---- */

int fk_pt_root_level(const struct fk_pt_geometry *geo)
{
	int level = FK_PT_LAST_LEVEL;

	while (fk_pt_level_shift(geo, level - 1) < geo->va_bits)
		level--;
	return level;
}

static bool is_lpa_64k(const struct fk_pt_geometry *geo)
{
	return geo->granule_shift == 16 && geo->pa_bits > 48;
}

bool fk_pt_level_holds_leaf(const struct fk_pt_geometry *geo, int level)
{
	if (level >= 2)
		return level <= FK_PT_LAST_LEVEL;
	if (geo->granule_shift == 12)
		return level == 1 || (level == 0 && geo->lpa2);
	return level == 1 && (geo->lpa2 || is_lpa_64k(geo));
}

u64 fk_pt_group_size(const struct fk_pt_geometry *geo, int level)
{
	unsigned int bits;

	if (level < (geo->granule_shift == 12 ? 1 : 2))
		return 0;
	if (geo->granule_shift == 12)
		bits = 4;
	else if (geo->granule_shift == 14 && level == FK_PT_LAST_LEVEL)
		bits = 7;
	else
		bits = 5;
	return 1ULL << (bits + fk_pt_level_shift(geo, level));
}

/* The largest value of 64 - TnSZ. */
static u8 max_va_bits(const struct fk_pt_geometry *geo)
{
	return geo->lpa2 || (geo->granule_shift == 16 && geo->lva) ? 52 : 48;
}

bool fk_pt_va_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 *ia)
{
	*ia = geo->top_range ? va + (1ULL << geo->va_bits) : va;
	return !(*ia >> geo->va_bits);
}

bool fk_pt_input_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 size, u64 *ia)
{
	return size && !((va | size) & bits_below(geo->granule_shift)) &&
	       fk_pt_va_to_ia(geo, va, ia) && size <= (1ULL << geo->va_bits) - *ia;
}

bool fk_pt_is_output(const struct fk_pt_geometry *geo, u64 pa, u64 size)
{
	return !(pa & bits_below(geo->granule_shift)) && !(pa >> geo->pa_bits) &&
	       size <= (1ULL << geo->pa_bits) - pa;
}

/* ---- descriptors ---- */

static u64 encode_pa(const struct fk_pt_geometry *geo, u64 pa)
{
	if (geo->lpa2)
		return (pa & bits_below(50)) | (pa >> 50) << 8;
	if (is_lpa_64k(geo))
		return (pa & bits_below(48)) | (pa >> 48) << 12;
	return pa;
}

u64 fk_pt_leaf_pa(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	u64 pa = desc & bits_below(geo->lpa2 ? 50 : 48) &
		 ~bits_below(fk_pt_level_shift(geo, level));

	if (geo->lpa2)
		pa |= (desc >> 8 & 3) << 50;
	else if (is_lpa_64k(geo))
		pa |= (desc >> 12 & 0xf) << 48;
	return pa;
}

u64 fk_pt_leaf_pa_field(const struct fk_pt_geometry *geo, int level)
{
	u64 pas = bits_below(geo->pa_bits) & ~bits_below(fk_pt_level_shift(geo, level));

	return encode_pa(geo, pas);
}

u64 fk_pt_leaf_attrs(const struct fk_pt_geometry *geo, u64 desc)
{
	return desc & (geo->lpa2 ? DESC_ATTRS & ~DESC_SH : DESC_ATTRS);
}

u64 fk_pt_leaf_desc(const struct fk_pt_geometry *geo, int level, u64 pa, u64 attrs)
{
	return encode_pa(geo, pa) | attrs | FK_PT_DESC_VALID |
	       (level == FK_PT_LAST_LEVEL ? DESC_TYPE : 0);
}

bool fk_pt_has_leaf_type(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	return fk_pt_level_holds_leaf(geo, level) &&
	       !(desc & DESC_TYPE) == (level != FK_PT_LAST_LEVEL) &&
	       !(fk_pt_leaf_pa(geo, level, desc) >> geo->pa_bits);
}

enum fk_pt_kind fk_pt_classify(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	if (!desc)
		return FK_PT_EMPTY;
	if (!(desc & FK_PT_DESC_VALID))
		return FK_PT_INVALID;
	if (fk_pt_has_leaf_type(geo, level, desc))
		return FK_PT_LEAF;
	if (level < FK_PT_LAST_LEVEL && (desc & DESC_TYPE) &&
	    !(fk_pt_table_pa(geo, desc) >> geo->pa_bits))
		return FK_PT_TABLE;
	return FK_PT_INVALID;
}

/* ---- permissions ---- */

/* PIIndex is bits 54, 53, 51 and 6. */
static unsigned int pi_index(u64 desc)
{
	return (unsigned int)((desc >> 53 & 3) << 2 | (desc >> 51 & 1) << 1 | (desc >> 6 & 1));
}

static u64 pi_bits(u64 index)
{
	return (index >> 2) << 53 | (index >> 1 & 1) << 51 | (index & 1) << 6;
}

/*
 * PIR_ELx's four-bit codes (D8.4.1, stage 1 indirect base permissions) with overlays off
 * at the privileged level. 0b0110 names execution too, but takes it from what can be
 * written (WXN). A guarded control stack (0b1001) counts as no access: nothing is mapped
 * with it. Reserved codes grant nothing.
 */
static unsigned int pir_rights(u64 pir, unsigned int index)
{
	switch (pir >> (4 * index) & 0xf) {
	case 0x1: case 0x8:
		return FK_PT_READ;
	case 0x2:
		return FK_PT_EXEC;
	case 0x3: case 0xa:
		return FK_PT_READ | FK_PT_EXEC;
	case 0x5: case 0x6: case 0xc:
		return FK_PT_READ | FK_PT_WRITE;
	case 0x7: case 0xe:
		return FK_PT_READ | FK_PT_WRITE | FK_PT_EXEC;
	}
	return 0;
}

unsigned int fk_pt_rights(const struct fk_pt_geometry *geo, u64 desc)
{
	unsigned int rights = FK_PT_READ;

	if (geo->pie) {
		rights = pir_rights(geo->pir, pi_index(desc));
		return desc & DESC_RDONLY ? rights & ~FK_PT_WRITE : rights;
	}
	if (!(desc & DESC_RDONLY))
		rights |= FK_PT_WRITE;
	/* The privileged level does not execute what EL0 can write (D8.4.1). */
	if (!(desc & DESC_PXN) && (desc & (DESC_AP_EL0 | DESC_RDONLY)) != DESC_AP_EL0)
		rights |= FK_PT_EXEC;
	return rights;
}

/*
 * With indirect permissions: give @attrs exactly @rights. The index stays if PIR_ELx
 * grants it those rights; if not, the first index that has them replaces it.
 */
static int settle_index(const struct fk_pt_geometry *geo, unsigned int rights, u64 *attrs)
{
	unsigned int index = pi_index(*attrs);
	unsigned int next = 0;

	if (!geo->pie)
		return 0;
	for (; pir_rights(geo->pir, index) != rights; index = next++)
		if (next == 16)
			return -EINVAL;
	*attrs = (*attrs & ~DESC_PIINDEX) | pi_bits(index);
	return 0;
}

int fk_pt_prot_attrs(const struct fk_pt_geometry *geo, enum fk_pt_prot prot, u64 *attrs)
{
	unsigned int rights = FK_PT_READ;

	*attrs = (u64)geo->attr_normal << DESC_ATTRINDX_SHIFT | FK_PT_DESC_AF | DESC_UXN;
	if (!geo->lpa2)
		*attrs |= DESC_SH_INNER;

	switch (prot) {
	case FK_PT_RO:
		*attrs |= DESC_PXN | DESC_RDONLY;
		break;
	case FK_PT_RW:
		*attrs |= DESC_PXN | DESC_DBM;
		rights |= FK_PT_WRITE;
		break;
	case FK_PT_RX:
		*attrs |= DESC_RDONLY;
		rights |= FK_PT_EXEC;
		break;
	default:
		return -EINVAL;
	}
	return settle_index(geo, rights, attrs);
}

int fk_pt_make_writable(const struct fk_pt_geometry *geo, u64 *attrs)
{
	unsigned int rights = fk_pt_rights(geo, *attrs);

	if (rights & FK_PT_WRITE)
		return 0;
	*attrs = (*attrs | DESC_DBM) & ~DESC_RDONLY;
	return settle_index(geo, rights | FK_PT_READ | FK_PT_WRITE, attrs);
}

u64 fk_pt_impose(const struct fk_pt_geometry *geo, u64 leaf, u64 tables)
{
	if (geo->pie)
		return leaf;
	if (tables & TABLE_PXN)
		leaf |= DESC_PXN;
	if (tables & TABLE_UXN)
		leaf |= DESC_UXN;
	if (tables & TABLE_NO_EL0)
		leaf &= ~DESC_AP_EL0;
	if (tables & TABLE_RDONLY)
		leaf |= DESC_RDONLY;
	return leaf;
}

/* ---- shapes ---- */

/* TCR_ELx.IPS has codes for these sizes; 52 needs a format that carries so many bits. */
static bool has_pa_bits(const struct fk_pt_geometry *geo)
{
	switch (geo->pa_bits) {
	case 32: case 36: case 40: case 42: case 44: case 48:
		return true;
	case 52:
		return geo->lpa2 || geo->granule_shift == 16;
	}
	return false;
}

int fk_pgtable_check_geometry(const struct fk_pt_geometry *geo)
{
	unsigned int prot;
	u64 attrs;

	if (geo->granule_shift != 12 && geo->granule_shift != 14 && geo->granule_shift != 16)
		return -EINVAL;
	if (geo->lpa2 && geo->granule_shift == 16)
		return -EINVAL;
	if (geo->va_bits < 25 || geo->va_bits > max_va_bits(geo))
		return -EINVAL;
	if (!has_pa_bits(geo) || geo->attr_normal > 7)
		return -EINVAL;
	for (prot = FK_PT_RO; prot <= FK_PT_RX; prot++)
		if (fk_pt_prot_attrs(geo, prot, &attrs))
			return -EINVAL;
	return 0;
}

u8 fk_pgtable_identity_va_bits(const struct fk_pt_geometry *geo, u64 highest_pa)
{
	unsigned int max = max_va_bits(geo);
	unsigned int bits = geo->granule_shift;

	if (highest_pa >> geo->pa_bits || highest_pa >> max)
		return 0;
	while (bits < 25 || (bits < max && highest_pa >> bits))
		bits += geo->granule_shift - 3;
	return (u8)(bits < max ? bits : max);
}
