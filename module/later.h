/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Later memory: what this kernel was started without, and may be given afterwards.
 *
 * The load has cut the memory nodes of this kernel's device tree short, and has kept what
 * they had in FASTKEXEC_WHOLE_REG of each. Where memory is what EFI's map says, it has given
 * descriptors of that the type FASTKEXEC_EFI_LATER.
 */
#ifndef FK_LATER_H
#define FK_LATER_H

#include <linux/of.h>
#include <linux/types.h>

#include "core/range.h"
#include "report.h"

/**
 * struct fk_later_piece - a piece of later memory
 * @start: first byte; a multiple of a memory block
 * @end: past the last byte; 0: there is no such piece
 * @node: NUMA node, which this kernel can have
 * @added: it is there already
 */
struct fk_later_piece {
	u64 start;
	u64 end;
	int node;
	bool added;
};

/**
 * fk_later_find() - the first piece of later memory
 * @from: at or above this address
 * @piece: takes it
 * @report: takes the reason of a failure
 *
 * A piece has whole memory blocks, and ends at a multiple of 1 GiB at the latest: once it
 * is online it has room for the struct pages of the next one. Left out is whatever the
 * resource tree gives to somebody else, whatever /reserved-memory names, and what has to
 * be kept. Sleeps.
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP (an error of fk_keeps_read(), or the resource tree,
 * the device tree or EFI's map cannot be understood).
 */
int fk_later_find(u64 from, struct fk_later_piece *piece, struct fk_report *report);

/**
 * fk_later_add() - give a piece to the kernel, which does not use it until it is online
 * @piece: found by fk_later_find(), not added
 * @report: takes the reason of a failure
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP (this kernel takes no more memory, or not there).
 */
int fk_later_add(const struct fk_later_piece *piece, struct fk_report *report);

/**
 * fk_later_read_whole() - all memory of a memory node, with what it has later
 * @node: the node
 * @set: takes the ranges in addition; nothing if the node was not cut short
 *
 * Return: 0, -ENOMEM (@set is full), or -EOPNOTSUPP (the property cannot be
 * understood).
 */
int fk_later_read_whole(struct device_node *node, struct fk_ranges *set);

#endif /* FK_LATER_H */
