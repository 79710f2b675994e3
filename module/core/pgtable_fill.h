/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How mapping (pgtable.c) and copying (pgtable_copy.c) fill tables. For those two only.
 *
 * An operation marks what it puts into tables that were there before. At its end
 * fk_pt_finish() takes the marks away or, after a failure, takes out what is marked.
 * Tables that the operation made need no marks: they go as a whole.
 */
#ifndef FK_PGTABLE_FILL_H
#define FK_PGTABLE_FILL_H

#include "pgtable.h"

/**
 * struct fk_pt_table - one table that is being filled
 * @entry: its entries
 * @level: its level
 * @fresh: the operation under way made it, or a table above it
 */
struct fk_pt_table {
	u64 *entry;
	int level;
	bool fresh;
};

/**
 * fk_pt_read_once() - read a descriptor that others may be changing
 * @entry: where it stands
 *
 * Return: what one load returned.
 */
static inline u64 fk_pt_read_once(const u64 *entry)
{
	return *(const volatile u64 *)entry;
}

/**
 * fk_pt_root() - the first table
 * @pt: the tables
 * @root: filled in
 *
 * Return: 0, or -EFAULT (it lies where no table may be).
 */
int fk_pt_root(const struct fk_pgtable *pt, struct fk_pt_table *root);

/**
 * fk_pt_child() - the table below an entry
 * @pt: the tables
 * @parent: the table of the entry
 * @slot: the entry; if it is empty it gets a new table. An operation comes to an entry
 *	once, so a table that is there is not of this operation.
 * @child: filled in
 *
 * Return: 0, -EEXIST (the entry holds something else), -EFAULT or -ENOMEM.
 */
int fk_pt_child(struct fk_pgtable *pt, const struct fk_pt_table *parent, u64 *slot,
		struct fk_pt_table *child);

/**
 * fk_pt_put_leaf() - fill the entry that translates @ia
 * @geo: the shape
 * @table: the table of the entry
 * @ia: offset into the input range
 * @pa: what the leaf maps to
 * @attrs: its attributes, with or without the contiguous hint
 */
void fk_pt_put_leaf(const struct fk_pt_geometry *geo, const struct fk_pt_table *table, u64 ia,
		    u64 pa, u64 attrs);

/**
 * fk_pt_drop_broken_hints() - take the contiguous hint from groups that are not whole
 * @geo: the shape
 * @table: one table
 * @ia: start of a range that the table translates
 * @end: past its end
 *
 * Each group that touches the range keeps its hints only if all its entries have one
 * and map an aligned piece of memory alike.
 *
 * A group that was whole before an operation stays whole. So only what the operation
 * wrote can change here, and undoing it does not have to remember hints.
 */
void fk_pt_drop_broken_hints(const struct fk_pt_geometry *geo, const struct fk_pt_table *table,
			     u64 ia, u64 end);

/**
 * fk_pt_map_range() - map [@ia, @end) to @pa
 * @pt: the tables
 * @table: translates all of the range
 * @ia: start, an offset into the input range
 * @end: past its end
 * @pa: what @ia maps to
 * @attrs: of every leaf
 *
 * Return: 0, or an error with the range mapped in part; fk_pt_finish() undoes it.
 */
int fk_pt_map_range(struct fk_pgtable *pt, const struct fk_pt_table *table, u64 ia, u64 end,
		    u64 pa, u64 attrs);

/**
 * fk_pt_finish() - end an operation
 * @pt: the tables
 * @table: the first table
 * @ia: start of what the operation was about
 * @end: past its end
 * @keep: keep what it put in; false takes it out and frees its tables
 */
void fk_pt_finish(struct fk_pgtable *pt, const struct fk_pt_table *table, u64 ia, u64 end,
		  bool keep);

#endif /* FK_PGTABLE_FILL_H */
