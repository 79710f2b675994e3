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
 * fk_keeps_read() - look what has to be kept
 * @keeps: filled in; free with fk_keeps_free()
 * @report: takes the reason of a failure
 *
 * It grows when a CPU comes online for the first time. Sleeps.
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP (see fk_gic_list_tables()); @keeps holds nothing
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
 * fk_keeps_suffice() - does a list still hold all that has to be kept?
 * @keeps: read before
 *
 * Reads anew. Sleeps.
 *
 * Return: true if it does; false also if that cannot be told. A line is logged then.
 */
bool fk_keeps_suffice(const struct fk_keeps *keeps);

/**
 * fk_keeps_free() - forget a list
 * @keeps: may be all zero
 */
void fk_keeps_free(struct fk_keeps *keeps);

#endif /* FK_KEEP_H */
