// SPDX-License-Identifier: GPL-2.0
/*
 * Translation tables: memory, mapping, walking. Contracts in pgtable.h and
 * pgtable_fill.h.
 */
#include "pgtable_fill.h"

/*
 * Marks what the operation under way put into a table that was there before.
 * Hardware ignores bit 55 of every descriptor.
 */
#define DESC_NEW		(1ULL << 55)

/* Bits that hardware ignores in every leaf. */
#define DESC_SOFTWARE		(0xfULL << 55)

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

	for (i = 0; entry && level < FK_PT_LAST_LEVEL && i < fk_pt_entries(&pt->geo); i++) {
		if (fk_pt_classify(&pt->geo, level, entry[i]) == FK_PT_TABLE)
			table_free(pt, fk_pt_table_pa(&pt->geo, entry[i]), level + 1);
	}
	pt->ops->free(pt->ctx, pa);
	pt->pages--;
}

int fk_pt_root(const struct fk_pgtable *pt, struct fk_pt_table *root)
{
	root->entry = pt->ops->va(pt->ctx, pt->root_pa);
	root->level = fk_pt_root_level(&pt->geo);
	root->fresh = false;
	return root->entry ? 0 : -EFAULT;
}

int fk_pt_child(struct fk_pgtable *pt, const struct fk_pt_table *parent, u64 *slot,
		struct fk_pt_table *child)
{
	u64 pa;

	child->level = parent->level + 1;
	if (*slot) {
		if (fk_pt_classify(&pt->geo, parent->level, *slot) != FK_PT_TABLE)
			return -EEXIST;
		child->fresh = false;
		child->entry = pt->ops->va(pt->ctx, fk_pt_table_pa(&pt->geo, *slot));
		return child->entry ? 0 : -EFAULT;
	}
	child->fresh = true;
	child->entry = table_alloc(pt, &pa);
	if (!child->entry)
		return -ENOMEM;
	*slot = fk_pt_table_desc(&pt->geo, pa) | (parent->fresh ? 0 : DESC_NEW);
	return 0;
}

void fk_pt_put_leaf(const struct fk_pt_geometry *geo, const struct fk_pt_table *table, u64 ia,
		    u64 pa, u64 attrs)
{
	table->entry[fk_pt_index(geo, table->level, ia)] =
		fk_pt_leaf_desc(geo, table->level, pa, attrs) | (table->fresh ? 0 : DESC_NEW);
}

/* Does the leaf @desc already translate @ia to @pa, with these attributes? */
static bool is_alike(const struct fk_pt_geometry *geo, int level, u64 desc, u64 ia, u64 pa,
		     u64 attrs)
{
	return fk_pt_leaf_pa(geo, level, desc) + (ia & (fk_pt_level_size(geo, level) - 1)) == pa &&
	       !fk_pt_leaf_attrs(geo, desc ^ attrs);
}

/* Is the group that begins at @entry hinted throughout, aligned and uniform? */
static bool is_group(const struct fk_pt_geometry *geo, int level, const u64 *entry,
		     unsigned int count)
{
	u64 size = fk_pt_level_size(geo, level);
	u64 first = entry[0];
	unsigned int i;

	if (fk_pt_classify(geo, level, first) != FK_PT_LEAF || !(first & FK_PT_DESC_CONTIGUOUS) ||
	    fk_pt_leaf_pa(geo, level, first) & (count * size - 1))
		return false;
	/* Inside an aligned group the address counts up in bits below 48, in every format. */
	for (i = 1; i < count; i++)
		if ((entry[i] ^ (first + i * size)) & ~DESC_SOFTWARE)
			return false;
	return true;
}

void fk_pt_drop_broken_hints(const struct fk_pt_geometry *geo, const struct fk_pt_table *table,
			     u64 ia, u64 end)
{
	u64 group = fk_pt_group_size(geo, table->level);
	u64 step = group ? group : fk_pt_level_size(geo, table->level);
	unsigned int count = (unsigned int)(step >> fk_pt_level_shift(geo, table->level));
	unsigned int i;
	u64 *entry;

	for (ia &= ~(step - 1); ia < end; ia += step) {
		entry = &table->entry[fk_pt_index(geo, table->level, ia)];
		if (group && is_group(geo, table->level, entry, count))
			continue;
		for (i = 0; i < count; i++) {
			if ((entry[i] & FK_PT_DESC_CONTIGUOUS) &&
			    fk_pt_classify(geo, table->level, entry[i]) == FK_PT_LEAF)
				entry[i] &= ~FK_PT_DESC_CONTIGUOUS;
		}
	}
}

/*
 * The hint, if mapping [@start, @end) fills the whole group around @ia. That is never so
 * for a group that is larger than the input range, where the hint may fault (D8.7.1).
 */
static u64 group_hint(const struct fk_pt_geometry *geo, int level, u64 start, u64 end, u64 ia,
		      u64 pa)
{
	u64 group = fk_pt_group_size(geo, level);
	u64 first = ia & ~(group - 1);

	if (!group || ((ia ^ pa) & (group - 1)) || first < start || first + group > end)
		return 0;
	return FK_PT_DESC_CONTIGUOUS;
}

