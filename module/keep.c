// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that the next kernel must not touch. Contracts in keep.h.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/range.h"
#include "inject.h"
#include "keep.h"

static int alloc_keeps(struct fk_keeps *keeps, unsigned int room)
{
	keeps->nr = 0;
	keeps->keep = FK_MAY_FAIL(kvcalloc(room, sizeof(*keeps->keep), GFP_KERNEL), NULL);
	return keeps->keep ? 0 : -ENOMEM;
}

static void add_keep(struct fk_keeps *keeps, const struct fk_range *range, u32 why)
{
	keeps->keep[keeps->nr++] = (struct fastkexec_keep) {
		.start = range->start,
		.end = range->end,
		.why = why,
	};
}

int fk_keeps_watch_begin(struct fk_keeps_watch *watch)
{
	int err = fk_gic_open(&watch->gic);

	watch->now = (struct fk_ranges){ .max = 2 * watch->gic.frames_nr };
	if (err || !watch->now.max)
		return err;
	watch->now.range = FK_MAY_FAIL(kvcalloc(watch->now.max, sizeof(*watch->now.range),
						GFP_KERNEL), NULL);
	if (watch->now.range)
		return 0;
	fk_gic_close(&watch->gic);
	return -ENOMEM;
}

void fk_keeps_watch_end(struct fk_keeps_watch *watch)
{
	fk_gic_close(&watch->gic);
	kvfree(watch->now.range);
	memset(watch, 0, sizeof(*watch));
}

static int look_now(struct fk_keeps_watch *watch)
{
	watch->now.nr = 0;
	return fk_gic_list_tables(&watch->gic, &watch->now);
}

static int read_tables(struct fk_keeps *keeps, struct fk_keeps_watch *watch)
{
	unsigned int i;
	int err;

	err = look_now(watch);
	if (!err)
		err = alloc_keeps(keeps, watch->now.nr);
	for (i = 0; i < watch->now.nr && !err; i++)
		add_keep(keeps, &watch->now.range[i], FASTKEXEC_KEEP_LPI);
	return err;
}

int fk_keeps_read(struct fk_keeps *keeps, struct fk_report *report)
{
	struct fk_keeps_watch watch;
	int err;

	memset(keeps, 0, sizeof(*keeps));
	err = fk_keeps_watch_begin(&watch);
	if (!err) {
		err = read_tables(keeps, &watch);
		fk_keeps_watch_end(&watch);
	}
	if (err == -ENOMEM)
		return fk_report_fail(report, err,
				      "no memory for the list of what the next kernel must not touch");
	if (err)
		return fk_report_fail(report, -EOPNOTSUPP,
				      "it cannot be told where the LPI tables of the GICv3 lie");
	return 0;
}

int fk_keeps_copy(struct fk_keeps *to, const struct fk_keeps *from)
{
	int err = alloc_keeps(to, from->nr);

	if (err)
		return err;
	to->nr = from->nr;
	memcpy(to->keep, from->keep, array_size(from->nr, sizeof(*from->keep)));
	return 0;
}

static bool hold(const struct fk_keeps *keeps, const struct fk_range *range)
{
	unsigned int i;

	for (i = 0; i < keeps->nr; i++)
		if (keeps->keep[i].start <= range->start && range->end <= keeps->keep[i].end)
			return true;
	return false;
}

bool fk_keeps_suffice(const struct fk_keeps *keeps, struct fk_keeps_watch *watch)
{
	bool held = !look_now(watch);
	unsigned int i;

	for (i = 0; i < watch->now.nr && held; i++)
		held = hold(keeps, &watch->now.range[i]);
	return held;
}

void fk_keeps_free(struct fk_keeps *keeps)
{
	kvfree(keeps->keep);
	memset(keeps, 0, sizeof(*keeps));
}
