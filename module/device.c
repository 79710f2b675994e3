// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/fastkexec: every call of the ABI. Nothing from a caller is believed before
 * it is checked here or in the plan.
 */
#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/fs.h>
#include <linux/log2.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "compat.h"
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

static int check_piece(const struct fastkexec_piece *piece, unsigned int i, unsigned int pa_bits,
		       struct fk_report *report)
{
	if (piece->flags || piece->reserved)
		return fk_report_fail(report, -EINVAL, "piece %u: flags or reserved is not zero", i);
	if (piece->role > FASTKEXEC_ROLE_DTB)
		return fk_report_fail(report, -EINVAL, "piece %u: role %u is not defined", i,
				      piece->role);
	if (!piece->memsz)
		return fk_report_fail(report, -EINVAL, "piece %u: memory size is zero", i);
	if (piece->memsz > 1ULL << pa_bits)
		return fk_report_fail(report, -EOVERFLOW,
				      "piece %u: larger than the physical address space", i);
	if (!is_power_of_2(piece->align) || piece->align < PAGE_SIZE ||
	    piece->align > 1ULL << pa_bits)
		return fk_report_fail(report, -EINVAL,
				      "piece %u: alignment 0x%llx is not a power of two of at least a page",
				      i, piece->align);
	if (!IS_ALIGNED(piece->offset, PAGE_SIZE) || piece->offset >= piece->align)
		return fk_report_fail(report, -EINVAL,
				      "piece %u: offset 0x%llx is not in pages or not below the alignment",
				      i, piece->offset);
	return 0;
}

/* Claim or find a place for @piece, and take it out of what is usable. */
static int place_one(struct session *session, struct fastkexec_piece *piece, u32 placement,
		     const struct fk_place *place, struct fk_ram *ram)
{
	struct fk_claim *claim = &session->claim[session->nr_claims];
	int err = -EBUSY;

	if (placement != FASTKEXEC_PLACE_COPY)
		err = fk_claim_find(claim, &ram->usable, place);
	if (err == -EINTR)
		return err;
	if (!err) {
		piece->addr = claim->start;
		piece->placement = FASTKEXEC_PLACE_IN_PLACE;
		session->nr_claims++;
	} else if (placement != FASTKEXEC_PLACE_IN_PLACE &&
		   fk_place_find(&ram->usable, place, &piece->addr)) {
		piece->placement = FASTKEXEC_PLACE_COPY;
	} else {
		return err == -ENOMEM && placement == FASTKEXEC_PLACE_IN_PLACE ? err : -ENOSPC;
	}
	/* It fails if the map is in so many pieces that there is no room for one more. */
	if (fk_ranges_remove(&ram->usable, piece->addr, piece->addr + place->size))
		return -ENOSPC;
	return 0;
}

static u64 piece_size(const struct fastkexec_piece *piece)
{
	return round_up(piece->memsz, PAGE_SIZE);
}

static struct fk_place place_of(const struct fastkexec_piece *piece, u64 low, u64 high)
{
	return (struct fk_place) {
		.size = piece_size(piece),
		.align = piece->align,
		.offset = piece->offset,
		.low = low,
		.high = high,
	};
}

/**
 * struct placing - a query, while it is answered
 * @session: keeps the claims
 * @piece: the pieces
 * @nr: how many
 * @window: from the caller
 * @ram: what is taken is taken out of @ram->usable
 * @failed: the last piece that had no place
 */
struct placing {
	struct session *session;
	struct fastkexec_piece *piece;
	unsigned int nr;
	u64 window;
	struct fk_ram *ram;
	unsigned int failed;
};

/* All pieces between @low and @high, or none. */
static int place_between(struct placing *placing, u32 placement, u64 low, u64 high)
{
	struct fk_place place;
	unsigned int i;
	int err = 0;

	for (i = 0; i < placing->nr && !err; i++) {
		place = place_of(&placing->piece[i], low, high);
		err = place_one(placing->session, &placing->piece[i], placement, &place,
				placing->ram);
	}
	if (!err)
		return 0;

	placing->failed = --i;
	free_claims(placing->session);
	while (i--) {
		u64 start = placing->piece[i].addr;

		/* Backwards: the set never holds more ranges than it did, and this cannot fail. */
		fk_ranges_add(&placing->ram->usable, start, start + piece_size(&placing->piece[i]));
	}
	return err;
}

