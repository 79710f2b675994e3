/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A list of ranges of physical memory that grows.
 */
#ifndef FASTKEXEC_RANGES_H
#define FASTKEXEC_RANGES_H

#include "dtb_memory.h"

/**
 * struct ranges_item - a range, and a number that its user gives it
 * @range: where
 * @number: of a NUMA node, say
 */
struct ranges_item {
	struct dtb_range range;
	unsigned int number;
};

/**
 * struct ranges - the list; all zero is empty
 * @item: the ranges, in the order in which they came
 * @nr: how many
 * @room: for how many there is memory
 */
struct ranges {
	struct ranges_item *item;
	unsigned int nr;
	unsigned int room;
};

/**
 * ranges_add() - one more
 * @ranges: the list
 * @range: where
 * @number: of it
 *
 * Return: 0, or -1 after having said that there is no memory
 */
int ranges_add(struct ranges *ranges, const struct dtb_range *range, unsigned int number);

/**
 * ranges_overlap() - do two ranges share anything?
 * @a: one, not empty
 * @b: the other, not empty
 *
 * Return: whether they do
 */
bool ranges_overlap(const struct dtb_range *a, const struct dtb_range *b);

/**
 * ranges_free() - give the memory back
 * @ranges: may be all zero; is empty afterwards
 */
void ranges_free(struct ranges *ranges);

#endif /* FASTKEXEC_RANGES_H */
