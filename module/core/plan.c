// SPDX-License-Identifier: GPL-2.0
/*
 * Segment planning. Contracts in plan.h.
 */
#include "plan.h"
#include "record_words.h"

static int refuse(struct fk_plan_error *error, const char *what, int index, int err)
{
	error->what = what;
	error->index = index;
	return err;
}

static bool is_power_of_two(u64 value)
{
	return value && !(value & (value - 1));
}

static int check_segment(struct fk_plan_segment *seg, unsigned int index, u64 page_size,
			 u64 pa_end, struct fk_plan_error *error)
{
	if (!seg->memsz)
		return refuse(error, "memory size is zero", index, -EINVAL);
	if (seg->bufsz > seg->memsz)
		return refuse(error, "contents are larger than the memory size", index, -EINVAL);
	if (seg->dest & (page_size - 1))
		return refuse(error, "destination is not page-aligned", index, -EINVAL);
	if (seg->align && !is_power_of_two(seg->align))
		return refuse(error, "alignment is not a power of two", index, -EINVAL);
	if (seg->align && (seg->dest & (seg->align - 1)))
		return refuse(error, "destination is not aligned as asked", index, -EINVAL);
	if (seg->dest >= pa_end || seg->memsz > pa_end - seg->dest)
		return refuse(error, "reaches beyond the physical address space", index,
			      -EOVERFLOW);

	seg->size = (seg->memsz + page_size - 1) & ~(page_size - 1);
	seg->index = index;
	return 0;
}

static void sort(struct fk_plan *plan)
{
	unsigned int i, j;

	for (i = 1; i < plan->nr; i++) {
		struct fk_plan_segment seg = plan->segment[i];

		for (j = i; j && plan->segment[j - 1].dest > seg.dest; j--)
			plan->segment[j] = plan->segment[j - 1];
		plan->segment[j] = seg;
	}
}

/* Is [pa, pa + size) inside what the caller provides, not the zeroes behind it? */
static bool in_contents(const struct fk_plan *plan, u64 pa, u64 size)
{
	unsigned int i;

	for (i = 0; i < plan->nr; i++) {
		const struct fk_plan_segment *seg = &plan->segment[i];

		if (pa >= seg->dest && pa - seg->dest < seg->bufsz &&
		    size <= seg->bufsz - (pa - seg->dest))
			return true;
	}
	return false;
}

int fk_plan_build(struct fk_plan *plan, u64 page_size, unsigned int pa_bits,
		  struct fk_plan_error *error)
{
	unsigned int i;
	int err;

	if (!plan->nr)
		return refuse(error, "no segments", -1, -EINVAL);
	if (plan->nr > FK_PLAN_MAX)
		return refuse(error, "too many segments", -1, -E2BIG);

	for (i = 0; i < plan->nr; i++) {
		err = check_segment(&plan->segment[i], i, page_size, 1ULL << pa_bits, error);
		if (err)
			return err;
	}

	sort(plan);
	for (i = 1; i < plan->nr; i++) {
		const struct fk_plan_segment *prev = &plan->segment[i - 1];

		if (prev->dest + prev->size > plan->segment[i].dest)
			return refuse(error, "overlaps another segment",
				      plan->segment[i].index, -EEXIST);
	}

	/* One instruction, and the header of a device tree (struct fdt_header). */
	if ((plan->entry & 3) || !in_contents(plan, plan->entry, 4))
		return refuse(error, "the entry is misaligned or in no segment's contents", -1,
			      -EINVAL);
	if ((plan->dtb & 7) || !in_contents(plan, plan->dtb, 40))
		return refuse(error, "the device tree is misaligned or in no segment's contents",
			      -1, -EINVAL);
	if (plan->record_pa && (plan->record_pa % FK_RECORD_SIZE ||
				!in_contents(plan, plan->record_pa, FK_RECORD_SIZE)))
		return refuse(error, "the record is misaligned or in no segment's contents", -1,
			      -EINVAL);
	return 0;
}

bool fk_plan_touches(const struct fk_plan *plan, u64 start, u64 end)
{
	unsigned int i;

	for (i = 0; i < plan->nr; i++) {
		const struct fk_plan_segment *seg = &plan->segment[i];

		if (start < seg->dest + seg->size && seg->dest < end)
			return true;
	}
	return false;
}