/*
 * In the highest window that has room. Windows larger than 2 GiB overlap by half: what
 * is no longer than that lies in one of them.
 */
static int place_in_window(struct placing *placing, u32 placement)
{
	const struct fk_ranges *usable = &placing->ram->usable;
	u64 step = max_t(u64, placing->window / 2, SZ_1G);
	u64 high, low;
	int err;

	if (!placing->window)
		return place_between(placing, placement, 0, ~0ULL);
	for (high = round_up(usable->range[usable->nr - 1].end, SZ_1G);; high -= step) {
		low = high > placing->window ? high - placing->window : 0;
		err = place_between(placing, placement, low, high);
		if (err != -ENOSPC || !low)
			return err;
	}
}

static int check_sizes(const struct placing *placing, struct fk_report *report)
{
	u64 largest = fk_ranges_largest(&placing->ram->usable, 0, ~0ULL);
	unsigned int i;

	for (i = 0; i < placing->nr; i++) {
		u64 size = piece_size(&placing->piece[i]);

		if (size > largest)
			return fk_report_fail(report, -EFBIG,
					      "piece %u: %llu bytes are more than any stretch of memory has",
					      i, size);
		if (placing->window && size > placing->window)
			return fk_report_fail(report, -EFBIG, "piece %u: larger than the window",
					      i);
	}
	return 0;
}

static int place_all(struct placing *placing, u32 placement, struct fk_report *report)
{
	int err;

	err = check_sizes(placing, report);
	if (err)
		return err;

	/* All in place, in whatever window, comes before some of it in the highest. */
	err = place_in_window(placing, placement ?: FASTKEXEC_PLACE_IN_PLACE);
	if (placement == FASTKEXEC_PLACE_AUTO && (err == -ENOSPC || err == -ENOMEM))
		err = place_in_window(placing, placement);
	switch (err) {
	case 0:
		return 0;
	case -ENOSPC:
		return fk_report_fail(report, err, "piece %u: no stretch of %llu bytes %s",
				      placing->failed, placing->piece[placing->failed].memsz,
				      placement == FASTKEXEC_PLACE_IN_PLACE ?
				      "can be claimed in place" : "is usable");
	case -ENOMEM:
		return fk_report_fail(report, err,
				      "piece %u: too little memory would be left: if an image is loaded, unload it first",
				      placing->failed);
	case -EINTR:
		return fk_report_fail(report, err, "interrupted");
	default:
		return fk_report_fail(report, err, "the pieces cannot be placed (%d)", err);
	}
}

static int do_place(struct session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS];
	struct fk_machine machine;
	struct fastkexec_place place;
	struct fk_ram ram;
	struct placing placing = { .session = session, .piece = piece, .ram = &ram };
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
	if (place.window && (!is_power_of_2(place.window) || place.window < SZ_1G))
		return fk_report_fail(report, -EINVAL,
				      "window 0x%llx is not a power of two of at least 1 GiB",
				      place.window);
	err = take_array(piece, sizeof(*piece), FASTKEXEC_PIECE_SIZE_V0, place.nr_pieces,
			 u64_to_user_ptr(place.pieces), place.piece_size, "pieces", report);
	if (err)
		return err;

	fk_machine_read(&machine);
	err = fk_machine_check(&machine, report);
	for (i = 0; i < place.nr_pieces && !err; i++)
		err = check_piece(&piece[i], i, machine.geometry.pa_bits, report);
	if (err)
		return err;

	free_claims(session);
	err = fk_ram_read(&ram);
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	placing.nr = place.nr_pieces;
	placing.window = place.window;
	err = place_all(&placing, place.placement, report);
	fk_ram_free(&ram);
	for (i = 0; i < place.nr_pieces && !err; i++)
		err = give_out(u64_to_user_ptr(place.pieces) + (size_t)i * place.piece_size,
			       &piece[i], min_t(size_t, sizeof(*piece), place.piece_size), report);
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
