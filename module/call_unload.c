// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_UNLOAD.
 */
#include "call.h"
#include "slot.h"

int fk_call_unload(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_unload unload;
	int err;

	err = fk_call_copy_arg_in(&unload, sizeof(unload), FASTKEXEC_UNLOAD_SIZE_V0, arg, report);
	if (err)
		return err;
	if (unload.flags)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined", unload.flags);
	if (!fk_slot_image())
		return fk_report_fail(report, -ENODATA, "nothing is loaded");
	if (fk_slot_commit(NULL, 0))
		return fk_report_fail(report, -EBUSY, "a reboot has begun");
	return 0;
}
