// SPDX-License-Identifier: GPL-2.0
/*
 * Stage-1 translation tables: builder, copier, walker.
 *
 * Arm ARM (DDI 0487) sections: D8.2 translation process and first tables, D8.3
 * descriptor formats, D8.4 permissions, direct and indirect, D8.7 the
 * contiguous hint.
 *
 * Inside this file an address is an offset into the input range ("ia"), so that
 * the range which ends at 2^64 has an end that a u64 can hold.
 */
#include "pgtable.h"

#define DESC_VALID		(1ULL << 0)
#define DESC_TYPE		(1ULL << 1)	/* table above level 3, page at level 3 */
#define DESC_ATTRINDX_SHIFT	2
#define DESC_AP_EL0		(1ULL << 6)	/* AP[1]; PIIndex[0] when indirect */
#define DESC_RDONLY		(1ULL << 7)	/* AP[2]; nDirty when indirect */
#define DESC_SH			(3ULL << 8)	/* OA[51:50] with LPA2 */
#define DESC_SH_INNER		(3ULL << 8)
#define DESC_AF			(1ULL << 10)
#define DESC_NG			(1ULL << 11)
#define DESC_DBM		(1ULL << 51)	/* PIIndex[1] */
#define DESC_CONTIGUOUS		(1ULL << 52)
#define DESC_PXN		(1ULL << 53)	/* PIIndex[2] */
#define DESC_UXN		(1ULL << 54)	/* PIIndex[3] */

/* Lower attributes 11:2; upper ones 63:50 but for the hint and software's 58:55. */
#define DESC_ATTRS		(0xf86c000000000ffcULL)
#define DESC_PIINDEX		(DESC_UXN | DESC_PXN | DESC_DBM | DESC_AP_EL0)

/* What a table descriptor imposes on everything below it; not when indirect. */
#define TABLE_PXN		(1ULL << 59)
#define TABLE_UXN		(1ULL << 60)
#define TABLE_NO_EL0		(1ULL << 61)	/* APTable[0] */
#define TABLE_RDONLY		(1ULL << 62)	/* APTable[1] */

/*
 * Marks, in a table that was there before, what the operation under way has put
 * there. Bit 55 is ignored by hardware in every descriptor; commit() clears it.
 */
#define DESC_NEW		(1ULL << 55)

#define LAST_LEVEL		3

#define RIGHT_READ		(1U << 0)
#define RIGHT_WRITE		(1U << 1)
#define RIGHT_EXEC		(1U << 2)

enum entry_kind {
	ENTRY_EMPTY,
	ENTRY_TABLE,
	ENTRY_LEAF,
	ENTRY_INVALID,		/* not zero, but a walker faults on it */
};

/* A table that is being filled; no mark is needed below a marked one. */
struct table {
	u64 *entry;
	int level;
	bool fresh;
};

/* Keeps the compiler from loading a descriptor a second time. */
static u64 read_once(const u64 *entry)
{
	return *(const volatile u64 *)entry;
}

static u64 min_u64(u64 a, u64 b)
{
	return a < b ? a : b;
}

static u64 bits_below(unsigned int bit)
{
	return (1ULL << bit) - 1;
}

/* ---- geometry ---- */

static unsigned int level_shift(const struct fk_pt_geometry *geo, int level)
{
	return geo->granule_shift + (LAST_LEVEL - level) * (geo->granule_shift - 3);
}

static u64 level_size(const struct fk_pt_geometry *geo, int level)
{
	return 1ULL << level_shift(geo, level);
}

static int root_level(const struct fk_pt_geometry *geo)
{
	int level = LAST_LEVEL;

	while (level_shift(geo, level - 1) < geo->va_bits)
		level--;
	return level;
}

static unsigned int entry_index(const struct fk_pt_geometry *geo, int level, u64 ia)
{
	return (unsigned int)(ia >> level_shift(geo, level)) &
	       ((1U << (geo->granule_shift - 3)) - 1);
}

/* Where the entry that translates @ia ends, or @end if that comes first. */
static u64 entry_end(const struct fk_pt_geometry *geo, int level, u64 ia, u64 end)
{
	return min_u64((ia | (level_size(geo, level) - 1)) + 1, end);
}

static bool is_lpa_64k(const struct fk_pt_geometry *geo)
{
	return geo->granule_shift == 16 && geo->pa_bits > 48;
}

