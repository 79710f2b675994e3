// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_LOAD: take this image.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/build_bug.h>
#include <linux/kernel.h>
#include <linux/kernel_read_file.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/uaccess.h>

#include "call.h"
#include "leave/masters.h"
#include "rehearse.h"
#include "slot.h"
#include "survey.h"
#include "switch.h"

static_assert((int)FK_DESIGN_IDENTITY == (int)FASTKEXEC_DESIGN_IDENTITY);
static_assert((int)FK_DESIGN_RANGE == (int)FASTKEXEC_DESIGN_RANGE);
static_assert((int)FK_DESIGN_LINEAR == (int)FASTKEXEC_DESIGN_LINEAR);

/*
 * What kexec_load(2) asks. IMA refuses here where its policy wants kernels with a
 * signature, which it cannot check without a file.
 */
static int ask_security(struct fk_report *report)
{
	if (security_kernel_load_data(LOADING_KEXEC_IMAGE, false))
		return fk_report_fail(report, -EACCES,
				      "a security module or IMA does not allow kernels to be loaded");
	return 0;
}

static int check_load(const struct fastkexec_load *load, struct fk_report *report)
{
	int err;

	if (load->flags & ~(FASTKEXEC_LOAD_REHEARSE | FASTKEXEC_LOAD_KEEPS))
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined", load->flags);
	if (load->design > FASTKEXEC_DESIGN_LINEAR)
		return fk_report_fail(report, -EINVAL, "design %u is not defined", load->design);
	if (load->verify > FASTKEXEC_VERIFY_NONE)
		return fk_report_fail(report, -EINVAL, "verify %u is not defined", load->verify);
	if (load->reserved)
		return fk_report_fail(report, -EINVAL, "reserved is not zero");
	err = fk_call_check_placement(load->placement, report);
	return err ?: fk_call_check_count(load->nr_segments, "segments", report);
}

/* Whether the device tree reserves them is the caller's word: the module cannot read it. */
static int check_keeps(const struct fastkexec_load *load, const struct fk_keeps *keeps,
		       struct fk_report *report)
{
	if (keeps->nr && !(load->flags & FASTKEXEC_LOAD_KEEPS))
		return fk_report_fail(report, -EOPNOTSUPP,
				      "GICv3 LPIs are enabled, and it is not said that the next kernel's device tree reserves their tables");
	return 0;
}

/* What the plan does not look at. */
static int check_segment(const struct fastkexec_segment *seg, unsigned int i,
			 struct fk_report *report)
{
	if (seg->placement || seg->chunks)
		return fk_report_fail(fk_report_segment(report, i), -EINVAL,
				      "placement or chunks is not zero");
	if (seg->flags & ~FASTKEXEC_SEGMENT_MAPPED)
		return fk_report_fail(fk_report_segment(report, i), -EINVAL,
				      "flags 0x%x are not defined", seg->flags);
	if (seg->flags & FASTKEXEC_SEGMENT_MAPPED && seg->buf)
		return fk_report_fail(fk_report_segment(report, i), -EINVAL,
				      "buf is not zero, and the contents are said to be in the mapping");
	if (seg->reserved[0] || seg->reserved[1])
		return fk_report_fail(fk_report_segment(report, i), -EINVAL,
				      "reserved is not zero");
	if (seg->role > FASTKEXEC_ROLE_DTB)
		return fk_report_fail(fk_report_segment(report, i), -EINVAL,
				      "role %u is not defined", seg->role);
	return 0;
}

/*
 * The caller's segments become a plan that is not built yet. Not inlined: the rest of the load
 * needs the stack that they take here.
 */
static noinline_for_stack int read_segments(const struct fastkexec_load *load,
					    struct fk_plan *plan,
					    struct fk_image_request *request,
					    struct fk_report *report)
{
	struct fastkexec_segment seg[FASTKEXEC_MAX_SEGMENTS];
	const struct fk_call_array array = {
		.user = load->segments,
		.user_size = load->segment_size,
		.nr = load->nr_segments,
		.size = sizeof(*seg),
		.least = FASTKEXEC_SEGMENT_SIZE_V0,
		.what = "segments",
	};
	unsigned int i;
	int err;

