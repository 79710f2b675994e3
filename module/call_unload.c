// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_UNLOAD: free the image.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/printk.h>

#include "call.h"
#include "slot.h"

int fk_call_unload(struct fk_call *call)
{
	const struct fastkexec_unload *unload = &call->arg.unload;
	struct fk_report *report = &call->report;

	if (unload->flags)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined",
				      unload->flags);
	if (!fk_slot_loaded())
		return fk_report_fail(report, -ENODATA, "nothing is loaded");
	switch (fk_slot_commit(NULL, 0)) {
	case 0:
		pr_info("the kernel that was loaded is forgotten: the next restart goes through the firmware\n");
		return 0;
	case -EINTR:
		return fk_report_fail(report, -EINTR, "interrupted");
	default:
		return fk_report_fail(report, -EBUSY, "a reboot has begun");
	}
}
