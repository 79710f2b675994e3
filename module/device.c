// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/fastkexec: every call of the ABI. Nothing from a caller is believed before
 * it is checked here or in the plan.
 */
#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "core/place.h"
#include "device.h"
#include "rehearse.h"
#include "slot.h"

/**
 * struct session - one open file
 * @lock: guards @report
 * @report: why the last failed call failed
 * @claim: what FASTKEXEC_PLACE claimed; guarded by the slot's lock
 * @nr_claims: how many
 */
struct session {
	struct mutex lock;		/* taken last */
	struct fk_report report;
	struct fk_claim claim[FK_PLAN_MAX];
	unsigned int nr_claims;
};

static void free_claims(struct session *session)
{
	while (session->nr_claims)
		fk_claim_free(&session->claim[--session->nr_claims]);
}

/*
 * Take a structure in: any size from @least, that of its first version, on. What is
 * missing is zero.
 */
static int take_in(void *to, size_t size, size_t least, const void __user *from,
		   struct fk_report *report)
{
	u32 theirs;
	int err;

	if (get_user(theirs, (const u32 __user *)from))
		return fk_report_fail(report, -EFAULT, "the argument cannot be read");
	if (theirs < least)
		return fk_report_fail(report, -EINVAL, "size %u of the argument is less than %zu",
				      theirs, least);
	if (theirs > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of the argument is absurd", theirs);
	err = copy_struct_from_user(to, size, from, theirs);
	if (err == -E2BIG)
		return fk_report_fail(report, err,
				      "the argument asks for something this module does not know");
	if (err)
		return fk_report_fail(report, err, "the argument cannot be read");
	return 0;
}

/*
 * Take the elements of an array in, each of @theirs bytes with the caller, as take_in()
 * does a structure.
 */
static int take_array(void *to, size_t size, size_t least, u32 nr, const void __user *from,
		      u32 theirs, const char *what, struct fk_report *report)
{
	u32 i;
	int err;

	if (theirs < least)
		return fk_report_fail(report, -EINVAL, "size %u of one of the %s is less than %zu",
				      theirs, what, least);
	if (theirs > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of one of the %s is absurd", theirs,
				      what);
	for (i = 0; i < nr; i++) {
		err = copy_struct_from_user(to + i * size, size, from + (size_t)i * theirs, theirs);
		if (err == -E2BIG)
			return fk_report_fail(report, err,
					      "the %s ask for something this module does not know",
					      what);
		if (err)
			return fk_report_fail(report, err, "the %s cannot be read", what);
	}
	return 0;
}

static int give_out(void __user *to, const void *from, size_t size, struct fk_report *report)
{
	if (copy_to_user(to, from, size))
		return fk_report_fail(report, -EFAULT, "the answer cannot be written");
	return 0;
}

/* Give a structure back, as much of it as the caller knows: see its first member. */
static int give_back(void __user *to, const void *from, size_t size, struct fk_report *report)
{
	return give_out(to, from, min_t(size_t, size, *(const u32 *)from), report);
}

static int check_placement(u32 placement, struct fk_report *report)
{
	if (placement > FASTKEXEC_PLACE_COPY)
		return fk_report_fail(report, -EINVAL, "placement %u is not defined", placement);
	return 0;
}

static int check_count(u32 count, const char *what, struct fk_report *report)
{
	if (!count)
		return fk_report_fail(report, -EINVAL, "no %s", what);
	if (count > FASTKEXEC_MAX_SEGMENTS)
		return fk_report_fail(report, -E2BIG, "%u %s are too many: at most %u", count, what,
				      FASTKEXEC_MAX_SEGMENTS);
	return 0;
}

static int do_info(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_info info;
	struct fk_machine machine;
	int err;

	err = take_in(&info, sizeof(info), FASTKEXEC_INFO_SIZE_V0, arg, report);
	if (err)
		return err;
	fk_machine_read(&machine);
	info.level = machine.level;
	info.blockers = machine.blockers;
	info.page_size = PAGE_SIZE;
	info.granules = machine.granules;
	info.big_endian = machine.big_endian;
	info.va_bits = machine.geometry.va_bits;
	info.pa_bits = machine.geometry.pa_bits;
	info.cpus = num_online_cpus();
	info.psci_smc = machine.psci.conduit == FK_CONDUIT_SMC;
	info.contig = FK_HAVE_CONTIG;
	return give_back(arg, &info, sizeof(info), report);
}

static_assert((int)FK_PLACE_AUTO == (int)FASTKEXEC_PLACE_AUTO);
static_assert((int)FK_PLACE_IN_PLACE == (int)FASTKEXEC_PLACE_IN_PLACE);
static_assert((int)FK_PLACE_COPY == (int)FASTKEXEC_PLACE_COPY);

static int check_piece(const struct fastkexec_piece *piece, unsigned int i,
		       struct fk_report *report)
{
	if (piece->flags || piece->reserved)
		return fk_report_fail(report, -EINVAL, "piece %u: flags or reserved is not zero", i);
	if (piece->role > FASTKEXEC_ROLE_DTB)
		return fk_report_fail(report, -EINVAL, "piece %u: role %u is not defined", i,
				      piece->role);
	return 0;
}

static int claim_for_session(void *ctx, const struct fk_ranges *usable,
			     const struct fk_place *place, u64 *start)
{
	struct session *session = ctx;
	struct fk_claim *claim = &session->claim[session->nr_claims];
	int err = fk_claim_find(claim, usable, place);

	if (err)
		return err;
	session->nr_claims++;
	*start = claim->start;
	return 0;
}

/* What was claimed last goes first. */
static void release_for_session(void *ctx, u64 start, u64 size)
{
	struct session *session = ctx;

	fk_claim_free(&session->claim[--session->nr_claims]);
}

static const struct fk_place_ops place_ops = {
	.claim = claim_for_session,
	.release = release_for_session,
};

static int refuse_place(int err, const struct fk_place_error *error, struct fk_report *report)
{
	if (error->index < 0)
		return fk_report_fail(report, err, "%s", error->what);
	return fk_report_fail(report, err, "piece %d: %s", error->index, error->what);
}

static int do_place(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS];
	struct fk_machine machine;
	struct fastkexec_place place;
	struct fk_ram ram;
	struct fk_place_piece wanted[FASTKEXEC_MAX_SEGMENTS] = {};
	struct fk_place_request request = {
		.piece = wanted,
		.usable = &ram.usable,
		.ops = &place_ops,
		.ctx = session,
	};
	struct fk_place_error error;
	unsigned int i;
	int err;

