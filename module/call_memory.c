// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_MEMORY: add memory that this kernel was started without.
 */
#include "call.h"
#include "later.h"

int fk_call_memory(struct fk_call *call)
{
	struct fastkexec_memory *memory = &call->arg.memory;
	struct fk_report *report = &call->report;
	struct fk_later_piece piece;
	int err;

	if (memory->flags)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined", memory->flags);
	err = fk_later_find(memory->from, &piece, report);
	if (!err && piece.end && !piece.added)
		err = fk_later_add(&piece, report);
	if (err)
		return err;
	memory->start = piece.start;
	memory->end = piece.end;
	memory->node = piece.node;
	memory->added = piece.end && !piece.added;
	return 0;
}
