// SPDX-License-Identifier: GPL-2.0
/*
 * Making and freeing an image. Contracts in image.h.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "cache.h"
#include "compat.h"
#include "image.h"
#include "inject.h"
#include "kernel_tables.h"
#include "poison.h"
#include "reloc_mem.h"

/* Bytes that are copied from the caller between two looks for a fatal signal. */
#define COPY_STEP	SZ_1M

struct maker {
	struct fk_image *image;
	const struct fk_image_request *request;
	struct fk_report *report;
};

bool fk_image_in_place(const struct fk_image *image, unsigned int i)
{
	return image->claim[i].size;
}

u64 fk_image_pages(const struct fk_image *image)
{
	u64 pages = image->chunks.pages;
	unsigned int i;

	for (i = 0; i < image->plan.nr; i++)
		pages += image->claim[i].size >> PAGE_SHIFT;
	return pages;
}

static int no_memory(const struct maker *maker, const char *what)
{
	return fk_report_fail(maker->report, -ENOMEM,
			      "not enough memory for %s: if an image is loaded, unload it first",
			      what);
}

static bool take_claim(const struct maker *maker, unsigned int i)
{
	const struct fk_plan_segment *seg = &maker->image->plan.segment[i];
	struct fk_claim *claim = fk_claim_lookup(maker->request->claims,
						 maker->request->nr_claims, seg->dest,
						 seg->size);

	if (!claim)
		return false;
	maker->image->claim[i] = *claim;
	claim->size = 0;
	return true;
}

static int check_not_poisoned(const struct maker *maker, const struct fk_plan_segment *seg)
{
	struct fk_range bad;

	if (!fk_poison_find(seg->dest, seg->dest + seg->size, &bad))
		return 0;
	return fk_report_fail(fk_report_segment(maker->report, seg->index), -EADDRNOTAVAIL,
			      "the page at 0x%llx has memory errors", bad.start);
}

/* Done for all segments before the first one is claimed. */
static int check_destinations(const struct maker *maker)
{
	const struct fk_plan *plan = &maker->image->plan;
	unsigned int i;
	int err;

	for (i = 0; i < plan->nr; i++) {
		const struct fk_plan_segment *seg = &plan->segment[i];

		if (!fk_ranges_hold(&maker->request->survey->ram.usable, seg->dest,
				    seg->dest + seg->size))
			return fk_report_fail(fk_report_segment(maker->report, seg->index),
					      -EADDRNOTAVAIL,
					      "0x%llx-0x%llx is not RAM that the next kernel may use",
					      seg->dest, seg->dest + seg->size);
		err = check_not_poisoned(maker, seg);
		if (err)
			return err;
	}
	return 0;
}

/* Decide where segment @i lives. Leaves its claim empty if it is to be copied. */
static int place_segment(const struct maker *maker, unsigned int i)
{
	const struct fk_plan_segment *seg = &maker->image->plan.segment[i];
	int err;

	if (take_claim(maker, i) || maker->request->placement == FASTKEXEC_PLACE_COPY ||
	    maker->request->mapped[seg->index])
		return 0;
	err = fk_claim_at(&maker->image->claim[i], seg->dest, seg->size);
	if (err == -EINTR)
		return fk_report_fail(maker->report, err, "interrupted");
	if (err == -ENOMEM && maker->request->placement == FASTKEXEC_PLACE_IN_PLACE)
		return no_memory(maker, "the image in place");
	if (err && maker->request->placement == FASTKEXEC_PLACE_IN_PLACE)
		return fk_report_fail(fk_report_segment(maker->report, seg->index), -ENOSPC,
				      "0x%llx-0x%llx is in use and cannot be claimed in place",
				      seg->dest, seg->dest + seg->size);
	return 0;
}

/*
 * Bring @size bytes of the contents of @seg, from @offset on, to @to. What a program has
 * written to its mapping is there already.
 */