	err = take_in(&place, sizeof(place), FASTKEXEC_PLACE_SIZE_V0, arg, report);
	if (!err)
		err = check_placement(place.placement, report);
	if (!err)
		err = check_count(place.nr_pieces, "pieces", report);
	if (err)
		return err;
	if (place.flags || place.reserved)
		return fk_report_fail(report, -EINVAL, "flags or reserved is not zero");
	err = take_array(piece, sizeof(*piece), FASTKEXEC_PIECE_SIZE_V0, place.nr_pieces,
			 u64_to_user_ptr(place.pieces), place.piece_size, "pieces", report);
	if (err)
		return err;

	fk_machine_read(&machine);
	err = fk_machine_check(&machine, report);
	for (i = 0; i < place.nr_pieces && !err; i++)
		err = check_piece(&piece[i], i, report);
	if (err)
		return err;
	request.placement = place.placement;
	request.window = place.window;
	request.nr = place.nr_pieces;
	for (i = 0; i < place.nr_pieces; i++) {
		wanted[i].memsz = piece[i].memsz;
		wanted[i].align = piece[i].align;
		wanted[i].offset = piece[i].offset;
	}
	err = fk_place_check(&request, PAGE_SIZE, machine.geometry.pa_bits, &error);
	if (err)
		return refuse_place(err, &error, report);

	free_claims(session);
	err = fk_ram_read(&ram);
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	err = fk_place_all(&request, &error);
	fk_ram_free(&ram);
	if (err)
		return refuse_place(err, &error, report);
	for (i = 0; i < place.nr_pieces && !err; i++) {
		piece[i].addr = wanted[i].start;
		piece[i].placement = wanted[i].claimed ? FASTKEXEC_PLACE_IN_PLACE :
							 FASTKEXEC_PLACE_COPY;
		err = give_out(u64_to_user_ptr(place.pieces) + (size_t)i * place.piece_size,
			       &piece[i], min_t(size_t, sizeof(*piece), place.piece_size), report);
	}
	if (err)
		free_claims(session);
	return err;
}