static bool level_holds_leaf(const struct fk_pt_geometry *geo, int level)
{
	if (level >= 2)
		return level <= LAST_LEVEL;
	if (geo->granule_shift == 12)
		return level == 1 || (level == 0 && geo->lpa2);
	return level == 1 && (geo->lpa2 || is_lpa_64k(geo));
}

/* Bytes of a contiguous group, or 0 where the level has none. */
static u64 group_size(const struct fk_pt_geometry *geo, int level)
{
	unsigned int bits;

	if (level < (geo->granule_shift == 12 ? 1 : 2))
		return 0;
	if (geo->granule_shift == 12)
		bits = 4;
	else if (geo->granule_shift == 14)
		bits = level == LAST_LEVEL ? 7 : 5;
	else
		bits = 5;
	return 1ULL << (bits + level_shift(geo, level));
}

/* 64 - TnSZ can be this much, the feature that permits it being there. */
static u8 max_va_bits(const struct fk_pt_geometry *geo)
{
	return geo->lpa2 || (geo->granule_shift == 16 && geo->lva) ? 52 : 48;
}

/* Offset of @va into the input range; false if it lies outside. */
static bool va_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 *ia)
{
	*ia = geo->top_range ? va + (1ULL << geo->va_bits) : va;
	return !(*ia >> geo->va_bits);
}

static bool range_to_ia(const struct fk_pt_geometry *geo, u64 va, u64 size, u64 *ia)
{
	return size && !((va | size) & bits_below(geo->granule_shift)) &&
	       va_to_ia(geo, va, ia) && size <= (1ULL << geo->va_bits) - *ia;
}

/* ---- descriptors ---- */

static u64 attr_mask(const struct fk_pt_geometry *geo)
{
	return geo->lpa2 ? DESC_ATTRS & ~DESC_SH : DESC_ATTRS;
}

static u64 encode_pa(const struct fk_pt_geometry *geo, u64 pa)
{
	if (geo->lpa2)
		return (pa & bits_below(50)) | (pa >> 50) << 8;
	if (is_lpa_64k(geo))
		return (pa & bits_below(48)) | (pa >> 48) << 12;
	return pa;
}

/* The address in @desc, which is aligned to 2^@shift. */
static u64 decode_pa(const struct fk_pt_geometry *geo, unsigned int shift, u64 desc)
{
	u64 pa = desc & bits_below(geo->lpa2 ? 50 : 48) & ~bits_below(shift);

	if (geo->lpa2)
		pa |= (desc >> 8 & 3) << 50;
	else if (is_lpa_64k(geo))
		pa |= (desc >> 12 & 0xf) << 48;
	return pa;
}

static u64 leaf_pa(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	return decode_pa(geo, level_shift(geo, level), desc);
}

static u64 table_pa(const struct fk_pt_geometry *geo, u64 desc)
{
	return decode_pa(geo, geo->granule_shift, desc);
}

/* What of a leaf's descriptor is address, and can be without being out of range. */
static u64 leaf_pa_field(const struct fk_pt_geometry *geo, int level)
{
	u64 pas = bits_below(geo->pa_bits) & ~bits_below(level_shift(geo, level));

	return encode_pa(geo, pas);
}

static u64 leaf_desc(const struct fk_pt_geometry *geo, int level, u64 pa, u64 attrs)
{
	return encode_pa(geo, pa) | attrs | DESC_VALID | (level == LAST_LEVEL ? DESC_TYPE : 0);
}

/* Would @desc be a leaf if its valid bit were set? */
static bool has_leaf_type(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	return level_holds_leaf(geo, level) && !(desc & DESC_TYPE) == (level != LAST_LEVEL) &&
	       !(leaf_pa(geo, level, desc) >> geo->pa_bits);
}

static enum entry_kind classify(const struct fk_pt_geometry *geo, int level, u64 desc)
{
	if (!desc)
		return ENTRY_EMPTY;
	if (!(desc & DESC_VALID))
		return ENTRY_INVALID;
	if (has_leaf_type(geo, level, desc))
		return ENTRY_LEAF;
	if (level < LAST_LEVEL && (desc & DESC_TYPE) && !(table_pa(geo, desc) >> geo->pa_bits))
		return ENTRY_TABLE;
	return ENTRY_INVALID;
}

/* ---- permissions ---- */

