// SPDX-License-Identifier: GPL-2.0
/*
 * Placement, with a claim function that follows a script: it says where memory can be
 * claimed, and which call fails how.
 */
#include "unit.h"
#include "../../module/core/place.h"

#define PAGE		0x1000ULL
#define MIB		(1ULL << 20)
#define GIB		(1ULL << 30)
#define PA_BITS		48

#define MAX_RANGES	16
#define MAX_PIECES	16

/* The calls are counted from 0; -1 means no call. */
struct script {
	int fail_at;		/* this call fails ... */
	int fail_with;		/* ... with this error */
	int fail_from;		/* this call and all later ones fail with @fail_with */
	bool anywhere;		/* what is usable can be claimed */
	u64 flaw;		/* this page must not be used, if not 0 */
	struct fk_range claimable[MAX_RANGES];
	unsigned int nr_claimable;
};

struct query {
	struct fk_range memory[MAX_RANGES];
	struct fk_ranges usable;
	struct fk_range before[MAX_RANGES];
	unsigned int nr_before;
	struct fk_place_piece piece[MAX_PIECES];
	struct fk_place_request request;
	struct fk_place_error error;
	struct script script;

	/* What the claim function saw and holds. */
	int calls;
	struct fk_range held[MAX_PIECES];
	unsigned int nr_held;
};

/* As the module's: from the top down, inside both the usable and the claimable memory. */
static int claim(void *ctx, const struct fk_ranges *usable, const struct fk_place *place,
		 u64 *start)
{
	struct query *query = ctx;
	struct script *script = &query->script;
	struct fk_range memory[2 * MAX_RANGES];
	struct fk_ranges both = { .max = 2 * MAX_RANGES, .range = memory };
	struct fk_ranges claimable = {
		.nr = script->nr_claimable, .max = MAX_RANGES, .range = script->claimable,
	};
	int call = query->calls++;
	unsigned int i;

	if (call == script->fail_at || (script->fail_from >= 0 && call >= script->fail_from))
		return script->fail_with;
	for (i = 0; i < usable->nr; i++)
		fk_ranges_add(&both, usable->range[i].start, usable->range[i].end);
	if (!script->anywhere)
		fk_ranges_intersect(&both, &claimable);
	if (!fk_place_find(&both, place, start))
		return -EBUSY;
	query->held[query->nr_held].start = *start;
	query->held[query->nr_held++].end = *start + place->size;
	return 0;
}

static void release(void *ctx, u64 start, u64 size)
{
	struct query *query = ctx;

	assert_true(query->nr_held > 0);
	query->nr_held--;
	assert_int_equal(query->held[query->nr_held].start, start);
	assert_int_equal(query->held[query->nr_held].end, start + size);
}

/* One page of the memory may have a flaw. */
static bool find_flaw(void *ctx, u64 start, u64 end, struct fk_range *flaw)
{
	struct query *query = ctx;

	if (!query->script.flaw || query->script.flaw < start || query->script.flaw >= end)
		return false;
	flaw->start = query->script.flaw;
	flaw->end = flaw->start + PAGE;
	return true;
}

static const struct fk_place_ops ops = {
	.claim = claim, .release = release, .find_flaw = find_flaw,
};

static void query_init(struct query *query, enum fk_placement placement)
{
	memset(query, 0, sizeof(*query));
	query->usable.max = MAX_RANGES;
	query->usable.range = query->memory;
	query->request.placement = placement;
	query->request.piece = query->piece;
	query->request.usable = &query->usable;
	query->request.ops = &ops;
	query->request.ctx = query;
	query->script.fail_at = -1;
	query->script.fail_from = -1;
	query->script.anywhere = true;
}

static void usable(struct query *query, u64 start, u64 end)
{
	assert_int_equal(fk_ranges_add(&query->usable, start, end), 0);
}

/* From the first call on only what is named here can be claimed. */
static void claimable(struct query *query, u64 start, u64 end)
{
	struct script *script = &query->script;

	script->anywhere = false;
	script->claimable[script->nr_claimable].start = start;
	script->claimable[script->nr_claimable++].end = end;
}

