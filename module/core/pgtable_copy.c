// SPDX-License-Identifier: GPL-2.0
/*
 * Copying live translation tables. Contracts in pgtable.h.
 */
#include "pgtable_fill.h"

/* One call of fk_pgtable_copy(). */
struct copy {
	struct fk_pgtable *pt;
	const struct fk_pgtable *live;
	unsigned int flags;
};

/* One table that is being copied, and the or of the table descriptors that lead to it. */
struct source {
	const u64 *entry;
	int level;
	u64 tables;
};

/* Is @desc, which a walker faults on, a leaf without its valid bit, and all of it RAM? */
static bool is_present(const struct copy *copy, const struct source *from, u64 desc, u64 pa,
		       u64 size)
{
	const struct fk_pgtable *live = copy->live;

	return fk_pt_has_leaf_type(&live->geo, from->level, desc) && live->ops->is_ram &&
	       live->ops->is_ram(live->ctx, pa, size);
}

/*
 * Attributes for the copy of the live leaf @desc. 0: there is nothing to copy. (No real
 * leaf has 0: it would lack the access flag, and a walker would fault on it.)
 */
static int copy_attrs(const struct copy *copy, const struct source *from, u64 desc, u64 *attrs)
{
	const struct fk_pt_geometry *geo = &copy->live->geo;

	*attrs = fk_pt_impose(geo, fk_pt_leaf_attrs(geo, desc), from->tables);
	return copy->flags & FK_PT_COPY_WRITABLE ? fk_pt_make_writable(geo, attrs) : 0;
}

/*
 * Fast path. *@slot is the copy of the leaf *@entry, which was read as *@desc. Copy the
 * leaves behind it, @count at most, while they differ only in the address bits @field
 * and their slots are empty.
 * Returns how many were copied. If the next one was read but not copied, it is left in
 * @desc, and @ahead is set.
 */
static u64 copy_alike(u64 *slot, const u64 *entry, u64 count, u64 field, u64 *desc, bool *ahead)
{
	u64 copied = *slot & ~field;
	u64 like = *desc;
	u64 i, next;

	for (i = 1; i <= count && !slot[i]; i++) {
		next = fk_pt_read_once(&entry[i]);
		if ((next ^ like) & ~field) {
			*desc = next;
			*ahead = true;
			break;
		}
		slot[i] = copied | (next & field);
	}
	return i - 1;
}

static int copy_range(const struct copy *copy, const struct fk_pt_table *to,
		      const struct source *from, u64 ia, u64 end);

/* Copy what the table below @desc, an entry of @from, translates of [@ia, @end). */
static int copy_table(const struct copy *copy, const struct fk_pt_table *to,
		      const struct source *from, u64 desc, u64 ia, u64 end)
{
	const struct fk_pt_geometry *geo = &copy->pt->geo;
	const struct fk_pgtable *live = copy->live;
	const struct source below = {
		.entry = live->ops->va(live->ctx, fk_pt_table_pa(geo, desc)),
		.level = from->level + 1,
		.tables = from->tables | desc,
	};
	u64 *slot = &to->entry[fk_pt_index(geo, to->level, ia)];
	struct fk_pt_table child = *to;
	int err;

	if (!below.entry)
		return -EFAULT;
	if (to->level == from->level && fk_pt_classify(geo, to->level, *slot) != FK_PT_LEAF) {
		err = fk_pt_child(copy->pt, to, slot, &child);
		if (err)
			return err;
	}
	return copy_range(copy, &child, &below, ia, end);
}

/*
 * Copy what @from translates of [@ia, @end). @to is the table at the same place in the
 * copy or, where the copy already has a larger leaf, the table of that leaf.
 */
static int copy_range(const struct copy *copy, const struct fk_pt_table *to,
		      const struct source *from, u64 ia, u64 end)
{
	const struct fk_pt_geometry *geo = &copy->pt->geo;
	u64 size = fk_pt_level_size(geo, from->level);
	bool level_with = to->level == from->level;
	bool make_valid = copy->flags & FK_PT_COPY_MAKE_VALID;
	u64 field = fk_pt_leaf_pa_field(geo, from->level);
	const u64 *entry = &from->entry[fk_pt_index(geo, from->level, ia)];
	u64 *slot = &to->entry[fk_pt_index(geo, to->level, ia)];
	u64 start = ia;
	u64 desc = 0;
	u64 hints = 0;
	bool ahead = false;
	enum fk_pt_kind kind;
	u64 pa, next, attrs, alike;
	int err;

	for (; ia < end; ia = next, entry++, slot += level_with) {
		next = fk_pt_entry_end(geo, from->level, ia, end);
		if (!ahead)
			desc = fk_pt_read_once(entry);
		ahead = false;
		kind = fk_pt_classify(geo, from->level, desc);
		if (kind == FK_PT_EMPTY || (kind == FK_PT_INVALID && !make_valid))
			continue;
		if (kind == FK_PT_TABLE) {
			err = copy_table(copy, to, from, desc, ia, next);
			if (err)
				return err;
			continue;
		}

		pa = fk_pt_leaf_pa(geo, from->level, desc) + (ia & (size - 1));
		if (kind == FK_PT_INVALID && !is_present(copy, from, desc, pa, next - ia))
			return -ENXIO;
		/* Linux from 6.11 on: on an invalid entry, nG says "present". */
		err = copy_attrs(copy, from, kind == FK_PT_LEAF ? desc : desc & ~FK_PT_DESC_NG,
				 &attrs);
		if (err)
			return err;
		if (!attrs)
			continue;
		if (!level_with || *slot || next - ia != size) {
			err = fk_pt_map_range(copy->pt, to, ia, next, pa, attrs);
			if (err)
				return err;
			continue;
		}
		hints |= desc & FK_PT_DESC_CONTIGUOUS;
		fk_pt_put_leaf(geo, to, ia, pa, attrs | (desc & FK_PT_DESC_CONTIGUOUS));
		if (kind == FK_PT_LEAF) {
			alike = copy_alike(slot, entry, (end - next) / size, field, &desc, &ahead);
			entry += alike;
			slot += alike;
			next += alike * size;
		}
	}
	if (hints)
		fk_pt_drop_broken_hints(geo, to, start, end);
	return 0;
}

static bool is_same_format(const struct fk_pt_geometry *a, const struct fk_pt_geometry *b)
{
	return a->granule_shift == b->granule_shift && a->va_bits == b->va_bits &&
	       a->pa_bits == b->pa_bits && a->lpa2 == b->lpa2 && a->pie == b->pie &&
	       (!a->pie || a->pir == b->pir) && a->top_range == b->top_range;
}

int fk_pgtable_copy(struct fk_pgtable *pt, const struct fk_pgtable *live, u64 va, u64 size,
		    unsigned int flags)
{
	const struct copy copy = { .pt = pt, .live = live, .flags = flags };
	struct fk_pt_table root, live_root;
	struct source from = { .tables = 0 };
	u64 ia;
	int err;

	if (!is_same_format(&pt->geo, &live->geo) ||
	    !fk_pt_input_to_ia(&pt->geo, va, size, &ia) ||
	    (flags & ~(FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID)))
		return -EINVAL;
	err = fk_pt_root(live, &live_root);
	if (!err)
		err = fk_pt_root(pt, &root);
	if (err)
		return err;

	from.entry = live_root.entry;
	from.level = live_root.level;
	err = copy_range(&copy, &root, &from, ia, ia + size);
	fk_pt_finish(pt, &root, ia, ia + size, !err);
	return err;
}