static int bring(const struct maker *maker, const struct fk_plan_segment *seg, u64 offset,
		 void *to, u64 size)
{
	const struct fk_image_request *request = maker->request;

	if (request->mapped[seg->index]) {
		fk_map_settle(request->map, seg->dest + offset, size);
		return 0;
	}
	if (!copy_from_user(to, request->buf[seg->index] + offset, size))
		return 0;
	return fk_report_fail(fk_report_segment(maker->report, seg->index), -EFAULT,
			      "its contents cannot be read");
}

/*
 * Fill @size bytes at @to with those of segment @i from @offset on: contents, then
 * zeroes. A segment in place is cleaned to the PoC.
 */
static int fill(const struct maker *maker, unsigned int i, u64 offset, void *to, u64 size)
{
	const struct fk_plan_segment *seg = &maker->image->plan.segment[i];
	const u64 line = maker->request->survey->machine.regs.dcache_line;
	u64 left = offset < seg->bufsz ? seg->bufsz - offset : 0;
	u64 done, step, contents;
	int err;

	for (done = 0; done < size; done += step) {
		step = min_t(u64, size - done, COPY_STEP);
		contents = min(step, left);
		err = bring(maker, seg, offset + done, to + done, contents);
		if (err)
			return err;
		memset(to + done + contents, 0, step - contents);
		left -= contents;
		if (fk_image_in_place(maker->image, i))
			fk_cache_clean(to + done, step, line);
		if (fatal_signal_pending(current))
			return fk_report_fail(maker->report, -EINTR, "interrupted");
		cond_resched();
	}
	return 0;
}

static int fill_in_place(const struct maker *maker, unsigned int i)
{
	const struct fk_plan_segment *seg = &maker->image->plan.segment[i];

	maker->image->chunks_of[i] = 1;
	return fill(maker, i, 0, phys_to_virt(seg->dest), seg->size);
}

static int add_chunk(const struct maker *maker, unsigned int i, u64 offset,
		     const struct fk_chunk *chunk, u64 size)
{
	struct fk_image *image = maker->image;

	if (fk_moves_add(&image->moves, image->plan.segment[i].dest + offset,
			 page_to_phys(chunk->page), size))
		return no_memory(maker, "the list of copies");
	image->chunks_of[i]++;
	return 0;
}

/* The largest chunk for the bytes of segment @i from @offset up to @end. */
static struct fk_chunk *next_chunk(const struct maker *maker, unsigned int i, u64 offset, u64 end)
{
	struct fk_image *image = maker->image;
	unsigned int order = fk_backing_order(image->plan.segment[i].dest + offset, end - offset);

	return fk_chunks_alloc(&image->chunks, order, true);
}

/* From the caller's memory. */
static int fill_chunks(const struct maker *maker, unsigned int i, u64 contents)
{
	u64 offset, size;
	int err = 0;

	for (offset = 0; offset < contents && !err; offset += size) {
		struct fk_chunk *chunk = next_chunk(maker, i, offset, contents);

		if (!chunk)
			return no_memory(maker, "a copy of the image");
		size = PAGE_SIZE << chunk->order;
		err = fill(maker, i, offset, page_address(chunk->page), size);
		if (!err)
			err = add_chunk(maker, i, offset, chunk, size);
	}
	return err;
}

/* FASTKEXEC_PLACE was not told of a segment that goes to where @chunk lies. */
static int replace_chunk(const struct maker *maker, unsigned int i, u64 offset,
			 const struct fk_chunk *chunk, u64 size)
{
	u64 done, step;
	int err = 0;

	for (done = 0; done < size && !err; done += step) {
		struct fk_chunk *other = next_chunk(maker, i, offset + done, offset + size);

		if (!other)
			return no_memory(maker, "a copy of the image");
		step = PAGE_SIZE << other->order;
		memcpy(page_address(other->page), page_address(chunk->page) + done, step);
		err = add_chunk(maker, i, offset + done, other, step);
	}
	return err;
}

static int take_chunk(const struct maker *maker, unsigned int i, u64 offset,
		      struct fk_chunk *chunk, struct fk_chunks *from)
{
	struct fk_chunks *chunks = &maker->image->chunks;
	const u64 contents = round_up(maker->image->plan.segment[i].bufsz, PAGE_SIZE);
	const u64 size = min_t(u64, PAGE_SIZE << chunk->order, contents - offset);
	int err = fill(maker, i, offset, page_address(chunk->page), size);