static void piece_at(struct query *query, u64 memsz, u64 align, u64 offset)
{
	struct fk_place_piece *piece = &query->piece[query->request.nr++];

	piece->memsz = memsz;
	piece->align = align;
	piece->offset = offset;
	/* What goes out is not believed on its way in. */
	piece->start = ~0ULL;
	piece->claimed = true;
}

static void piece(struct query *query, u64 memsz)
{
	piece_at(query, memsz, PAGE, 0);
}

/* Each piece lies in memory that was usable, as it asked, alone, and in the window. */
static void check_answer(const struct query *query)
{
	struct fk_range memory[MAX_RANGES + MAX_PIECES];
	struct fk_ranges left = { .nr = query->nr_before, .max = ARRAY_SIZE(memory),
				  .range = memory };
	u64 low = ~0ULL, high = 0;
	unsigned int i, held = 0;

	memcpy(memory, query->before, sizeof(query->before));
	for (i = 0; i < query->request.nr; i++) {
		const struct fk_place_piece *at = &query->piece[i];

		assert_int_equal((at->start - at->offset) & (at->align - 1), 0);
		assert_true(fk_ranges_hold(&left, at->start, at->start + at->size));
		assert_int_equal(fk_ranges_remove(&left, at->start, at->start + at->size), 0);
		if (at->claimed) {
			assert_int_equal(query->held[held].start, at->start);
			assert_int_equal(query->held[held++].end, at->start + at->size);
		}
		low = at->start < low ? at->start : low;
		high = at->start + at->size > high ? at->start + at->size : high;
	}
	assert_int_equal(held, query->nr_held);
	assert_int_equal(left.nr, query->usable.nr);
	assert_memory_equal(left.range, query->usable.range, left.nr * sizeof(*left.range));
	if (query->request.window)
		assert_true(high <= (low & ~(GIB - 1)) + query->request.window);
}

static int ask(struct query *query)
{
	int err = fk_place_check(&query->request, PAGE, PA_BITS, &query->error);

	assert_int_equal(err, 0);
	memcpy(query->before, query->memory, sizeof(query->before));
	query->nr_before = query->usable.nr;
	query->calls = 0;
	err = fk_place_all(&query->request, &query->error);
	if (!err) {
		check_answer(query);
		return 0;
	}
	assert_int_equal(query->nr_held, 0);
	assert_int_equal(query->usable.nr, query->nr_before);
	assert_memory_equal(query->memory, query->before,
			    query->nr_before * sizeof(*query->memory));
	assert_non_null(query->error.what);
	return err;
}

static void assert_refused(struct query *query, int err, int index)
{
	assert_int_equal(ask(query), err);
	assert_int_equal(query->error.index, index);
}

static void assert_placed(const struct query *query, unsigned int i, u64 start, bool claimed)
{
	assert_int_equal(query->piece[i].start, start);
	assert_int_equal(query->piece[i].claimed, claimed);
}

/* ---- one place ---- */

TEST("fit: the highest start, aligned, with its offset")
{
	struct fk_place place = { .size = 3 * PAGE, .align = 0x10000, .offset = 2 * PAGE };
	u64 start;

	assert_true(fk_place_fit(&place, 0, 0x100000, &start));
	assert_int_equal(start, 0xf2000);
	/* It ends with the last byte of the range, and begins with the first. */
	assert_true(fk_place_fit(&place, 0xf2000, 0xf5000, &start));
	assert_int_equal(start, 0xf2000);
	assert_false(fk_place_fit(&place, 0xf3000, 0xf5000, &start));
	assert_true(fk_place_fit(&place, 0, 0xf4000, &start));
	assert_int_equal(start, 0xe2000);
}

TEST("fit: a range at 0, and one that is too small")
{
	struct fk_place place = { .size = 2 * PAGE, .align = PAGE };
	u64 start;

	assert_true(fk_place_fit(&place, 0, 2 * PAGE, &start));
	assert_int_equal(start, 0);
	assert_false(fk_place_fit(&place, 0, PAGE, &start));
	assert_false(fk_place_fit(&place, 0, 0, &start));
	place.offset = PAGE;
	place.align = 2 * PAGE;
	assert_false(fk_place_fit(&place, 0, 2 * PAGE, &start));
	assert_true(fk_place_fit(&place, 0, 3 * PAGE, &start));
	assert_int_equal(start, PAGE);
}

