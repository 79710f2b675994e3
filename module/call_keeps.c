// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_KEEPS: what must the next kernel not touch?
 */
#include <linux/kernel.h>

#include "call.h"
#include "keep.h"

static int answer(const struct fk_call_array *room, const struct fk_keeps *keeps,
		  struct fk_report *report)
{
	struct fk_call_array array = *room;

	array.nr = min(array.nr, keeps->nr);
	return fk_call_copy_array_out(&array, keeps->keep, report);
}

int fk_call_keeps(struct fk_call *call)
{
	struct fastkexec_keeps *query = &call->arg.keeps;
	struct fk_report *report = &call->report;
	const struct fk_call_array room = {
		.user = query->keeps,
		.user_size = query->keep_size,
		.nr = query->keeps ? query->nr_keeps : 0,
		.size = sizeof(struct fastkexec_keep),
		.least = FASTKEXEC_KEEP_SIZE_V0,
		.what = "keeps",
	};
	struct fk_keeps keeps;
	int err = 0;

	if (query->reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	if (query->keeps)
		err = fk_call_check_array(&room, report);
	if (!err)
		err = fk_keeps_read(&keeps, report);
	if (err)
		return err;
	query->nr_keeps = keeps.nr;
	err = answer(&room, &keeps, report);
	fk_keeps_free(&keeps);
	return err;
}
