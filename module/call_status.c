// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_STATUS.
 */
#include <linux/uaccess.h>

#include "call.h"
#include "slot.h"

static int give_segments(const struct fk_image *image, void __user *to, u32 size, u32 room,
			 struct fk_report *report)
{
	unsigned int i;

	for (i = 0; i < image->plan.nr && i < room; i++) {
		const struct fk_plan_segment *from = &image->plan.segment[i];
		struct fastkexec_segment seg = {
			.bufsz = from->bufsz,
			.dest = from->dest,
			.memsz = from->memsz,
			.align = from->align,
			.placement = fk_image_in_place(image, i) ? FASTKEXEC_PLACE_IN_PLACE :
								   FASTKEXEC_PLACE_COPY,
			.chunks = image->chunks_of[i],
			.role = from->role,
		};
		int err = fk_call_copy_out(to + (size_t)i * size, &seg, min_t(size_t, sizeof(seg), size),
				   report);

		if (err)
			return err;
	}
	return 0;
}

int fk_call_status(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_status in, out = {};
	const struct fk_image *image;
	unsigned int i;
	int err;

	err = fk_call_copy_arg_in(&in, sizeof(in), FASTKEXEC_STATUS_SIZE_V0, arg, report);
	if (err)
		return err;
	if (in.reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	if (in.segments && in.segment_size < FASTKEXEC_SEGMENT_SIZE_V0)
		return fk_report_fail(report, -EINVAL, "size %u of one of the segments is less than %u",
				      in.segment_size, FASTKEXEC_SEGMENT_SIZE_V0);
	image = fk_slot_image();
	out.segment_size = in.segment_size;
	out.size = in.size;
	out.segments = in.segments;
	if (image) {
		out.loaded = 1;
		out.nr_segments = image->plan.nr;
		out.table_pages = fk_tables_pages(&image->tables);
		out.design = image->design;
		out.rehearsed = image->rehearsed;
		out.entry = image->plan.entry;
		out.dtb = image->plan.dtb;
		for (i = 0; i < image->plan.nr; i++)
			out.bytes += image->plan.segment[i].memsz;
		out.copy_bytes = image->tables.move_bytes;
		out.copy_entries = image->tables.entries;
		out.pages_held = fk_image_pages(image);
		if (in.segments)
			err = give_segments(image, u64_to_user_ptr(in.segments),
					    in.segment_size, in.nr_segments, report);
	}
	return err ?: fk_call_copy_arg_out(arg, &out, sizeof(out), report);
}