TEST("fit: a range that ends before it begins holds nothing")
{
	struct fk_place place = { .size = PAGE, .align = PAGE };
	u64 start;

	assert_false(fk_place_fit(&place, 0x20000, 0x10000, &start));
	assert_false(fk_place_fit(&place, 0x10000, 0x10000, &start));
}

TEST("find: the highest range that has room, between two limits")
{
	struct fk_range memory[] = { { 0x10000, 0x20000 }, { 0x30000, 0x40000 },
				     { 0x50000, 0x51000 } };
	struct fk_ranges set = { .nr = 3, .max = 3, .range = memory };
	struct fk_place place = { .size = 2 * PAGE, .align = PAGE, .high = ~0ULL };
	u64 start;

	assert_true(fk_place_find(&set, &place, &start));
	assert_int_equal(start, 0x3e000);
	place.high = 0x3f000;
	assert_true(fk_place_find(&set, &place, &start));
	assert_int_equal(start, 0x3d000);
	place.high = 0x31000;
	assert_true(fk_place_find(&set, &place, &start));
	assert_int_equal(start, 0x1e000);
	place.low = 0x1f000;
	assert_false(fk_place_find(&set, &place, &start));
	place.size = PAGE;
	assert_true(fk_place_find(&set, &place, &start));
	assert_int_equal(start, 0x30000);
	place.low = 0x31000;
	assert_false(fk_place_find(&set, &place, &start));
}

/* ---- checks ---- */

struct bad {
	const char *name;
	u64 memsz, align, offset, window;
	int err;
};

static const struct bad bad_queries[] = {
	{ "nothing to place", 0, PAGE, 0, 0, -EINVAL },
	{ "one byte more than there are addresses", (1ULL << PA_BITS) + 1, PAGE, 0, 0,
	  -EOVERFLOW },
	{ "size that wraps when it is rounded", ~0ULL, PAGE, 0, 0, -EOVERFLOW },
	{ "no alignment", PAGE, 0, 0, 0, -EINVAL },
	{ "half a page", PAGE, PAGE / 2, 0, 0, -EINVAL },
	{ "three pages", PAGE, 3 * PAGE, 0, 0, -EINVAL },
	{ "alignment beyond all addresses", PAGE, 1ULL << (PA_BITS + 1), 0, 0, -EINVAL },
	{ "offset of half a page", PAGE, MIB, PAGE / 2, 0, -EINVAL },
	{ "offset that is the alignment", PAGE, MIB, MIB, 0, -EINVAL },
	{ "offset beyond the alignment", PAGE, MIB, MIB + PAGE, 0, -EINVAL },
	{ "window of half a GiB", PAGE, PAGE, 0, GIB / 2, -EINVAL },
	{ "window of 3 GiB", PAGE, PAGE, 0, 3 * GIB, -EINVAL },
};

TEST("check: each mistake has its errno and names its piece")
{
	struct query query;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(bad_queries); i++) {
		const struct bad *bad = &bad_queries[i];

		query_init(&query, FK_PLACE_AUTO);
		piece(&query, PAGE);
		piece_at(&query, bad->memsz, bad->align, bad->offset);
		query.request.window = bad->window;
		err = fk_place_check(&query.request, PAGE, PA_BITS, &query.error);
		if (err != bad->err || query.error.index != (bad->window ? -1 : 1) ||
		    !query.error.what)
			fail_msg("%s: %d, piece %d", bad->name, err, query.error.index);
	}

	query_init(&query, FK_PLACE_AUTO);
	assert_int_equal(fk_place_check(&query.request, PAGE, PA_BITS, &query.error), -EINVAL);
	assert_int_equal(query.error.index, -1);
}