static unsigned int pi_index(u64 desc)
{
	return (desc & DESC_UXN ? 8 : 0) | (desc & DESC_PXN ? 4 : 0) |
	       (desc & DESC_DBM ? 2 : 0) | (desc & DESC_AP_EL0 ? 1 : 0);
}

static u64 pi_bits(unsigned int index)
{
	return (index & 8 ? DESC_UXN : 0) | (index & 4 ? DESC_PXN : 0) |
	       (index & 2 ? DESC_DBM : 0) | (index & 1 ? DESC_AP_EL0 : 0);
}

/*
 * PIR_ELx's four-bit codes (D8.4.1, stage 1 indirect base permissions), overlays
 * taken to be off at the privileged level. 0b0110 loses execution because it can
 * be written; a guarded control stack (0b1001) is nothing to map anything with;
 * what is reserved grants nothing.
 */
static unsigned int pir_rights(u64 pir, unsigned int index)
{
	switch (pir >> (4 * index) & 0xf) {
	case 0x1: case 0x8:
		return RIGHT_READ;
	case 0x2:
		return RIGHT_EXEC;
	case 0x3: case 0xa:
		return RIGHT_READ | RIGHT_EXEC;
	case 0x5: case 0x6: case 0xc:
		return RIGHT_READ | RIGHT_WRITE;
	case 0x7: case 0xe:
		return RIGHT_READ | RIGHT_WRITE | RIGHT_EXEC;
	}
	return 0;
}

/* What the privileged level may do through @desc, tables above it left aside. */
static unsigned int leaf_rights(const struct fk_pt_geometry *geo, u64 desc)
{
	unsigned int rights = RIGHT_READ;

	if (geo->pie) {
		rights = pir_rights(geo->pir, pi_index(desc));
		return desc & DESC_RDONLY ? rights & ~RIGHT_WRITE : rights;
	}
	if (!(desc & DESC_RDONLY))
		rights |= RIGHT_WRITE;
	/* What EL0 can write, the privileged level does not execute (D8.4.1). */
	if (!(desc & DESC_PXN) && (desc & (DESC_AP_EL0 | DESC_RDONLY)) != DESC_AP_EL0)
		rights |= RIGHT_EXEC;
	return rights;
}

/*
 * Give @attrs exactly @rights. Their own encoding is kept where PIR_ELx agrees
 * with it; otherwise any index that PIR_ELx gives those rights will do.
 */
static int settle_index(const struct fk_pt_geometry *geo, unsigned int rights, u64 *attrs)
{
	unsigned int index;

	if (!geo->pie || pir_rights(geo->pir, pi_index(*attrs)) == rights)
		return 0;
	for (index = 0; index < 16; index++) {
		if (pir_rights(geo->pir, index) == rights) {
			*attrs = (*attrs & ~DESC_PIINDEX) | pi_bits(index);
			return 0;
		}
	}
	return -EINVAL;
}

static int prot_attrs(const struct fk_pt_geometry *geo, enum fk_pt_prot prot, u64 *attrs)
{
	*attrs = (u64)geo->attr_normal << DESC_ATTRINDX_SHIFT | DESC_AF | DESC_UXN;
	if (!geo->lpa2)
		*attrs |= DESC_SH_INNER;

	switch (prot) {
	case FK_PT_RO:
		*attrs |= DESC_PXN | DESC_RDONLY;
		return settle_index(geo, RIGHT_READ, attrs);
	case FK_PT_RW:
		*attrs |= DESC_PXN | DESC_DBM;
		return settle_index(geo, RIGHT_READ | RIGHT_WRITE, attrs);
	case FK_PT_RX:
		*attrs |= DESC_RDONLY;
		return settle_index(geo, RIGHT_READ | RIGHT_EXEC, attrs);
	}
	return -EINVAL;
}

/*
 * Lift read-only from a leaf's attributes; all its other rights stay, but that what
 * EL0 can write is not executed.
 */
static int make_writable(const struct fk_pt_geometry *geo, u64 *attrs)
{
	unsigned int rights = leaf_rights(geo, *attrs);

	if (rights & RIGHT_WRITE)
		return 0;
	*attrs = (*attrs | DESC_DBM) & ~DESC_RDONLY;
	return settle_index(geo, rights | RIGHT_READ | RIGHT_WRITE, attrs);
}

/* What table descriptors impose on a leaf, written into the leaf (D8.4.2). */
static u64 impose(const struct fk_pt_geometry *geo, u64 leaf, u64 tables)
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