	if (err)
		return err;
	if (!fk_chunks_suits(chunks, chunk))
		return replace_chunk(maker, i, offset, chunk, size);
	fk_chunks_move(chunk, from, chunks);
	return add_chunk(maker, i, offset, chunk, size);
}

/* A program has written to them. What the contents do not reach stays behind. */
static int take_chunks(const struct maker *maker, unsigned int i, u64 contents)
{
	const struct fk_plan_segment *seg = &maker->image->plan.segment[i];
	struct fk_backing *backing = fk_backing_lookup(maker->request->backings,
						       maker->request->nr_backings, seg->dest,
						       seg->size);
	struct fk_chunk *chunk, *next;
	u64 offset = 0, size;
	int err = 0;

	backing->size = 0;
	list_for_each_entry_safe(chunk, next, &backing->chunks.held, list) {
		if (err || offset >= contents)
			break;
		size = PAGE_SIZE << chunk->order;
		err = take_chunk(maker, i, offset, chunk, &backing->chunks);
		offset += size;
	}
	return err;
}

/* Contents go into chunks, the largest first; pages of zeroes need none. */
static int fill_elsewhere(const struct maker *maker, unsigned int i)
{
	struct fk_image *image = maker->image;
	const struct fk_plan_segment *seg = &image->plan.segment[i];
	u64 contents = round_up(seg->bufsz, PAGE_SIZE);
	int err = maker->request->mapped[seg->index] ? take_chunks(maker, i, contents) :
						       fill_chunks(maker, i, contents);

	if (err)
		return err;
	if (contents < seg->size &&
	    fk_moves_add(&image->moves, seg->dest + contents, FK_MOVE_ZERO, seg->size - contents))
		return no_memory(maker, "the list of copies");
	return 0;
}

/* What the tables of @image are made from. @linear is filled in. */
static struct fk_tables_request tables_request(const struct fk_image *image,
					       const struct fk_survey *survey,
					       struct fk_linear *linear)
{
	const struct fk_pt_geometry *geometry = &survey->machine.geometry;
	struct fk_tables_request request = {
		.design = image->design,
		.geo = geometry,
		.ops = &fk_kernel_table_ops,
		.ctx = (void *)&image->chunks,
		.reloc = &image->reloc,
		.move = image->moves.move,
		.nr_moves = image->moves.nr,
		.linear = linear,
	};

	fk_kernel_linear(linear, geometry, &survey->ram.system);
	return request;
}

int fk_image_check(const struct fk_image *image, const struct fk_survey *survey,
		   struct fk_report *report)
{
	struct fk_linear linear;
	struct fk_tables_request request = tables_request(image, survey, &linear);

	if (fk_tables_check(&image->tables, &request))
		return fk_report_fail(report, -EIO, "the tables do not map what they should");
	return 0;
}

static int make_tables(const struct maker *maker)
{
	const struct fk_survey *survey = maker->request->survey;
	const struct fk_reloc_regs *regs = &survey->machine.regs;
	struct fk_image *image = maker->image;
	struct fk_linear linear;
	struct fk_tables_request request = tables_request(image, survey, &linear);
	int err;

	err = fk_tables_build(&image->tables, &request);
	if (err == -ENOMEM)
		return no_memory(maker, "translation tables");
	if (err == -ERANGE)
		return fk_report_fail(maker->report, -EADDRNOTAVAIL,
				      "the CPU cannot map the image's memory to itself");
	if (err)
		return fk_report_fail(maker->report, -EADDRNOTAVAIL,
				      "part of the image cannot be mapped (%d)", err);
	fk_reloc_fill(&image->reloc, &image->tables, regs, image->psci.conduit,
		      image->plan.entry, image->plan.dtb);
	fk_reloc_sync(&image->reloc, regs);
	return fk_image_check(image, survey, maker->report);
}