TEST("check: the largest values that are right, and rounding to pages")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.request.window = 1ULL << 63;
	piece_at(&query, 1ULL << PA_BITS, 1ULL << PA_BITS, (1ULL << PA_BITS) - PAGE);
	piece(&query, 1);
	piece(&query, PAGE + 1);
	assert_int_equal(fk_place_check(&query.request, PAGE, PA_BITS, &query.error), 0);
	assert_int_equal(query.piece[0].size, 1ULL << PA_BITS);
	assert_int_equal(query.piece[1].size, PAGE);
	assert_int_equal(query.piece[2].size, 2 * PAGE);
	query.request.window = GIB;
	query.piece[0].offset = 0;
	assert_int_equal(fk_place_check(&query.request, 0x10000, PA_BITS, &query.error), -EINVAL);
	assert_int_equal(query.error.index, 1);
}

/* ---- sizes ---- */

TEST("sizes: as large as the largest range, and a page more")
{
	const enum fk_placement placements[] = { FK_PLACE_AUTO, FK_PLACE_IN_PLACE,
						 FK_PLACE_COPY };
	struct query query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(placements); i++) {
		query_init(&query, placements[i]);
		usable(&query, GIB, GIB + 8 * MIB);
		usable(&query, 2 * GIB, 2 * GIB + MIB);
		piece(&query, 8 * MIB);
		assert_int_equal(ask(&query), 0);
		assert_placed(&query, 0, GIB, placements[i] != FK_PLACE_COPY);

		query_init(&query, placements[i]);
		usable(&query, GIB, GIB + 8 * MIB);
		usable(&query, 2 * GIB, 2 * GIB + MIB);
		piece(&query, PAGE);
		piece(&query, 8 * MIB + 1);
		assert_refused(&query, -EFBIG, 1);
		assert_int_equal(query.calls, 0);
	}
}

TEST("sizes: as large as the window, and a page more")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 4 * GIB);
	query.request.window = GIB;
	piece(&query, GIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 3 * GIB, true);

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 4 * GIB);
	query.request.window = GIB;
	piece(&query, GIB + PAGE);
	assert_refused(&query, -EFBIG, 0);
}

TEST("sizes: with no memory at all, every piece is too large")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.request.window = GIB;
	piece(&query, 1);
	assert_refused(&query, -EFBIG, 0);
}

TEST("sizes: a range as large as the piece, but not aligned for it")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB + PAGE, GIB + PAGE + 4 * MIB);
	piece_at(&query, 4 * MIB, 2 * MIB, 0);
	assert_refused(&query, -ENOSPC, 0);

	/* With the offset that the range happens to have it fits exactly. */
	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB + PAGE, GIB + PAGE + 4 * MIB);
	piece_at(&query, 4 * MIB, 2 * MIB, PAGE);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, GIB + PAGE, true);
	assert_int_equal(query.usable.nr, 0);
}

TEST("sizes: ranges at 0 and at the last address")
{
	const u64 top = 1ULL << 52;
	struct query query;
	u64 window;

	for (window = 0; window <= 4 * GIB; window += 4 * GIB) {
		query_init(&query, FK_PLACE_IN_PLACE);
		query.request.window = window;
		usable(&query, 0, 4 * PAGE);
		piece(&query, PAGE);
		piece(&query, 3 * PAGE);
		assert_int_equal(ask(&query), 0);
		assert_placed(&query, 0, 3 * PAGE, true);
		assert_placed(&query, 1, 0, true);

		query_init(&query, FK_PLACE_IN_PLACE);
		query.request.window = window;
		usable(&query, top - 4 * PAGE, top);
		piece(&query, PAGE);
		piece(&query, 3 * PAGE);
		assert_int_equal(ask(&query), 0);
		assert_placed(&query, 0, top - PAGE, true);
		assert_placed(&query, 1, top - 4 * PAGE, true);
	}
}

/* ---- order ---- */

TEST("order: pieces are placed as given, each below what is taken")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, GIB + 8 * MIB);
	piece(&query, MIB);
	piece_at(&query, 2 * MIB, 2 * MIB, 0);
	piece(&query, MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, GIB + 7 * MIB, true);
	assert_placed(&query, 1, GIB + 4 * MIB, true);
	/* The gap above the aligned piece is the highest place. */
	assert_placed(&query, 2, GIB + 6 * MIB, true);
}

