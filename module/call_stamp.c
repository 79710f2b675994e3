// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_STAMP: a moment of the way down that only user space knows.
 */
#include "call.h"
#include "record.h"

int fk_call_stamp(struct fk_call *call)
{
	const struct fastkexec_stamp *stamp = &call->arg.stamp;

	if (stamp->moment > FASTKEXEC_MOMENT_SHUTDOWN)
		return fk_report_fail(&call->report, -EINVAL,
				      "moment %u is not one that a caller knows", stamp->moment);
	fk_record_stamp(stamp->moment);
	return 0;
}
