// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_LOAD.
 */
#include <linux/uaccess.h>

#include "call.h"
#include "rehearse.h"
#include "slot.h"

/* The caller's segments become a plan; what they say of themselves is checked. */
static int read_segments(const struct fastkexec_load *load, struct fk_plan *plan,
			 const void __user **buf, struct fk_report *report)
{
	struct fastkexec_segment seg[FASTKEXEC_MAX_SEGMENTS];
	unsigned int i;
	int err;

	err = fk_call_copy_array_in(seg, sizeof(*seg), FASTKEXEC_SEGMENT_SIZE_V0, load->nr_segments,
			 u64_to_user_ptr(load->segments), load->segment_size, "segments", report);
	if (err)
		return err;
	for (i = 0; i < load->nr_segments; i++) {
		if (seg[i].placement || seg[i].chunks)
			return fk_report_fail(report, -EINVAL,
					      "segment %u: placement or chunks is not zero", i);
		if (seg[i].flags || seg[i].reserved[0] || seg[i].reserved[1])
			return fk_report_fail(report, -EINVAL,
					      "segment %u: flags or reserved is not zero", i);
		if (seg[i].role > FASTKEXEC_ROLE_DTB)
			return fk_report_fail(report, -EINVAL,
					      "segment %u: role %u is not defined", i, seg[i].role);
		buf[i] = u64_to_user_ptr(seg[i].buf);
		plan->segment[i].role = seg[i].role;
		plan->segment[i].dest = seg[i].dest;
		plan->segment[i].memsz = seg[i].memsz;
		plan->segment[i].bufsz = seg[i].bufsz;
		plan->segment[i].align = seg[i].align;
	}
	plan->nr = load->nr_segments;
	plan->entry = load->entry;
	plan->dtb = load->dtb;
	return 0;
}

static int build_plan(struct fk_plan *plan, unsigned int pa_bits, struct fk_report *report)
{
	struct fk_plan_error error;
	int err = fk_plan_build(plan, PAGE_SIZE, pa_bits, &error);

	if (err && error.index >= 0)
		return fk_report_fail(report, err, "segment %d: %s", error.index, error.what);
	if (err)
		return fk_report_fail(report, err, "%s", error.what);
	return 0;
}

static int make_and_commit(struct fk_image_request *request, struct fk_ram *ram, bool rehearse,
			   struct fk_report *report)
{
	u64 stamp = fk_slot_memory_stamp();
	struct fk_image *image;
	int err;

	err = fk_ram_read(ram);
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	err = fk_image_create(&image, request, report);
	if (!err && rehearse) {
		err = fk_rehearse(image, request->machine, ram, stamp, false, report);
		if (err)
			fk_image_free(image);
	}
	fk_ram_free(ram);
	if (err)
		return err;

	err = fk_slot_commit(image, stamp);
	if (!err)
		return 0;
	fk_image_free(image);
	return fk_report_fail(report, -EBUSY, err == -EAGAIN ?
			      "memory went offline during the load: try again" :
			      "a reboot or hibernation has begun");
}

int fk_call_load(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fk_image_request request = {};
	struct fastkexec_load load;
	struct fk_machine machine;
	struct fk_plan plan = {};
	struct fk_ram ram;
	int err;

	err = fk_call_copy_arg_in(&load, sizeof(load), FASTKEXEC_LOAD_SIZE_V0, arg, report);
	if (err)
		return err;
	if (load.flags & ~FASTKEXEC_LOAD_REHEARSE)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined", load.flags);
	if (load.design > FASTKEXEC_DESIGN_LINEAR)
		return fk_report_fail(report, -EINVAL, "design %u is not defined", load.design);
	err = fk_call_check_placement(load.placement, report);
	if (!err)
		err = fk_call_check_count(load.nr_segments, "segments", report);
	if (!err)
		err = read_segments(&load, &plan, request.buf, report);
	if (err)
		return err;

	fk_machine_read(&machine);
	err = fk_machine_check(&machine, report);
	if (!err)
		err = build_plan(&plan, machine.geometry.pa_bits, report);
	if (err)
		return err;

	request.plan = &plan;
	request.placement = load.placement;
	request.design = load.design;
	request.claims = session->claim;
	request.nr_claims = session->nr_claims;
	request.machine = &machine;
	request.ram = &ram;
	err = make_and_commit(&request, &ram, load.flags & FASTKEXEC_LOAD_REHEARSE, report);
	if (!err)
		fk_call_free_claims(session);
	return err;
}