TEST("order: a demanding piece that comes last may find no place")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB, GIB + 4 * MIB);
	piece(&query, PAGE);
	piece_at(&query, 4 * MIB, 4 * MIB, 0);
	assert_refused(&query, -ENOSPC, 1);

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB, GIB + 4 * MIB);
	piece_at(&query, 4 * MIB - PAGE, 4 * MIB, 0);
	piece(&query, PAGE);
	assert_int_equal(ask(&query), 0);
}

/* ---- windows ---- */

TEST("windows: an island at the top does not decide for all pieces")
{
	const enum fk_placement placements[] = { FK_PLACE_AUTO, FK_PLACE_IN_PLACE,
						 FK_PLACE_COPY };
	struct query query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(placements); i++) {
		query_init(&query, placements[i]);
		query.request.window = 32 * GIB;
		usable(&query, GIB, 3 * GIB);
		usable(&query, 41 * GIB, 41 * GIB + 4 * MIB);
		/* The first fits the island, the second does not. */
		piece(&query, 2 * MIB);
		piece(&query, 64 * MIB);
		assert_int_equal(ask(&query), 0);
		assert_placed(&query, 0, 3 * GIB - 2 * MIB, placements[i] != FK_PLACE_COPY);
		assert_placed(&query, 1, 3 * GIB - 66 * MIB, placements[i] != FK_PLACE_COPY);
	}
}

TEST("windows: an island that can be copied to does not beat claims further down")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.request.window = 32 * GIB;
	usable(&query, GIB, 3 * GIB);
	usable(&query, 200 * GIB, 201 * GIB);
	claimable(&query, GIB, 3 * GIB);
	piece(&query, 2 * MIB);
	piece(&query, 64 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 3 * GIB - 2 * MIB, true);
	assert_placed(&query, 1, 3 * GIB - 66 * MIB, true);
}

TEST("windows: without one the pieces may lie far apart")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 3 * GIB);
	usable(&query, 200 * GIB, 200 * GIB + 4 * MIB);
	piece(&query, 2 * MIB);
	piece(&query, 64 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 200 * GIB + 2 * MIB, true);
	assert_placed(&query, 1, 3 * GIB - 64 * MIB, true);
}

TEST("windows: they overlap by half, so pieces across a boundary share one")
{
	struct query query;

	/*
	 * The top is at 9 GiB, so windows of 4 GiB are 5-9, 3-7, 1-5 and 0-3. The only
	 * memory that can be claimed lies at 4 GiB and at 6 GiB: in 3-7 alone.
	 */
	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = 4 * GIB;
	usable(&query, GIB, 9 * GIB);
	claimable(&query, 4 * GIB, 4 * GIB + 2 * MIB);
	claimable(&query, 6 * GIB, 6 * GIB + 2 * MIB);
	piece(&query, 2 * MIB);
	piece(&query, 2 * MIB);
	assert_int_equal(ask(&query), 0);
	/* From the bottom up it is no worse. */
	assert_placed(&query, 0, 4 * GIB, true);
	assert_placed(&query, 1, 6 * GIB, true);
	/* 5-9: one claim, one refusal; 3-7: two claims. Upwards 0-3: one refusal; 1-5: both. */
	assert_int_equal(query.calls, 9);
}

TEST("windows: what is further apart than a window is refused, and told which piece")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = 4 * GIB;
	usable(&query, GIB, 9 * GIB);
	claimable(&query, GIB, GIB + 2 * MIB);
	claimable(&query, 8 * GIB, 8 * GIB + 2 * MIB);
	piece(&query, 2 * MIB);
	piece(&query, 2 * MIB);
	assert_refused(&query, -ENOSPC, 1);
}

TEST("windows: small ones go down by 1 GiB, and the last one reaches 0")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = GIB;
	usable(&query, 0, 5 * GIB - MIB);
	claimable(&query, 0, 2 * MIB);
	piece(&query, 2 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 0, true);
	assert_int_equal(query.calls, 5);

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = 2 * GIB;
	usable(&query, 0, 5 * GIB);
	claimable(&query, 0, 0);
	piece(&query, 2 * MIB);
	assert_refused(&query, -ENOSPC, 0);
	/* 3-5, 2-4, 1-3, 0-2. */
	assert_int_equal(query.calls, 4);
}

