// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that the next kernel must not touch. Contracts in keep.h.
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/range.h"
#include "inject.h"
#include "keep.h"
#include "machine/gic.h"

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

static int read_tables(struct fk_keeps *keeps, struct fk_ranges *tables)
{
	unsigned int i;
	int err;

	err = fk_gic_list_tables(tables);
	if (!err)
		err = alloc_keeps(keeps, tables->nr);
	for (i = 0; i < tables->nr && !err; i++)
		add_keep(keeps, &tables->range[i], FASTKEXEC_KEEP_LPI);
	return err;
}

int fk_keeps_read(struct fk_keeps *keeps, struct fk_report *report)
{
	struct fk_ranges tables = { .max = 2 * num_possible_cpus() };
	int err = -ENOMEM;

	memset(keeps, 0, sizeof(*keeps));
	tables.range = FK_MAY_FAIL(kvcalloc(tables.max, sizeof(*tables.range), GFP_KERNEL), NULL);
	if (tables.range)
		err = read_tables(keeps, &tables);
	kvfree(tables.range);
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

static bool hold(const struct fk_keeps *keeps, const struct fastkexec_keep *keep)
{
	unsigned int i;

	for (i = 0; i < keeps->nr; i++)
		if (keeps->keep[i].start <= keep->start && keep->end <= keeps->keep[i].end)
			return true;
	return false;
}

bool fk_keeps_suffice(const struct fk_keeps *keeps)
{
	struct fk_report report = {};
	struct fk_keeps now;
	bool held = true;
	unsigned int i;

	if (fk_keeps_read(&now, &report))
		return false;
	for (i = 0; i < now.nr && held; i++)
		held = hold(keeps, &now.keep[i]);
	fk_keeps_free(&now);
	return held;
}

void fk_keeps_free(struct fk_keeps *keeps)
{
	kvfree(keeps->keep);
	memset(keeps, 0, sizeof(*keeps));
}