/* ---- tables ---- */

static u64 *table_alloc(struct fk_pgtable *pt, u64 *pa)
{
	u64 *entry = pt->ops->alloc(pt->ctx, pa);

	if (entry)
		pt->pages++;
	return entry;
}

static void table_free(struct fk_pgtable *pt, u64 pa, int level)
{
	const u64 *entry = pt->ops->va(pt->ctx, pa);
	unsigned int i;

	for (i = 0; entry && level < LAST_LEVEL && i < 1U << (pt->geo.granule_shift - 3); i++) {
		if (classify(&pt->geo, level, entry[i]) == ENTRY_TABLE)
			table_free(pt, table_pa(&pt->geo, entry[i]), level + 1);
	}
	pt->ops->free(pt->ctx, pa);
	pt->pages--;
}

static int root_table(const struct fk_pgtable *pt, struct table *root)
{
	root->entry = pt->ops->va(pt->ctx, pt->root_pa);
	root->level = root_level(&pt->geo);
	root->fresh = false;
	return root->entry ? 0 : -EFAULT;
}

/*
 * The table below @slot; a new one if the slot is empty. An operation comes to a
 * slot once, so a table that is there was there before it.
 */
static int child_table(struct fk_pgtable *pt, const struct table *parent, u64 *slot,
		       struct table *child)
{
	u64 pa;

	child->level = parent->level + 1;
	if (*slot) {
		if (classify(&pt->geo, parent->level, *slot) != ENTRY_TABLE)
			return -EEXIST;
		child->fresh = false;
		child->entry = pt->ops->va(pt->ctx, table_pa(&pt->geo, *slot));
		return child->entry ? 0 : -EFAULT;
	}
	child->fresh = true;
	child->entry = table_alloc(pt, &pa);
	if (!child->entry)
		return -ENOMEM;
	*slot = encode_pa(&pt->geo, pa) | DESC_VALID | DESC_TYPE;
	if (!parent->fresh)
		*slot |= DESC_NEW;
	return 0;
}

static void put_leaf(const struct fk_pt_geometry *geo, const struct table *table, u64 ia,
		     u64 pa, u64 attrs)
{
	table->entry[entry_index(geo, table->level, ia)] =
		leaf_desc(geo, table->level, pa, attrs) | (table->fresh ? 0 : DESC_NEW);
}

/* Does the leaf @desc already translate @ia to @pa, with these attributes? */
static bool is_alike(const struct fk_pt_geometry *geo, int level, u64 desc, u64 ia, u64 pa,
		     u64 attrs)
{
	return leaf_pa(geo, level, desc) + (ia & (level_size(geo, level) - 1)) == pa &&
	       !((desc ^ attrs) & attr_mask(geo));
}

/* Is the group that begins at @entry hinted throughout, aligned and uniform? */
static bool is_group(const struct fk_pt_geometry *geo, int level, const u64 *entry,
		     unsigned int count)
{
	u64 size = level_size(geo, level);
	u64 pa = leaf_pa(geo, level, entry[0]);
	unsigned int i;

	if (pa & (count * size - 1))
		return false;
	for (i = 0; i < count; i++) {
		if (classify(geo, level, entry[i]) != ENTRY_LEAF ||
		    !(entry[i] & DESC_CONTIGUOUS) ||
		    !is_alike(geo, level, entry[i], 0, pa + i * size, entry[0]))
			return false;
	}
	return true;
}

/*
 * The hint is all or nothing: take it from every group that touches [@ia, @end)
 * and is not whole and uniform. The range lies in one table.
 *
 * A group that was whole before this operation stays whole, so only what the
 * operation wrote can change here, and undoing it needs no memory of the hint.
 */
static void drop_broken_hints(const struct fk_pt_geometry *geo, const struct table *table,
			      u64 ia, u64 end)
{
	u64 group = group_size(geo, table->level);
	u64 step = group ? group : level_size(geo, table->level);
	unsigned int count = (unsigned int)(step >> level_shift(geo, table->level));
	unsigned int i;
	u64 *entry;

	for (ia &= ~(step - 1); ia < end; ia += step) {
		entry = &table->entry[entry_index(geo, table->level, ia)];
		if (group && is_group(geo, table->level, entry, count))
			continue;
		for (i = 0; i < count; i++) {
			if (classify(geo, table->level, entry[i]) == ENTRY_LEAF)
				entry[i] &= ~DESC_CONTIGUOUS;
		}
	}
}

