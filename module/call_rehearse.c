// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_REHEARSE: try the jump without leaving.
 */
#include "call.h"
#include "rehearse.h"
#include "rehearse_cpus.h"
#include "slot.h"
#include "survey.h"

static int rehearse_image(struct fk_call *call, const struct fk_survey *survey)
{
	struct fk_image *image;
	int err;

	if (fk_slot_lock())
		return fk_report_fail(&call->report, -EINTR, "interrupted");
	image = fk_slot_image();
	if (image) {
		err = fk_rehearse(image, survey, &call->report);
		if (!err && (call->arg.rehearse.flags & FASTKEXEC_REHEARSE_CPUS))
			image->rehearsed |= FASTKEXEC_REHEARSED_CPUS;
		call->arg.rehearse.done = image->rehearsed;
	} else {
		err = fk_report_fail(&call->report, -ENODATA,
				     "nothing is loaded any more: memory went offline, or the machine hibernates");
	}
	fk_slot_unlock();
	return err;
}

int fk_call_rehearse(struct fk_call *call)
{
	const struct fastkexec_rehearse *rehearse = &call->arg.rehearse;
	struct fk_report *report = &call->report;
	struct fk_survey survey;
	int err;

	if (rehearse->flags & ~FASTKEXEC_REHEARSE_CPUS)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined",
				      rehearse->flags);
	if (rehearse->reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	if (!fk_slot_loaded())
		return fk_report_fail(report, -ENODATA, "nothing is loaded");

	err = fk_survey_take(&survey, report);
	if (err)
		return err;
	if (rehearse->flags & FASTKEXEC_REHEARSE_CPUS)
		err = fk_rehearse_cpus(report);
	if (!err)
		err = rehearse_image(call, &survey);
	fk_survey_free(&survey);
	return err;
}
