// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_REHEARSE.
 */
#include <linux/module.h>

#include "call.h"
#include "rehearse.h"
#include "slot.h"

/* For tests: every rehearsal runs into a fault. */
static bool provoke;
module_param(provoke, bool, 0600);
MODULE_PARM_DESC(provoke, "for tests: let every rehearsal run into a fault");

int fk_call_rehearse(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_rehearse rehearse;
	struct fk_image *image = fk_slot_image();
	struct fk_machine machine;
	struct fk_ram ram;
	u64 stamp;
	int err;

	err = fk_call_copy_arg_in(&rehearse, sizeof(rehearse), FASTKEXEC_REHEARSE_SIZE_V0, arg, report);
	if (err)
		return err;
	if (rehearse.flags)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined",
				      rehearse.flags);
	if (rehearse.reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	if (!image)
		return fk_report_fail(report, -ENODATA, "nothing is loaded");

	fk_machine_read(&machine);
	err = fk_machine_check(&machine, report);
	if (err)
		return err;
	stamp = fk_slot_memory_stamp();
	err = fk_ram_read(&ram);
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	err = fk_rehearse(image, &machine, &ram, stamp, provoke, report);
	fk_ram_free(&ram);
	rehearse.done = image->rehearsed;
	return err ?: fk_call_copy_arg_out(arg, &rehearse, sizeof(rehearse), report);
}