int fk_pt_map_range(struct fk_pgtable *pt, const struct fk_pt_table *table, u64 ia, u64 end,
		    u64 pa, u64 attrs)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	u64 size = fk_pt_level_size(geo, table->level);
	u64 start = ia;
	bool may_hold = fk_pt_level_holds_leaf(geo, table->level);
	struct fk_pt_table child;
	u64 next;
	u64 *slot;
	int err;

	for (; ia < end; pa += next - ia, ia = next) {
		next = fk_pt_entry_end(geo, table->level, ia, end);
		slot = &table->entry[fk_pt_index(geo, table->level, ia)];

		if (!*slot && may_hold && next - ia == size && !(pa & (size - 1))) {
			fk_pt_put_leaf(geo, table, ia, pa, attrs |
				       group_hint(geo, table->level, start, end, ia, pa));
			continue;
		}
		if (fk_pt_classify(geo, table->level, *slot) == FK_PT_LEAF) {
			if (!is_alike(geo, table->level, *slot, ia, pa, attrs))
				return -EEXIST;
			continue;
		}

		err = fk_pt_child(pt, table, slot, &child);
		if (!err)
			err = fk_pt_map_range(pt, &child, ia, next, pa, attrs);
		if (err)
			return err;
	}
	if (!table->fresh)
		fk_pt_drop_broken_hints(geo, table, start, end);
	return 0;
}

void fk_pt_finish(struct fk_pgtable *pt, const struct fk_pt_table *table, u64 ia, u64 end,
		  bool keep)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	struct fk_pt_table child;
	u64 next, desc;
	u64 *slot;

	for (; ia < end; ia = next) {
		next = fk_pt_entry_end(geo, table->level, ia, end);
		slot = &table->entry[fk_pt_index(geo, table->level, ia)];
		desc = *slot;

		if (!(desc & DESC_NEW)) {
			if (fk_pt_classify(geo, table->level, desc) == FK_PT_TABLE &&
			    !fk_pt_child(pt, table, slot, &child))
				fk_pt_finish(pt, &child, ia, next, keep);
		} else if (keep) {
			*slot = desc & ~DESC_NEW;
		} else {
			*slot = 0;
			if (fk_pt_classify(geo, table->level, desc) == FK_PT_TABLE)
				table_free(pt, fk_pt_table_pa(geo, desc), table->level + 1);
		}
	}
}

/* ---- interface ---- */

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
		table_free(pt, pt->root_pa, fk_pt_root_level(&pt->geo));
	*pt = (struct fk_pgtable){ .ops = NULL };
}

int fk_pgtable_map(struct fk_pgtable *pt, u64 va, u64 pa, u64 size, enum fk_pt_prot prot)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	struct fk_pt_table root;
	u64 attrs, ia;
	int err;

	if (!fk_pt_input_to_ia(geo, va, size, &ia) || !fk_pt_is_output(geo, pa, size))
		return -EINVAL;
	err = fk_pt_prot_attrs(geo, prot, &attrs);
	if (!err)
		err = fk_pt_root(pt, &root);
	if (err)
		return err;

	err = fk_pt_map_range(pt, &root, ia, ia + size, pa, attrs);
	fk_pt_finish(pt, &root, ia, ia + size, !err);
	return err;
}

int fk_pgtable_walk(const struct fk_pgtable *pt, u64 va, struct fk_pt_walk *out)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	enum fk_pt_kind kind;
	unsigned int rights;
	struct fk_pt_table table;
	u64 desc, ia;
	u64 tables = 0;
	int err;

	*out = (struct fk_pt_walk){ .valid = false };
	if (!fk_pt_va_to_ia(geo, va, &ia))
		return -EINVAL;
	err = fk_pt_root(pt, &table);
	if (err)
		return err;

	for (;;) {
		desc = fk_pt_read_once(&table.entry[fk_pt_index(geo, table.level, ia)]);
		kind = fk_pt_classify(geo, table.level, desc);
		if (kind != FK_PT_TABLE)
			break;
		tables |= desc;
		table.level++;
		table.entry = pt->ops->va(pt->ctx, fk_pt_table_pa(geo, desc));
		if (!table.entry)
			return -EFAULT;
	}

	out->level = table.level;
	if (kind != FK_PT_LEAF || !(desc & FK_PT_DESC_AF))
		return 0;
	rights = fk_pt_rights(geo, fk_pt_impose(geo, desc, tables));
	out->valid = true;
	out->size = fk_pt_level_size(geo, table.level);
	out->pa = fk_pt_leaf_pa(geo, table.level, desc) + (ia & (out->size - 1));
	out->contiguous = desc & FK_PT_DESC_CONTIGUOUS;
	out->writable = rights & FK_PT_WRITE;
	out->executable = rights & FK_PT_EXEC;
	out->desc = desc;
	return 0;
}

u64 fk_pgtable_ttbr(const struct fk_pgtable *pt)
{
	return (pt->root_pa & ((1ULL << 48) - 1)) | (pt->root_pa >> 48) << 2;
}