	err = fk_call_copy_array_in(seg, &array, report);
	for (i = 0; i < load->nr_segments && !err; i++) {
		err = check_segment(&seg[i], i, report);
		request->buf[i] = u64_to_user_ptr(seg[i].buf);
		request->mapped[i] = seg[i].flags & FASTKEXEC_SEGMENT_MAPPED;
		plan->segment[i].role = seg[i].role;
		plan->segment[i].dest = seg[i].dest;
		plan->segment[i].memsz = seg[i].memsz;
		plan->segment[i].bufsz = seg[i].bufsz;
		plan->segment[i].align = seg[i].align;
	}
	plan->nr = load->nr_segments;
	plan->entry = load->entry;
	plan->dtb = load->dtb;
	plan->record_pa = load->record;
	return err;
}

static int build_plan(struct fk_plan *plan, const struct fk_machine *machine,
		      struct fk_report *report)
{
	struct fk_plan_error error;
	int err = fk_plan_build(plan, PAGE_SIZE, machine->geometry.pa_bits, &error);

	if (!err)
		return 0;
	if (error.index >= 0)
		fk_report_segment(report, error.index);
	return fk_report_fail(report, err, "%s", error.what);
}

/* Whether a mapping of this file can hold the contents of a segment. */
static bool is_held(const struct fk_image_request *request, const struct fk_plan_segment *seg)
{
	if (fk_claim_lookup(request->claims, request->nr_claims, seg->dest, seg->size))
		return true;
	return request->placement != FASTKEXEC_PLACE_IN_PLACE &&
	       fk_backing_lookup(request->backings, request->nr_backings, seg->dest, seg->size);
}

static int check_mapped(const struct fk_image_request *request, const struct fk_plan *plan,
			struct fk_report *report)
{
	unsigned int i;

	for (i = 0; i < plan->nr; i++) {
		const struct fk_plan_segment *seg = &plan->segment[i];

		if (request->mapped[seg->index] && !is_held(request, seg))
			return fk_report_fail(fk_report_segment(report, seg->index), -EINVAL,
					      "nothing of this address and size is claimed");
	}
	return 0;
}

static int commit(struct fk_image *image, u64 stamp, struct fk_report *report)
{
	int err = fk_switch_allows_load(report);

	/* It may have been closed since the call began, which can take as long as it wants. */
	if (err)
		return err;
	switch (fk_slot_commit(image, stamp)) {
	case 0:
		return 0;
	case -EAGAIN:
		return fk_report_fail(report, -EBUSY,
				      "memory went offline during the load: try again");
	case -EINTR:
		return fk_report_fail(report, -EINTR, "interrupted");
	default:
		return fk_report_fail(report, -EBUSY, "a reboot or hibernation has begun");
	}
}

static int make_and_commit(const struct fk_image_request *request, bool rehearse,
			   struct fk_report *report)
{
	struct fk_image *image;
	int err;

	/* From here on nothing of it can change any more. */
	fk_map_hide(request->map);
	err = fk_image_create(&image, request, report);
	if (err)
		return err;
	if (rehearse)
		err = fk_rehearse(image, request->survey, report);
	if (!err)
		err = commit(image, request->survey->stamp, report);
	if (err)
		fk_image_free(image);
	return err;
}

int fk_call_load(struct fk_call *call)
{
	const struct fastkexec_load *load = &call->arg.load;
	struct fk_session *session = call->session;
	struct fk_report *report = &call->report;
	struct fk_plan plan = {};
	struct fk_survey survey;
	struct fk_image_request request = {
		.plan = &plan,
		.placement = load->placement,
		.design = load->design,
		.verify = load->verify,
		.claims = session->claim,
		.nr_claims = session->nr_claims,
		.backings = session->backing,
		.nr_backings = session->nr_backings,
		.map = &session->map,
		.survey = &survey,
	};
	int err;

	err = ask_security(report);
	if (!err)
		err = check_load(load, report);
	if (!err)
		err = read_segments(load, &plan, &request, report);
	if (!err)
		err = fk_survey_take(&survey, report);
	if (err)
		return err;

	err = check_keeps(load, &survey.keeps, report);
	if (!err)
		err = build_plan(&plan, &survey.machine, report);
	if (!err)
		err = check_mapped(&request, &plan, report);
	if (!err)
		err = fk_call_choose_placement(&request.placement, report);
	if (!err)
		err = make_and_commit(&request, load->flags & FASTKEXEC_LOAD_REHEARSE, report);
	fk_survey_free(&survey);
	if (err)
		return err;
	fk_call_free_claims(session);
	pr_info("a kernel is loaded: the next plain restart starts it\n");
	fk_masters_tell();
	return 0;
}