TEST("windows: a piece is not placed across the end of one")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = GIB;
	usable(&query, 2 * GIB - 2 * MIB, 2 * GIB + 2 * MIB);
	piece(&query, 4 * MIB);
	assert_refused(&query, -ENOSPC, 0);

	query.request.window = 2 * GIB;
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB - 2 * MIB, true);
}

TEST("windows: one that is larger than all memory is one try")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = 1ULL << 63;
	usable(&query, GIB, 3 * GIB);
	claimable(&query, 0, 0);
	piece(&query, MIB);
	assert_refused(&query, -ENOSPC, 0);
	assert_int_equal(query.calls, 1);
}

/* ---- top and bottom ---- */

TEST("bottom: memory that can be claimed in the middle is left whole, if there is lower one")
{
	const u64 windows[] = { 0, 4 * GIB, 32 * GIB };
	struct query query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(windows); i++) {
		query_init(&query, FK_PLACE_AUTO);
		query.request.window = windows[i];
		usable(&query, GIB, 9 * GIB);
		claimable(&query, GIB + 64 * MIB, GIB + 256 * MIB);
		claimable(&query, 4 * GIB, 6 * GIB);
		piece(&query, 64 * MIB);
		piece(&query, 2 * MIB);
		assert_int_equal(ask(&query), 0);
		assert_placed(&query, 0, GIB + 64 * MIB, true);
		assert_placed(&query, 1, GIB + 128 * MIB, true);
	}
}

TEST("bottom: the top is better, and so is what is nearly the top")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 9 * GIB);
	claimable(&query, GIB, 2 * GIB);
	claimable(&query, 8 * GIB, 8 * GIB + 256 * MIB);
	piece(&query, 64 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 8 * GIB + 192 * MIB, true);
	assert_int_equal(query.calls, 1);
}

TEST("bottom: the upper half of the middle is better than its lower half")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 9 * GIB);
	claimable(&query, 4 * GIB, 7 * GIB);
	piece(&query, 64 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 7 * GIB - 64 * MIB, true);
	assert_int_equal(query.calls, 3);
}

TEST("bottom: an alignment and an offset are kept there too")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB + 8 * PAGE, 9 * GIB);
	claimable(&query, GIB + 8 * PAGE, 4 * GIB);
	piece_at(&query, 2 * MIB, 2 * MIB, 512 * 1024);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, GIB + 512 * 1024, true);
}

TEST("bottom: an error of the second search, and of the third, is an error")
{
	const int errors[] = { -EINTR, -ENOMEM };
	struct query query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		query_init(&query, FK_PLACE_IN_PLACE);
		usable(&query, GIB, 9 * GIB);
		claimable(&query, 4 * GIB, 7 * GIB);
		piece(&query, 64 * MIB);
		query.script.fail_from = 1;
		query.script.fail_with = errors[i];
		assert_refused(&query, errors[i], errors[i] == -EINTR ? -1 : 0);
		assert_int_equal(query.calls, errors[i] == -EINTR ? 2 : 3);
	}
}

/* ---- flaws ---- */

/* Without a look at the set afterwards: flaws are gone from it. */
static int ask_once(struct query *query)
{
	int err = fk_place_check(&query->request, PAGE, PA_BITS, &query->error);

	return err ? err : fk_place_all(&query->request, &query->error);
}

TEST("flaws: a copy does not go to a page that has one")
{
	struct query query;

	query_init(&query, FK_PLACE_COPY);
	usable(&query, GIB, 2 * GIB);
	query.script.flaw = 2 * GIB - MIB;
	piece(&query, 2 * MIB);
	piece(&query, 512 * 1024);
	assert_int_equal(ask_once(&query), 0);
	assert_placed(&query, 0, 2 * GIB - 3 * MIB, false);
	assert_placed(&query, 1, 2 * GIB - 512 * 1024, false);
}

TEST("flaws: where only they are left there is no place")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB, GIB + 2 * MIB);
	claimable(&query, 0, 0);
	query.script.flaw = GIB + MIB;
	piece(&query, 2 * MIB);
	assert_int_equal(ask_once(&query), -ENOSPC);
}

/* ---- kinds of places ---- */

