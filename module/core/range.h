/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of address ranges. Pure C.
 */
#ifndef FK_RANGE_H
#define FK_RANGE_H

#include "types.h"

/* Past the last physical address that an arm64 kernel can be built for: 52 bits. */
#define FK_RANGE_LIMIT		(1ULL << 52)

/**
 * struct fk_range - [@start, @end)
 * @start: first byte
 * @end: past the last byte; greater than @start in a set
 */
struct fk_range {
	u64 start;
	u64 end;
};

/**
 * struct fk_ranges - a set of ranges: sorted, disjoint, none touching the next
 * @nr: ranges in use
 * @max: room in @range
 * @range: the caller's array
 */
struct fk_ranges {
	unsigned int nr;
	unsigned int max;
	struct fk_range *range;
};

/**
 * fk_ranges_add() - the union with [@start, @end)
 * @set: changed in place
 * @start: first byte
 * @end: past the last byte; nothing is done unless greater than @start
 *
 * Return: 0, or -ENOMEM if @set is full (unchanged then).
 */
int fk_ranges_add(struct fk_ranges *set, u64 start, u64 end);

/**
 * fk_ranges_remove() - take [@start, @end) out
 * @set: changed in place
 * @start: first byte
 * @end: past the last byte; nothing is done unless greater than @start
 *
 * Return: 0, or -ENOMEM if a range must be split and @set is full (unchanged then).
 */
int fk_ranges_remove(struct fk_ranges *set, u64 start, u64 end);

/**
 * fk_ranges_intersect() - keep only what @other holds too
 * @set: changed in place
 * @other: the other set
 *
 * Return: 0, or -ENOMEM (@set is then no larger than it may be, but incomplete).
 */
int fk_ranges_intersect(struct fk_ranges *set, const struct fk_ranges *other);

/**
 * fk_ranges_hold() - is all of [@start, @end) in the set?
 * @set: the set
 * @start: first byte
 * @end: past the last byte
 *
 * Return: true if it is, or if the range is empty.
 */
bool fk_ranges_hold(const struct fk_ranges *set, u64 start, u64 end);

/**
 * fk_ranges_largest() - size of the largest range inside [@start, @end)
 * @set: the set
 * @start: first byte to look at
 * @end: past the last byte to look at
 *
 * Return: bytes; 0 if there is none.
 */
u64 fk_ranges_largest(const struct fk_ranges *set, u64 start, u64 end);

#endif /* FK_RANGE_H */
