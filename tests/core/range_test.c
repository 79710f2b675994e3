// SPDX-License-Identifier: GPL-2.0
/* Range sets, against a bitmap of the same few addresses. */
#include "unit.h"
#include "../../module/core/range.h"

#define ROOM	8
#define SPAN	24

struct pair {
	struct fk_range memory[ROOM];
	struct fk_ranges set;
	bool bit[SPAN];
};

static void pair_init(struct pair *pair, unsigned int max)
{
	memset(pair, 0, sizeof(*pair));
	pair->set.range = pair->memory;
	pair->set.max = max;
}

/* The set says what the bitmap says, and keeps its own promises. */
static void check(const struct pair *pair)
{
	unsigned int i, at, largest = 0, run = 0;

	for (i = 0; i < pair->set.nr; i++) {
		assert_true(pair->memory[i].start < pair->memory[i].end);
		if (i)
			assert_true(pair->memory[i - 1].end < pair->memory[i].start);
	}
	for (at = 0; at < SPAN; at++) {
		assert_int_equal(fk_ranges_hold(&pair->set, at, at + 1), pair->bit[at]);
		run = pair->bit[at] ? run + 1 : 0;
		largest = run > largest ? run : largest;
	}
	assert_int_equal(fk_ranges_largest(&pair->set, 0, SPAN), largest);
}

static u64 next_random(u64 *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

static void random_pair(struct pair *pair, u64 *seed)
{
	unsigned int i, at;

	for (i = next_random(seed) % 4; i; i--) {
		u64 start = next_random(seed) % SPAN;
		u64 end = start + next_random(seed) % (SPAN - start);

		assert_int_equal(fk_ranges_add(&pair->set, start, end), 0);
		for (at = start; at < end; at++)
			pair->bit[at] = true;
	}
}

TEST("union and difference agree with a bitmap")
{
	u64 seed = 1;
	unsigned int round, at, full = 0;
	struct pair pair;

	for (round = 0; round < 20000; round++) {
		u64 start = next_random(&seed) % SPAN;
		u64 end = next_random(&seed) % (SPAN + 1);
		bool add = next_random(&seed) % 2;
		struct pair before;
		int err;

		if (round % 50 == 0)
			pair_init(&pair, 1 + next_random(&seed) % 4);
		before = pair;
		err = add ? fk_ranges_add(&pair.set, start, end) :
			    fk_ranges_remove(&pair.set, start, end);
		if (err) {
			assert_int_equal(err, -ENOMEM);
			assert_int_equal(pair.set.nr, pair.set.max);
			assert_memory_equal(&pair, &before, sizeof(pair));
			full++;
			continue;
		}
		for (at = start; at < end; at++)
			pair.bit[at] = add;
		check(&pair);
	}
	assert_true(full > 10);
}

TEST("intersection agrees with a bitmap")
{
	unsigned int round, at;
	struct pair a, b;
	u64 seed = 7;

	for (round = 0; round < 20000; round++) {
		pair_init(&a, ROOM);
		pair_init(&b, ROOM);
		random_pair(&a, &seed);
		random_pair(&b, &seed);
		assert_int_equal(fk_ranges_intersect(&a.set, &b.set), 0);
		for (at = 0; at < SPAN; at++)
			a.bit[at] = a.bit[at] && b.bit[at];
		check(&a);
	}
}

TEST("holding is holding all")
{
	struct pair pair;

	pair_init(&pair, ROOM);
	assert_true(fk_ranges_hold(&pair.set, 5, 5));
	assert_false(fk_ranges_hold(&pair.set, 5, 6));
	fk_ranges_add(&pair.set, 4, 8);
	fk_ranges_add(&pair.set, 10, 12);
	assert_true(fk_ranges_hold(&pair.set, 4, 8));
	assert_false(fk_ranges_hold(&pair.set, 3, 8));
	assert_false(fk_ranges_hold(&pair.set, 4, 9));
	assert_false(fk_ranges_hold(&pair.set, 4, 12));
	assert_true(fk_ranges_hold(&pair.set, 9, 3));
}

TEST("the largest counts inside the window only")
{
	struct pair pair;

	pair_init(&pair, ROOM);
	fk_ranges_add(&pair.set, 0x1000, 0x9000);
	fk_ranges_add(&pair.set, 0xa000, 0xc000);
	assert_int_equal(fk_ranges_largest(&pair.set, 0, ~0ULL), 0x8000);
	assert_int_equal(fk_ranges_largest(&pair.set, 0x8000, ~0ULL), 0x2000);
	assert_int_equal(fk_ranges_largest(&pair.set, 0x8000, 0xa800), 0x1000);
	assert_int_equal(fk_ranges_largest(&pair.set, 0x9000, 0xa000), 0);
}