TEST("kinds: a copy never claims")
{
	static const struct fk_place_ops copy_ops = { .find_flaw = find_flaw };
	struct query query;

	query_init(&query, FK_PLACE_COPY);
	query.request.ops = &copy_ops;
	usable(&query, GIB, 2 * GIB);
	piece(&query, MIB);
	piece(&query, MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB - MIB, false);
	assert_placed(&query, 1, 2 * GIB - 2 * MIB, false);
}

TEST("kinds: auto falls back piece by piece")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB, 2 * GIB);
	claimable(&query, GIB, GIB + 3 * MIB);
	piece(&query, MIB);
	piece(&query, 64 * MIB);
	piece(&query, MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, GIB + 2 * MIB, true);
	assert_placed(&query, 1, 2 * GIB - 64 * MIB, false);
	assert_placed(&query, 2, GIB + MIB, true);
	/* Two to see that not all can be claimed, three to place them. */
	assert_int_equal(query.calls, 5);
}

TEST("kinds: in place never copies")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, 2 * GIB);
	claimable(&query, GIB, GIB + 3 * MIB);
	piece(&query, MIB);
	piece(&query, 64 * MIB);
	assert_refused(&query, -ENOSPC, 1);
	assert_int_equal(query.calls, 2);
}

TEST("kinds: a kernel that cannot claim leaves copies")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.script.fail_from = 0;
	query.script.fail_with = -EOPNOTSUPP;
	usable(&query, GIB, 2 * GIB);
	piece(&query, MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB - MIB, false);

	query.request.placement = FK_PLACE_IN_PLACE;
	assert_refused(&query, -ENOSPC, 0);
}

/* ---- failures half-way ---- */

TEST("failures: a signal at any call undoes everything")
{
	const enum fk_placement placements[] = { FK_PLACE_AUTO, FK_PLACE_IN_PLACE };
	struct query query;
	unsigned int i;
	int at;

	for (i = 0; i < ARRAY_SIZE(placements); i++) {
		for (at = 0; at < 4; at++) {
			query_init(&query, placements[i]);
			query.request.window = 32 * GIB;
			query.script.fail_at = at;
			query.script.fail_with = -EINTR;
			usable(&query, GIB, 3 * GIB);
			usable(&query, 41 * GIB, 41 * GIB + 4 * MIB);
			/* The island takes two, so the fourth call is in a second window. */
			piece(&query, 2 * MIB);
			piece(&query, 2 * MIB);
			piece(&query, 64 * MIB);
			assert_refused(&query, -EINTR, -1);
			assert_int_equal(query.calls, at + 1);
		}
	}
}

TEST("failures: a signal while auto decides piece by piece")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	usable(&query, GIB, 2 * GIB);
	claimable(&query, GIB, GIB + MIB);
	query.script.fail_at = 4;
	query.script.fail_with = -EINTR;
	piece(&query, MIB);
	piece(&query, MIB);
	piece(&query, MIB);
	/* Calls 0 and 1 try to claim all, 2 claims again, 3 leads to a copy. */
	assert_refused(&query, -EINTR, -1);
	assert_int_equal(query.calls, 5);
}

TEST("failures: too little memory ends the search for claims")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = GIB;
	query.script.fail_from = 1;
	query.script.fail_with = -ENOMEM;
	usable(&query, 0, 5 * GIB);
	piece(&query, MIB);
	piece(&query, MIB);
	assert_refused(&query, -ENOMEM, 1);
	/* No window further down is tried. */
	assert_int_equal(query.calls, 2);
}

TEST("failures: with too little memory auto copies the rest")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.script.fail_at = 1;
	query.script.fail_with = -ENOMEM;
	usable(&query, GIB, 2 * GIB);
	piece(&query, MIB);
	piece(&query, 2 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB - MIB, true);
	assert_placed(&query, 1, 2 * GIB - 3 * MIB, true);

	query_init(&query, FK_PLACE_AUTO);
	query.script.fail_from = 0;
	query.script.fail_with = -ENOMEM;
	usable(&query, GIB, 2 * GIB);
	piece(&query, MIB);
	piece(&query, 2 * MIB);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB - MIB, false);
	assert_placed(&query, 1, 2 * GIB - 3 * MIB, false);
}