/*
 * The hint, if the group around @ia is filled whole by mapping [@start, @end). One
 * that does not fit the input range, and may fault (D8.7.1), is never whole.
 */
static u64 group_hint(const struct fk_pt_geometry *geo, int level, u64 start, u64 end, u64 ia,
		      u64 pa)
{
	u64 group = group_size(geo, level);
	u64 first = ia & ~(group - 1);

	if (!group || ((ia ^ pa) & (group - 1)) || first < start || first + group > end)
		return 0;
	return DESC_CONTIGUOUS;
}

/* Map [@ia, @end), all of it below @table, to @pa. */
static int map_range(struct fk_pgtable *pt, const struct table *table, u64 ia, u64 end, u64 pa,
		     u64 attrs)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	u64 size = level_size(geo, table->level);
	u64 start = ia;
	bool may_hold = level_holds_leaf(geo, table->level);
	struct table child;
	u64 next;
	u64 *slot;
	int err;

	for (; ia < end; pa += next - ia, ia = next) {
		next = entry_end(geo, table->level, ia, end);
		slot = &table->entry[entry_index(geo, table->level, ia)];

		if (classify(geo, table->level, *slot) == ENTRY_LEAF) {
			if (!is_alike(geo, table->level, *slot, ia, pa, attrs))
				return -EEXIST;
			continue;
		}
		if (!*slot && may_hold && next - ia == size && !(pa & (size - 1))) {
			put_leaf(geo, table, ia, pa,
				 attrs | group_hint(geo, table->level, start, end, ia, pa));
			continue;
		}

		err = child_table(pt, table, slot, &child);
		if (!err)
			err = map_range(pt, &child, ia, next, pa, attrs);
		if (err)
			return err;
	}
	if (!table->fresh)
		drop_broken_hints(geo, table, start, end);
	return 0;
}

/*
 * End an operation on [@ia, @end): keep what it put into tables that were there
 * before, or take it out again and free the tables below.
 */
static void finish(struct fk_pgtable *pt, const struct table *table, u64 ia, u64 end, bool keep)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	struct table child;
	u64 next, desc;
	u64 *slot;

	for (; ia < end; ia = next) {
		next = entry_end(geo, table->level, ia, end);
		slot = &table->entry[entry_index(geo, table->level, ia)];
		desc = *slot;

		if (!(desc & DESC_NEW)) {
			if (classify(geo, table->level, desc) == ENTRY_TABLE &&
			    !child_table(pt, table, slot, &child))
				finish(pt, &child, ia, next, keep);
		} else if (keep) {
			*slot = desc & ~DESC_NEW;
		} else {
			*slot = 0;
			if (classify(geo, table->level, desc) == ENTRY_TABLE)
				table_free(pt, table_pa(geo, desc), table->level + 1);
		}
	}
}

/* ---- copying ---- */

/*
 * What the copy of the live entry @desc, no table, carries, @size bytes of it being
 * wanted at @pa: its attributes in @attrs, zero for a hole. (A leaf whose attributes
 * are zero lacks the access flag, and is none to a walker either.)
 */
static int copy_attrs(const struct fk_pgtable *live, int level, enum entry_kind kind, u64 desc,
		      u64 tables, u64 pa, u64 size, unsigned int flags, u64 *attrs)
{
	const struct fk_pt_geometry *geo = &live->geo;

	*attrs = 0;
	if (kind == ENTRY_INVALID) {
		if (!(flags & FK_PT_COPY_MAKE_VALID))
			return 0;
		if (!has_leaf_type(geo, level, desc) || !live->ops->is_ram ||
		    !live->ops->is_ram(live->ctx, pa, size))
			return -ENXIO;
		/* Linux from 6.11 on: on an invalid entry, this bit says "present". */
		desc &= ~DESC_NG;
	}
	*attrs = impose(geo, desc & attr_mask(geo), tables);
	return flags & FK_PT_COPY_WRITABLE ? make_writable(geo, attrs) : 0;
}

/*
 * Most leaves are like their neighbour but for the address. Copy those, at most
 * @count, that follow @entry, a leaf that was @desc and is in @slot, into empty slots.
 * @field: what of them is address. Returns how many; @desc becomes the descriptor
 * after them if @ahead says that it has been read.
 */
