/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that the next kernel must not touch.
 *
 * No segment lies there, and the next kernel's device tree reserves it. Each keep has a
 * reason. So far there is one: tables of the interrupt controller.
 */
#ifndef FK_KEEP_H
#define FK_KEEP_H

#include <linux/fastkexec.h>
#include <linux/types.h>

#include "core/range.h"
#include "machine/gic.h"
#include "report.h"

/**
 * struct fk_keeps - all of it; all zero is none
 * @nr: ranges in use
 * @keep: the ranges, as FASTKEXEC_KEEPS tells them; sorted, disjoint
 */
struct fk_keeps {
	unsigned int nr;
	struct fastkexec_keep *keep;
};

/**
 * struct fk_keeps_watch - what it takes to look again when nothing can be allocated
 * @gic: the redistributors, which name their tables
 * @now: room for all that they can name
 */
struct fk_keeps_watch {
	struct fk_gic gic;
	struct fk_ranges now;
};

/**
 * fk_keeps_read() - look what has to be kept
 * @keeps: filled in; free with fk_keeps_free()
 * @report: takes the reason of a failure
 *
 * It grows when a CPU comes online for the first time. Sleeps.
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP (-ENXIO of fk_gic_open()); @keeps holds nothing
 * then.
 */
int fk_keeps_read(struct fk_keeps *keeps, struct fk_report *report);

/**
 * fk_keeps_copy() - copy a list
 * @to: filled in; free with fk_keeps_free()
 * @from: the list
 *
 * Return: 0 or -ENOMEM.
 */
int fk_keeps_copy(struct fk_keeps *to, const struct fk_keeps *from);

/**
 * fk_keeps_watch_begin() - prepare to look again
 * @watch: filled in; free with fk_keeps_watch_end()
 *
 * Sleeps.
 *
 * Return: 0, or an error of fk_gic_open(); @watch holds nothing then.
 */
int fk_keeps_watch_begin(struct fk_keeps_watch *watch);

/**
 * fk_keeps_suffice() - does a list still hold all that has to be kept?
 * @keeps: read before
 * @watch: begun; its room is used
 *
 * Looks anew, and allocates nothing.
 *
 * Return: true if it does.
 */
bool fk_keeps_suffice(const struct fk_keeps *keeps, struct fk_keeps_watch *watch);

/**
 * fk_keeps_watch_end() - give back what it took to look again
 * @watch: may be all zero
 */
void fk_keeps_watch_end(struct fk_keeps_watch *watch);

/**
 * fk_keeps_free() - forget a list
 * @keeps: may be all zero
 */
void fk_keeps_free(struct fk_keeps *keeps);

#endif /* FK_KEEP_H */