/* The caller's segments become a plan; what they say of themselves is checked. */
static int read_segments(const struct fastkexec_load *load, struct fk_plan *plan,
			 const void __user **buf, struct fk_report *report)
{
	struct fastkexec_segment seg[FASTKEXEC_MAX_SEGMENTS];
	unsigned int i;
	int err;

	err = take_array(seg, sizeof(*seg), FASTKEXEC_SEGMENT_SIZE_V0, load->nr_segments,
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

static int do_load(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fk_image_request request = {};
	struct fastkexec_load load;
	struct fk_machine machine;
	struct fk_plan plan = {};
	struct fk_ram ram;
	int err;

	err = take_in(&load, sizeof(load), FASTKEXEC_LOAD_SIZE_V0, arg, report);
	if (err)
		return err;
	if (load.flags & ~FASTKEXEC_LOAD_REHEARSE)
		return fk_report_fail(report, -EINVAL, "flags 0x%x are not defined", load.flags);
	if (load.design > FASTKEXEC_DESIGN_LINEAR)
		return fk_report_fail(report, -EINVAL, "design %u is not defined", load.design);
	err = check_placement(load.placement, report);
	if (!err)
		err = check_count(load.nr_segments, "segments", report);
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
		free_claims(session);
	return err;
}

static int do_unload(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_unload unload;
	int err;

	err = take_in(&unload, sizeof(unload), FASTKEXEC_UNLOAD_SIZE_V0, arg, report);
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

/* For tests: every rehearsal runs into a fault. */
static bool provoke;
module_param(provoke, bool, 0600);
MODULE_PARM_DESC(provoke, "for tests: let every rehearsal run into a fault");

static int do_rehearse(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_rehearse rehearse;
	struct fk_image *image = fk_slot_image();
	struct fk_machine machine;
	struct fk_ram ram;
	u64 stamp;
	int err;

	err = take_in(&rehearse, sizeof(rehearse), FASTKEXEC_REHEARSE_SIZE_V0, arg, report);
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
	return err ?: give_back(arg, &rehearse, sizeof(rehearse), report);
}

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
		int err = give_out(to + (size_t)i * size, &seg, min_t(size_t, sizeof(seg), size),
				   report);

		if (err)
			return err;
	}
	return 0;
}

static int do_status(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_status in, out = {};
	const struct fk_image *image;
	unsigned int i;
	int err;

	err = take_in(&in, sizeof(in), FASTKEXEC_STATUS_SIZE_V0, arg, report);
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
	return err ?: give_back(arg, &out, sizeof(out), report);
}

static int do_explain(struct session *session, void __user *arg)
{
	struct fk_report unused, report;
	struct fastkexec_explain explain;
	int err;

	err = take_in(&explain, sizeof(explain), FASTKEXEC_EXPLAIN_SIZE_V0, arg, &unused);
	if (err)
		return err;

	mutex_lock(&session->lock);
	report = session->report;
	mutex_unlock(&session->lock);

	explain.len = report.line[0] ? min_t(u32, explain.len, strlen(report.line) + 1) : 0;
	if (explain.len) {
		report.line[explain.len - 1] = 0;
		err = give_out(u64_to_user_ptr(explain.buf), report.line, explain.len, &unused);
	}
	return err ?: give_back(arg, &explain, sizeof(explain), &unused);
}

/* A change of the image is under way: another one is refused, not queued. */
static atomic_t changing = ATOMIC_INIT(0);

/**
 * struct call - one call of the ABI
 * @cmd: its number
 * @changes: it needs CAP_SYS_BOOT, and only one runs at a time
 * @run: does it, with the slot locked
 */
struct call {
	unsigned int cmd;
	bool changes;
	int (*run)(struct session *session, void __user *arg, struct fk_report *report);
};

static const struct call calls[] = {
	{ FASTKEXEC_INFO, false, do_info },
	{ FASTKEXEC_PLACE, true, do_place },
	{ FASTKEXEC_LOAD, true, do_load },
	{ FASTKEXEC_UNLOAD, true, do_unload },
	{ FASTKEXEC_STATUS, false, do_status },
	{ FASTKEXEC_REHEARSE, true, do_rehearse },
};

static int run_change(const struct call *call, struct session *session, void __user *arg,
		      struct fk_report *report)
{
	int err;

	if (!capable(CAP_SYS_BOOT))
		return fk_report_fail(report, -EPERM, "CAP_SYS_BOOT is missing");
	if (fk_slot_busy())
		return fk_report_fail(report, -EBUSY, "a reboot has begun");
	if (atomic_cmpxchg(&changing, 0, 1))
		return fk_report_fail(report, -EBUSY, "another load or unload is running");
	fk_slot_lock();
	err = call->run(session, arg, report);
	fk_slot_unlock();
	atomic_set(&changing, 0);
	return err;
}

static int run_query(const struct call *call, struct session *session, void __user *arg,
		     struct fk_report *report)
{
	int err;

	if (fk_slot_lock_killable())
		return fk_report_fail(report, -EINTR, "interrupted");
	err = call->run(session, arg, report);
	fk_slot_unlock();
	return err;
}

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct session *session = file->private_data;
	struct fk_report report = {};
	size_t i;
	int err;

	if (cmd == FASTKEXEC_EXPLAIN)
		return do_explain(session, (void __user *)arg);

	for (i = 0; i < ARRAY_SIZE(calls) && calls[i].cmd != cmd; i++)
		;
	if (i == ARRAY_SIZE(calls))
		return -ENOTTY;
	err = calls[i].changes ? run_change(&calls[i], session, (void __user *)arg, &report) :
				 run_query(&calls[i], session, (void __user *)arg, &report);
	if (report.line[0]) {
		mutex_lock(&session->lock);
		session->report = report;
		mutex_unlock(&session->lock);
	}
	return err;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	file->private_data = session;
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;

	fk_slot_lock();
	free_claims(session);
	fk_slot_unlock();
	kfree(session);
	return 0;
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "fastkexec",
	.fops = &device_fops,
	.mode = 0600,
};

int fk_device_register(void)
{
	return misc_register(&device);
}

void fk_device_unregister(void)
{
	misc_deregister(&device);
}