static u64 copy_alike(u64 *slot, const u64 *entry, u64 count, u64 field, u64 *desc, bool *ahead)
{
	u64 copied = *slot & ~field;
	u64 like = *desc;
	u64 i, next;

	for (i = 1; i <= count && !slot[i]; i++) {
		next = read_once(&entry[i]);
		if ((next ^ like) & ~field) {
			*desc = next;
			*ahead = true;
			break;
		}
		slot[i] = copied | (next & field);
	}
	return i - 1;
}

/*
 * Copy what @from translates of [@ia, @end). @to is the table of the same place in
 * the copy, or one above it where the copy has a larger leaf already.
 */
static int copy_range(struct fk_pgtable *pt, const struct table *to,
		      const struct fk_pgtable *live, const struct table *from, u64 tables,
		      u64 ia, u64 end, unsigned int flags)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	u64 size = level_size(geo, from->level);
	bool level_with = to->level == from->level;
	u64 field = leaf_pa_field(geo, from->level);
	struct table to_child, from_child;
	enum entry_kind kind;
	u64 pa, next, attrs;
	u64 desc = 0;
	u64 start = ia;
	u64 hints = 0;
	u64 alike;
	bool ahead = false;
	const u64 *entry = &from->entry[entry_index(geo, from->level, ia)];
	u64 *slot = &to->entry[entry_index(geo, to->level, ia)];
	int err;

	for (; ia < end; ia = next, entry++, slot += level_with) {
		next = min_u64((ia | (size - 1)) + 1, end);
		if (!ahead)
			desc = read_once(entry);
		ahead = false;
		kind = classify(geo, from->level, desc);
		if (kind == ENTRY_EMPTY)
			continue;
		if (kind == ENTRY_TABLE) {
			from_child.level = from->level + 1;
			from_child.entry = live->ops->va(live->ctx, table_pa(geo, desc));
			if (!from_child.entry)
				return -EFAULT;
			to_child = *to;
			if (level_with && classify(geo, to->level, *slot) != ENTRY_LEAF) {
				err = child_table(pt, to, slot, &to_child);
				if (err)
					return err;
			}
			err = copy_range(pt, &to_child, live, &from_child, tables | desc, ia, next,
					 flags);
			if (err)
				return err;
			continue;
		}

		pa = leaf_pa(geo, from->level, desc) + (ia & (size - 1));
		err = copy_attrs(live, from->level, kind, desc, tables, pa, next - ia, flags,
				 &attrs);
		if (err)
			return err;
		if (!attrs)
			continue;
		if (level_with && !*slot && next - ia == size) {
			put_leaf(geo, to, ia, pa, attrs | (desc & DESC_CONTIGUOUS));
			hints |= desc & DESC_CONTIGUOUS;
			if (kind == ENTRY_LEAF) {
				alike = copy_alike(slot, entry, (end - next) / size, field,
						   &desc, &ahead);
				entry += alike;
				slot += alike;
				next += alike * size;
			}
			continue;
		}
		err = map_range(pt, to, ia, next, pa, attrs);
		if (err)
			return err;
	}
	if (hints)
		drop_broken_hints(geo, to, start, end);
	return 0;
}

static bool is_same_format(const struct fk_pt_geometry *a, const struct fk_pt_geometry *b)
{
	return a->granule_shift == b->granule_shift && a->va_bits == b->va_bits &&
	       a->pa_bits == b->pa_bits && a->lpa2 == b->lpa2 && a->pie == b->pie &&
	       (!a->pie || a->pir == b->pir) && a->top_range == b->top_range;
}

/* ---- interface ---- */

