// SPDX-License-Identifier: GPL-2.0
/*
 * Range algebra. Contracts in range.h.
 */
#include "range.h"

static void close_gap(struct fk_ranges *set, unsigned int at, unsigned int count)
{
	unsigned int i;

	for (i = at; i + count < set->nr; i++)
		set->range[i] = set->range[i + count];
	set->nr -= count;
}

static int open_gap(struct fk_ranges *set, unsigned int at)
{
	unsigned int i;

	if (set->nr == set->max)
		return -ENOMEM;
	for (i = set->nr++; i > at; i--)
		set->range[i] = set->range[i - 1];
	return 0;
}

int fk_ranges_add(struct fk_ranges *set, u64 start, u64 end)
{
	unsigned int first = set->nr, last;
	int err;

	if (end <= start)
		return 0;

	/* From the end: ranges mostly come in ascending order. */
	while (first && set->range[first - 1].end >= start)
		first--;
	for (last = first; last < set->nr && set->range[last].start <= end; last++) {
		if (set->range[last].start < start)
			start = set->range[last].start;
		if (set->range[last].end > end)
			end = set->range[last].end;
	}

	if (last == first) {
		err = open_gap(set, first);
		if (err)
			return err;
	} else {
		close_gap(set, first + 1, last - first - 1);
	}
	set->range[first].start = start;
	set->range[first].end = end;
	return 0;
}

int fk_ranges_remove(struct fk_ranges *set, u64 start, u64 end)
{
	unsigned int i = 0;
	int err;

	if (end <= start)
		return 0;

	while (i < set->nr && set->range[i].start < end) {
		struct fk_range *range = &set->range[i];

		if (range->end <= start) {
			i++;
		} else if (range->start < start && range->end > end) {
			err = open_gap(set, i);
			if (err)
				return err;
			set->range[i].end = start;
			set->range[i + 1].start = end;
			return 0;
		} else if (range->end > end) {
			range->start = end;
			return 0;
		} else if (range->start < start) {
			range->end = start;
			i++;
		} else {
			close_gap(set, i, 1);
		}
	}
	return 0;
}

int fk_ranges_intersect(struct fk_ranges *set, const struct fk_ranges *other)
{
	u64 from = 0;
	unsigned int i;
	int err;

	for (i = 0; i < other->nr; i++) {
		err = fk_ranges_remove(set, from, other->range[i].start);
		if (err)
			return err;
		from = other->range[i].end;
	}
	return fk_ranges_remove(set, from, ~0ULL);
}

bool fk_ranges_hold(const struct fk_ranges *set, u64 start, u64 end)
{
	unsigned int i;

	if (end <= start)
		return true;
	for (i = 0; i < set->nr; i++)
		if (set->range[i].start <= start && end <= set->range[i].end)
			return true;
	return false;
}

u64 fk_ranges_largest(const struct fk_ranges *set, u64 start, u64 end)
{
	u64 largest = 0;
	unsigned int i;

	for (i = 0; i < set->nr; i++) {
		u64 from = set->range[i].start > start ? set->range[i].start : start;
		u64 to = set->range[i].end < end ? set->range[i].end : end;

		if (to > from && to - from > largest)
			largest = to - from;
	}
	return largest;
}