/* Pages of contents that the jump copies, and that are not kept yet. */
static u64 pages_to_keep(const struct maker *maker)
{
	const struct fk_image *image = maker->image;
	const struct fk_plan_segment *seg = image->plan.segment;
	u64 pages = 0;
	unsigned int i;

	for (i = 0; i < image->plan.nr; i++)
		if (!fk_image_in_place(image, i) && !maker->request->mapped[seg[i].index])
			pages += DIV_ROUND_UP(seg[i].bufsz, PAGE_SIZE);
	return pages;
}

static int note(const struct maker *maker)
{
	int err = fk_verify_note(maker->image, maker->request->verify,
				 maker->request->survey->machine.regs.dcache_line);

	if (err == -EINTR)
		return fk_report_fail(maker->report, err, "interrupted");
	return err ? no_memory(maker, "checksums") : 0;
}

/* Checksums are taken last. */
static int finish(const struct maker *maker)
{
	fk_record_prepare(maker->image, maker->request->verify,
			  maker->request->survey->machine.regs.dcache_line);
	return note(maker);
}

static int make(const struct maker *maker)
{
	struct fk_image *image = maker->image;
	unsigned int i;
	u64 pages;
	int err;

	err = check_destinations(maker);
	for (i = 0; i < image->plan.nr && !err; i++)
		err = place_segment(maker, i);
	pages = err ? 0 : pages_to_keep(maker);
	if (pages && !fk_ram_spares(pages))
		err = no_memory(maker, "a copy of the image");
	for (i = 0; i < image->plan.nr && !err; i++)
		err = fk_image_in_place(image, i) ? fill_in_place(maker, i) :
						    fill_elsewhere(maker, i);
	if (!err && fk_reloc_make(&image->reloc, &image->chunks))
		err = no_memory(maker, "the relocation page");
	if (!err)
		err = make_tables(maker);
	if (!err)
		err = finish(maker);
	fk_chunks_free_rejected(&image->chunks);
	return err;
}

int fk_image_create(struct fk_image **out, const struct fk_image_request *request,
		    struct fk_report *report)
{
	struct maker maker = { .request = request, .report = report };
	int err;

	maker.image = FK_MAY_FAIL(kzalloc(sizeof(*maker.image), GFP_KERNEL), NULL);
	if (!maker.image)
		return no_memory(&maker, "bookkeeping");
	maker.image->plan = *request->plan;
	maker.image->psci = request->survey->machine.psci;
	maker.image->design = request->design ?: FK_DESIGN_IDENTITY;
	fk_chunks_init(&maker.image->chunks, &maker.image->plan,
		       fk_survey_highest_pa(request->survey));

	err = fk_cpus_list(&maker.image->cpus);
	if (!err)
		err = fk_keeps_copy(&maker.image->keeps, &request->survey->keeps);
	if (!err)
		err = fk_keeps_watch_begin(&maker.image->keeps_watch);
	err = err ? no_memory(&maker, "bookkeeping") : make(&maker);
	if (err) {
		fk_image_free(maker.image);
		return err;
	}
	*out = maker.image;
	return 0;
}

bool fk_image_poisoned(const struct fk_image *image, struct fk_range *bad)
{
	const struct fk_chunk *chunk;
	unsigned int i;

	for (i = 0; i < image->plan.nr; i++) {
		const struct fk_plan_segment *seg = &image->plan.segment[i];

		if (fk_poison_find(seg->dest, seg->dest + seg->size, bad))
			return true;
	}
	list_for_each_entry(chunk, &image->chunks.held, list) {
		u64 start = page_to_phys(chunk->page);

		if (fk_poison_find(start, start + (PAGE_SIZE << chunk->order), bad))
			return true;
	}
	return false;
}

void fk_image_free(struct fk_image *image)
{
	unsigned int i;

	if (!image)
		return;
	for (i = 0; i < image->plan.nr; i++)
		fk_claim_free(&image->claim[i]);
	fk_verify_free(&image->verify);
	fk_chunks_free(&image->chunks);
	fk_moves_free(&image->moves);
	fk_cpus_free(&image->cpus);
	fk_keeps_watch_end(&image->keeps_watch);
	fk_keeps_free(&image->keeps);
	kfree(image);
}