int fk_pgtable_check_geometry(const struct fk_pt_geometry *geo)
{
	u64 attrs;

	if (geo->granule_shift != 12 && geo->granule_shift != 14 && geo->granule_shift != 16)
		return -EINVAL;
	if (geo->lpa2 && geo->granule_shift == 16)
		return -EINVAL;
	if (geo->va_bits < 25 || geo->va_bits > max_va_bits(geo))
		return -EINVAL;
	if (geo->attr_normal > 7)
		return -EINVAL;

	switch (geo->pa_bits) {
	case 32: case 36: case 40: case 42: case 44: case 48:
		break;
	case 52:
		if (geo->lpa2 || geo->granule_shift == 16)
			break;
		return -EINVAL;
	default:
		return -EINVAL;
	}

	if (prot_attrs(geo, FK_PT_RO, &attrs) || prot_attrs(geo, FK_PT_RW, &attrs) ||
	    prot_attrs(geo, FK_PT_RX, &attrs))
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

int fk_pgtable_init(struct fk_pgtable *pt, const struct fk_pt_geometry *geo,
		    const struct fk_pt_ops *ops, void *ctx)
{
	int err = fk_pgtable_check_geometry(geo);

	if (err)
		return err;
	pt->geo = *geo;
	pt->ops = ops;
	pt->ctx = ctx;
	pt->root_pa = 0;
	pt->pages = 0;
	if (!table_alloc(pt, &pt->root_pa)) {
		pt->ops = NULL;
		return -ENOMEM;
	}
	return 0;
}

void fk_pgtable_destroy(struct fk_pgtable *pt)
{
	if (pt->ops)
		table_free(pt, pt->root_pa, root_level(&pt->geo));
	pt->geo.granule_shift = 0;
	pt->geo.va_bits = 0;
	pt->geo.pa_bits = 0;
	pt->geo.lpa2 = false;
	pt->geo.pie = false;
	pt->geo.pir = 0;
	pt->geo.attr_normal = 0;
	pt->geo.top_range = false;
	pt->geo.lva = false;
	pt->ops = NULL;
	pt->ctx = NULL;
	pt->root_pa = 0;
	pt->pages = 0;
}

int fk_pgtable_map(struct fk_pgtable *pt, u64 va, u64 pa, u64 size, enum fk_pt_prot prot)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	struct table root;
	u64 attrs, ia;
	int err;

	if (!range_to_ia(geo, va, size, &ia) || (pa & bits_below(geo->granule_shift)) ||
	    pa >> geo->pa_bits || size > (1ULL << geo->pa_bits) - pa)
		return -EINVAL;
	err = prot_attrs(geo, prot, &attrs);
	if (!err)
		err = root_table(pt, &root);
	if (err)
		return err;

	err = map_range(pt, &root, ia, ia + size, pa, attrs);
	finish(pt, &root, ia, ia + size, !err);
	return err;
}

int fk_pgtable_copy(struct fk_pgtable *pt, const struct fk_pgtable *live, u64 va, u64 size,
		    unsigned int flags)
{
	struct table root, from;
	u64 ia;
	int err;

	if (!is_same_format(&pt->geo, &live->geo) || !range_to_ia(&pt->geo, va, size, &ia) ||
	    (flags & ~(FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID)))
		return -EINVAL;
	err = root_table(live, &from);
	if (!err)
		err = root_table(pt, &root);
	if (err)
		return err;

	err = copy_range(pt, &root, live, &from, 0, ia, ia + size, flags);
	finish(pt, &root, ia, ia + size, !err);
	return err;
}

int fk_pgtable_walk(const struct fk_pgtable *pt, u64 va, struct fk_pt_walk *out)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	enum entry_kind kind;
	unsigned int rights;
	struct table table;
	u64 desc, ia;
	u64 tables = 0;
	int err;

	out->valid = false;
	out->level = 0;
	out->pa = 0;
	out->size = 0;
	out->contiguous = false;
	out->writable = false;
	out->executable = false;
	out->desc = 0;

	if (!va_to_ia(geo, va, &ia))
		return -EINVAL;
	err = root_table(pt, &table);
	if (err)
		return err;

	for (;;) {
		desc = read_once(&table.entry[entry_index(geo, table.level, ia)]);
		kind = classify(geo, table.level, desc);
		if (kind != ENTRY_TABLE)
			break;
		tables |= desc;
		table.level++;
		table.entry = pt->ops->va(pt->ctx, table_pa(geo, desc));
		if (!table.entry)
			return -EFAULT;
	}

	out->level = table.level;
	if (kind != ENTRY_LEAF || !(desc & DESC_AF))
		return 0;
	rights = leaf_rights(geo, impose(geo, desc, tables));
	out->valid = true;
	out->size = level_size(geo, table.level);
	out->pa = leaf_pa(geo, table.level, desc) + (ia & (out->size - 1));
	out->contiguous = desc & DESC_CONTIGUOUS;
	out->writable = rights & RIGHT_WRITE;
	out->executable = rights & RIGHT_EXEC;
	out->desc = desc;
	return 0;
}

u64 fk_pgtable_ttbr(const struct fk_pgtable *pt)
{
	return (pt->root_pa & bits_below(48)) | (pt->root_pa >> 48) << 2;
}
