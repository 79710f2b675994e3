// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_STATUS: what is loaded.
 */
#include <linux/kernel.h>

#include "call.h"
#include "slot.h"

static void describe_segments(struct fastkexec_segment *segment, const struct fk_image *image)
{
	unsigned int i;

	for (i = 0; i < image->plan.nr; i++) {
		const struct fk_plan_segment *from = &image->plan.segment[i];

		segment[i] = (struct fastkexec_segment) {
			.bufsz = from->bufsz,
			.dest = from->dest,
			.memsz = from->memsz,
			.align = from->align,
			.placement = fk_image_in_place(image, i) ? FASTKEXEC_PLACE_IN_PLACE :
								   FASTKEXEC_PLACE_COPY,
			.chunks = image->chunks_of[i],
			.role = from->role,
		};
	}
}

static void describe(struct fastkexec_status *status, const struct fk_image *image)
{
	unsigned int i;

	status->loaded = 1;
	status->nr_segments = image->plan.nr;
	status->table_pages = fk_tables_pages(&image->tables);
	status->design = image->design;
	status->verify = image->verify.level;
	status->rehearsed = image->rehearsed;
	status->entry = image->plan.entry;
	status->dtb = image->plan.dtb;
	for (i = 0; i < image->plan.nr; i++)
		status->bytes += image->plan.segment[i].memsz;
	status->copy_bytes = image->tables.move_bytes;
	status->copy_entries = image->tables.entries;
	status->pages_held = fk_image_pages(image);
}

int fk_call_status(struct fk_call *call)
{
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status *status = &call->arg.status;
	struct fk_report *report = &call->report;
	const struct fk_image *image;
	struct fk_call_array array = {
		.user = status->segments,
		.user_size = status->segment_size,
		.nr = status->segments ? status->nr_segments : 0,
		.size = sizeof(*segment),
		.least = FASTKEXEC_SEGMENT_SIZE_V0,
		.what = "segments",
	};
	int err = 0;

	if (status->segments)
		err = fk_call_check_array(&array, report);
	if (err)
		return err;
	*status = (struct fastkexec_status) {
		.size = status->size,
		.segments = status->segments,
		.segment_size = status->segment_size,
	};

	if (fk_slot_lock())
		return fk_report_fail(report, -EINTR, "interrupted");
	image = fk_slot_image();
	if (image) {
		describe(status, image);
		describe_segments(segment, image);
	}
	fk_slot_unlock();

	array.nr = min(array.nr, status->nr_segments);
	return fk_call_copy_array_out(&array, segment, report);
}
