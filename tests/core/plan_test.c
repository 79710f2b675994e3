// SPDX-License-Identifier: GPL-2.0
/* fk_plan_build(): segments become a checked, sorted plan without overlaps. */
#include "unit.h"
#include "../../module/core/plan.h"

#define PAGE	0x1000ULL
#define PA_BITS	40
#define PA_END	(1ULL << PA_BITS)

/* A kernel, a device tree above it and an initrd below, as no caller need sort them. */
static struct fk_plan good_plan(void)
{
	return (struct fk_plan){
		.nr = 3,
		.segment = {
			{ .dest = 0x40200000, .memsz = 0x2000123, .bufsz = 0x1800000,
			  .align = 0x200000 },
			{ .dest = 0x48000000, .memsz = 0x2345, .bufsz = 0x2345, .align = 8 },
			{ .dest = 0x40000000, .memsz = 0x100000, .bufsz = 0xfffff },
		},
		.entry = 0x40200000,
		.dtb = 0x48000000,
	};
}

TEST("a good plan is sorted and rounded")
{
	struct fk_plan plan = good_plan();
	struct fk_plan_error error;
	unsigned int i;

	assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), 0);
	assert_int_equal(plan.nr, 3);
	for (i = 1; i < plan.nr; i++)
		assert_true(plan.segment[i - 1].dest + plan.segment[i - 1].size <=
			    plan.segment[i].dest);
	assert_int_equal(plan.segment[0].index, 2);
	assert_int_equal(plan.segment[1].index, 0);
	assert_int_equal(plan.segment[2].index, 1);
	assert_int_equal(plan.segment[1].size, 0x2001000);
	assert_int_equal(plan.segment[1].memsz, 0x2000123);
	assert_int_equal(plan.segment[1].bufsz, 0x1800000);
	assert_int_equal(plan.segment[1].align, 0x200000);
	assert_int_equal(plan.segment[2].size, 0x3000);
}

TEST("larger pages round further")
{
	struct fk_plan plan = good_plan();
	struct fk_plan_error error;

	assert_int_equal(fk_plan_build(&plan, 0x10000, PA_BITS, &error), 0);
	assert_int_equal(plan.segment[1].size, 0x2010000);
	assert_int_equal(plan.segment[2].size, 0x10000);
}

TEST("neighbours may touch")
{
	struct fk_plan plan = good_plan();
	struct fk_plan_error error;

	plan.segment[1].dest = 0x40200000 + 0x2001000;
	plan.dtb = plan.segment[1].dest;
	plan.segment[2].dest = 0x40100000;
	assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), 0);
}

TEST("segments reach up to the last byte")
{
	struct fk_plan plan = good_plan();
	struct fk_plan_error error;

	plan.segment[2].dest = PA_END - 0x100000;
	assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), 0);
	assert_int_equal(plan.segment[2].dest + plan.segment[2].size, PA_END);
}

TEST("as many segments as there is room for")
{
	struct fk_plan plan = { .nr = FK_PLAN_MAX, .entry = 0x40000000, .dtb = 0x40001000 };
	struct fk_plan_error error;
	unsigned int i;

	for (i = 0; i < FK_PLAN_MAX; i++) {
		plan.segment[i].dest = 0x40000000 + (FK_PLAN_MAX - 1 - i) * PAGE;
		plan.segment[i].memsz = PAGE;
		plan.segment[i].bufsz = PAGE;
	}
	assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), 0);
	for (i = 0; i < FK_PLAN_MAX; i++) {
		assert_int_equal(plan.segment[i].dest, 0x40000000 + i * PAGE);
		assert_int_equal(plan.segment[i].index, FK_PLAN_MAX - 1 - i);
	}
}

/* One thing wrong, the rest valid: the errno, and the segment that is named. */
struct bad {
	const char *name;
	void (*spoil)(struct fk_plan *plan);
	int err;
	int index;
};

static void no_segments(struct fk_plan *p) { p->nr = 0; }
static void too_many(struct fk_plan *p) { p->nr = FK_PLAN_MAX + 1; }
static void zero_memsz(struct fk_plan *p) { p->segment[2].memsz = p->segment[2].bufsz = 0; }
static void big_bufsz(struct fk_plan *p) { p->segment[1].bufsz = 0x2346; }
static void off_page(struct fk_plan *p) { p->segment[2].dest += 0x800; }
static void odd_align(struct fk_plan *p) { p->segment[0].align = 0x300000; }
static void off_align(struct fk_plan *p) { p->segment[0].align = 0x400000; }
static void starts_beyond(struct fk_plan *p) { p->segment[1].dest = PA_END; }
static void ends_beyond(struct fk_plan *p) { p->segment[1].dest = PA_END - 2 * PAGE; }
static void wraps(struct fk_plan *p) { p->segment[2].memsz = ~0ULL; }
static void wraps_high(struct fk_plan *p) { p->segment[2].dest = -PAGE; }
static void same_place(struct fk_plan *p) { p->segment[1].dest = p->segment[0].dest; }
static void last_page_meets(struct fk_plan *p) { p->segment[1].dest = 0x42200000; }
static void inside(struct fk_plan *p) { p->segment[1].dest = 0x41000000; }
static void entry_odd(struct fk_plan *p) { p->entry += 2; }
static void entry_nowhere(struct fk_plan *p) { p->entry = 0x47000000; }
static void entry_in_zeroes(struct fk_plan *p) { p->entry += 0x1800000; }
static void entry_half_in(struct fk_plan *p) { p->segment[0].bufsz = 2; }
static void dtb_odd(struct fk_plan *p) { p->dtb += 4; }
static void dtb_nowhere(struct fk_plan *p) { p->dtb = 0; }
static void dtb_too_short(struct fk_plan *p) { p->segment[1].bufsz = 39; }
static void dtb_wraps(struct fk_plan *p) { p->dtb = ~7ULL; }