TEST("failures: no memory and no room is no room")
{
	struct query query;

	query_init(&query, FK_PLACE_AUTO);
	query.script.fail_from = 0;
	query.script.fail_with = -ENOMEM;
	usable(&query, GIB, GIB + 4 * MIB);
	piece(&query, 3 * MIB);
	piece(&query, 2 * MIB);
	assert_refused(&query, -ENOSPC, 1);
}

/* ---- a map that is full ---- */

TEST("full: a place that would split a range of a full map is given back")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	usable(&query, GIB, GIB + 2 * MIB);
	usable(&query, 2 * GIB, 2 * GIB + 3 * PAGE);
	query.usable.max = 2;
	piece_at(&query, PAGE, 4 * PAGE, PAGE);
	assert_refused(&query, -ENOSPC, 0);

	/* One more range is enough. */
	query.usable.max = 3;
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, 2 * GIB + PAGE, true);
}

TEST("full: undoing needs no room")
{
	const enum fk_placement placements[] = { FK_PLACE_AUTO, FK_PLACE_IN_PLACE,
						 FK_PLACE_COPY };
	struct query query;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(placements); i++) {
		/*
		 * The first piece takes a whole range, the second splits one and so uses the
		 * room that the first has made. The third has no place.
		 */
		query_init(&query, placements[i]);
		usable(&query, GIB, GIB + 3 * PAGE);
		usable(&query, 2 * GIB + PAGE, 2 * GIB + 2 * PAGE);
		query.usable.max = 2;
		piece(&query, PAGE);
		piece_at(&query, PAGE, 4 * PAGE, PAGE);
		piece(&query, 2 * PAGE);
		assert_refused(&query, -ENOSPC, 2);
	}
}

TEST("full: a window whose map would be full is passed over")
{
	struct query query;

	query_init(&query, FK_PLACE_IN_PLACE);
	query.request.window = GIB;
	usable(&query, GIB, GIB + 2 * PAGE);
	usable(&query, 2 * GIB, 2 * GIB + 3 * PAGE);
	query.usable.max = 2;
	piece_at(&query, PAGE, 4 * PAGE, PAGE);
	assert_int_equal(ask(&query), 0);
	assert_placed(&query, 0, GIB + PAGE, true);
}

/* ---- at random ---- */

static u64 next_random(u64 *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static void random_query(struct query *query, u64 *seed)
{
	unsigned int i, nr = 1 + next_random(seed) % 5;
	u64 start = next_random(seed) % 4 * (GIB / 2);

	query_init(query, (enum fk_placement)(next_random(seed) % 3));
	query->request.window = next_random(seed) % 2 ? GIB << next_random(seed) % 4 : 0;
	for (i = 0; i < nr; i++) {
		u64 size = (1 + next_random(seed) % 12) * PAGE;

		usable(query, start, start + size);
		start += size + (1 + next_random(seed) % 8) * (next_random(seed) % 2 ? PAGE : GIB);
	}
	query->usable.max = query->usable.nr + next_random(seed) % 3;
	for (i = 0; i < next_random(seed) % 3; i++)
		claimable(query, query->memory[i % query->usable.nr].start,
			  query->memory[i % query->usable.nr].end - PAGE);
	if (next_random(seed) % 3 == 0) {
		query->script.fail_at = (int)(next_random(seed) % 8);
		query->script.fail_with = next_random(seed) % 2 ? -EINTR : -ENOMEM;
	}
	for (nr = 1 + next_random(seed) % 4; nr; nr--) {
		u64 align = PAGE << next_random(seed) % 3;

		piece_at(query, 1 + next_random(seed) % (4 * PAGE), align,
			 next_random(seed) % 2 ? align - PAGE : 0);
	}
}

TEST("random queries are answered rightly, or leave everything as before")
{
	unsigned int i, placed = 0, refused = 0;
	struct query query;
	u64 seed = 1;

	for (i = 0; i < 20000; i++) {
		random_query(&query, &seed);
		if (ask(&query))
			refused++;
		else
			placed++;
	}
	assert_true(placed > 2000);
	assert_true(refused > 2000);
}
