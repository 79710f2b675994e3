// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_DIGEST: the SHA-256 of a segment.
 */
#include <linux/build_bug.h>

#include "call.h"
#include "sha256.h"
#include "slot.h"

static_assert(sizeof_field(struct fastkexec_digest, sha256) == FK_SHA256_SIZE);

static int digest_segment(struct fk_call *call, const struct fk_image *image)
{
	struct fastkexec_digest *digest = &call->arg.digest;
	unsigned int i;

	for (i = 0; i < image->plan.nr; i++)
		if (image->plan.segment[i].dest == digest->dest)
			return fk_sha256_take(image, i, digest->sha256, &call->report);
	return fk_report_fail(&call->report, -EINVAL, "no segment begins at 0x%llx", digest->dest);
}

int fk_call_digest(struct fk_call *call)
{
	const struct fastkexec_digest *digest = &call->arg.digest;
	struct fk_report *report = &call->report;
	const struct fk_image *image;
	int err;

	if (digest->reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	if (fk_slot_lock())
		return fk_report_fail(report, -EINTR, "interrupted");
	image = fk_slot_image();
	err = image ? digest_segment(call, image) :
		      fk_report_fail(report, -ENODATA, "nothing is loaded");
	fk_slot_unlock();
	return err;
}