static const struct bad bad_plans[] = {
	{ "no segments", no_segments, -EINVAL, -1 },
	{ "too many segments", too_many, -E2BIG, -1 },
	{ "memory size zero", zero_memsz, -EINVAL, 2 },
	{ "contents larger than memory size", big_bufsz, -EINVAL, 1 },
	{ "destination off its page", off_page, -EINVAL, 2 },
	{ "alignment no power of two", odd_align, -EINVAL, 0 },
	{ "destination not aligned as asked", off_align, -EINVAL, 0 },
	{ "destination beyond the end", starts_beyond, -EOVERFLOW, 1 },
	{ "end beyond the end", ends_beyond, -EOVERFLOW, 1 },
	{ "size that wraps", wraps, -EOVERFLOW, 2 },
	{ "destination next to 2^64", wraps_high, -EOVERFLOW, 2 },
	{ "two at one place", same_place, -EEXIST, 1 },
	{ "overlap in the rounded page only", last_page_meets, -EEXIST, 1 },
	{ "one inside the other", inside, -EEXIST, 1 },
	{ "entry misaligned", entry_odd, -EINVAL, -1 },
	{ "entry in no segment", entry_nowhere, -EINVAL, -1 },
	{ "entry in the zeroes", entry_in_zeroes, -EINVAL, -1 },
	{ "entry partly in the contents", entry_half_in, -EINVAL, -1 },
	{ "device tree misaligned", dtb_odd, -EINVAL, -1 },
	{ "device tree in no segment", dtb_nowhere, -EINVAL, -1 },
	{ "device tree shorter than its header", dtb_too_short, -EINVAL, -1 },
	{ "device tree next to 2^64", dtb_wraps, -EINVAL, -1 },
};

TEST("each mistake has its errno")
{
	struct fk_plan_error error;
	struct fk_plan plan;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(bad_plans); i++) {
		plan = good_plan();
		memset(&error, 0, sizeof(error));
		bad_plans[i].spoil(&plan);
		err = fk_plan_build(&plan, PAGE, PA_BITS, &error);
		if (err != bad_plans[i].err || error.index != bad_plans[i].index ||
		    !error.what || !*error.what)
			fail_msg("%s: %d, segment %d: %s", bad_plans[i].name, err, error.index,
				 error.what ? error.what : "nothing said");
	}
}

TEST("touching is sharing a byte")
{
	struct fk_plan plan = good_plan();
	struct fk_plan_error error;

	assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), 0);
	assert_false(fk_plan_touches(&plan, 0, 0x40000000));
	assert_true(fk_plan_touches(&plan, 0, 0x40000001));
	assert_true(fk_plan_touches(&plan, 0x400fffff, 0x40200000));
	assert_false(fk_plan_touches(&plan, 0x40100000, 0x40200000));
	assert_true(fk_plan_touches(&plan, 0x41000000, 0x41000001));
	/* The rounded end counts. */
	assert_true(fk_plan_touches(&plan, 0x48002fff, 0x48003000));
	assert_false(fk_plan_touches(&plan, 0x48003000, ~0ULL));
	assert_true(fk_plan_touches(&plan, 0, ~0ULL));
}

TEST("a record lies in contents, at a multiple of its size")
{
	static const struct {
		u64 record_pa;
		int err;
	} rows[] = {
		{ 0, 0 },
		{ 0x40200000, 0 },
		{ 0x48002200, 0 },
		{ 0x48002100, 0 },
		{ 0x48002300, -EINVAL },	/* it would end in the zeroes behind */
		{ 0x48001080, -EINVAL },
		{ 0x47ffff00, -EINVAL },
		{ 0x100, -EINVAL },
		{ ~0xffULL, -EINVAL },
	};
	struct fk_plan_error error;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fk_plan plan = good_plan();

		plan.record_pa = rows[i].record_pa;
		assert_int_equal(fk_plan_build(&plan, PAGE, PA_BITS, &error), rows[i].err);
		if (rows[i].err)
			assert_non_null(strstr(error.what, "the record"));
	}
}
