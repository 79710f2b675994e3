// SPDX-License-Identifier: GPL-2.0
/*
 * Copies of arbitrary live tables into tables that may hold something already:
 * what was there stays, what is copied translates as it did, changed only as the
 * call asks; a failure leaves no trace, and comes only where there is a reason.
 */
#include "fuzz.h"

#define VALID		(1ULL << 0)
#define AP_EL0		(1ULL << 6)
#define AF		(1ULL << 10)
#define HINT		(1ULL << 52)
#define MAX_TABLES	64
#define MAX_SAMPLES	256

/* The live tables, known by what they translate. */
struct live {
	struct arena arena;
	struct fk_pgtable pt;
	unsigned int nr;
	struct {
		int level;
		u64 va;
		u64 *entry;
	} table[MAX_TABLES];
	bool has_invalid;
	bool has_stray_table;
};

struct samples {
	unsigned int nr;
	u64 va[MAX_SAMPLES];
	struct ref_walk before[MAX_SAMPLES];
};

static void sample(struct samples *samples, u64 va)
{
	if (samples->nr < MAX_SAMPLES)
		samples->va[samples->nr++] = va;
}

/* The table of @level that translates @va, and those above it; NULL if all are used. */
static u64 *live_table(struct live *live, int level, u64 va)
{
	const struct fk_pt_geometry *geo = &live->pt.geo;
	u64 start, pa, *parent, *entry;
	unsigned int i;

	if (level == ref_first_level(geo))
		return arena_table(&live->arena, live->pt.root_pa);
	start = va & ~((1ULL << ref_lsb(geo, level - 1)) - 1);
	for (i = 0; i < live->nr; i++) {
		if (live->table[i].level == level && live->table[i].va == start)
			return live->table[i].entry;
	}
	parent = live_table(live, level - 1, va);
	if (!parent || live->nr == MAX_TABLES)
		return NULL;
	entry = arena_alloc(&live->arena, &pa);
	parent[ref_index(geo, level - 1, va)] = ref_address(geo, pa) | 3;
	live->table[live->nr].level = level;
	live->table[live->nr].va = start;
	live->table[live->nr].entry = entry;
	live->nr++;
	return entry;
}

static void put_live(struct input *input, struct live *live, struct samples *samples)
{
	const struct fk_pt_geometry *geo = &live->pt.geo;
	int first = ref_first_level(geo);
	u64 va = take_va(input, geo);
	u8 how = take_u8(input);
	int level = first + (how & 7) % (4 - first);
	u64 leaf = 1ULL << ref_lsb(geo, level);
	unsigned int i, count = ref_group(geo, level), index;
	u64 desc, attrs, *table = live_table(live, level, va);

	if (!table)
		return;
	index = ref_index(geo, level, va);
	sample(samples, va);
	switch (how >> 3 & 7) {
	case 0:		/* anything */
		desc = take_u64(input);
		table[index] = desc;
		live->has_invalid = true;
		live->has_stray_table = true;
		return;
	case 1:		/* what a table imposes */
		if (level < 3 && (table[index] & 3) == 3)
			table[index] |= (u64)take_u8(input) << 56 & 0xf8ULL << 56;
		return;
	case 2:		/* not valid */
		if ((table[index] & 3) == 3 && level < 3)
			return;
		table[index] &= ~VALID;
		live->has_invalid = true;
		return;
	default:
		break;
	}

	/* Leaves, of which a group may be whole, or nearly so. */
	attrs = (take_u64(input) & 0xf87c000000000cfcULL & ~HINT) | AF;
	attrs |= level == 3 ? 3 : 1;
	if (!ref_has_leaves(geo, level))
		live->has_invalid = true;
	if ((how >> 6) == 0 || count == 1) {
		va &= ((1ULL << geo->pa_bits) - 1) & ~(leaf - 1);
		table[index] = ref_address(geo, va) | attrs;
		return;
	}
	index = index / count * count;
	va &= ~(count * leaf - 1);
	for (i = 0; i < count; i++) {
		if (level < 3 && (table[index + i] & 3) == 3)
			continue;
		desc = ref_address(geo, (va + i * leaf) & ((1ULL << geo->pa_bits) - 1));
		table[index + i] = desc | attrs | HINT;
	}
	sample(samples, va);
	sample(samples, va + (count - 1) * leaf);
}

/* The same walk, had the last descriptor been valid. */
static struct ref_walk made_valid(struct live *live, u64 va)
{
	const struct fk_pt_geometry *geo = &live->pt.geo;
	struct ref_walk walk = ref_walk(&live->arena, geo, live->pt.root_pa, va);
	u64 *entry = &live_table(live, walk.level, va)[ref_index(geo, walk.level, va)];

	*entry |= VALID;
	walk = ref_walk(&live->arena, geo, live->pt.root_pa, va);
	*entry &= ~VALID;
	return walk;
}

static void check_copied(struct live *live, struct arena *arena, const struct fk_pgtable *pt,
			 u64 va, const struct ref_walk *before, unsigned int flags)
{
	const struct fk_pt_geometry *geo = &pt->geo;
	struct ref_walk from = agree(&live->arena, &live->pt, va);
	struct ref_walk to = agree(arena, pt, va);

	CHECK(!to.no_table && !to.torn);
	if ((flags & FK_PT_COPY_MAKE_VALID) && from.last && !(from.last & VALID))
		from = made_valid(live, va);
	if (before->valid) {
		CHECK(to.valid && to.pa == before->pa && to.w == before->w && to.x == before->x);
		CHECK(to.level == before->level);
		CHECK(!from.valid || from.pa == to.pa);
		return;
	}
	CHECK(to.valid == from.valid);
	if (!to.valid)
		return;
	CHECK(to.pa == from.pa);
	CHECK(to.attrindx == from.attrindx);
	/* What EL0 can write once it is lifted, the privileged level does not execute. */
	if (!(to.w && !from.w && !geo->pie && (to.desc & AP_EL0)))
		CHECK(to.x == from.x);
	CHECK(to.w == (from.w || (flags & FK_PT_COPY_WRITABLE)));
	CHECK(to.r == from.r || (flags & FK_PT_COPY_WRITABLE));
	CHECK(to.size <= from.size);
	/* Memory type, shareability, GP, nG (but for one made valid), PBHA. */
	CHECK(!((to.desc ^ from.desc) & (0xf804000000000c3cULL & ~(1ULL << 11))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, data + size };
	struct fk_pt_geometry geo = take_geometry(&input);
	static struct samples samples;
	static struct arena arena;
	static struct live live;
	struct arena *before, *live_before;
	struct fk_pgtable pt;
	unsigned int i, maps = 0;
	u64 va, bytes, page = 1ULL << geo.granule_shift;
	u8 what, flags, fail;
	int err;

	memset(&live, 0, sizeof(live));
	samples.nr = 0;
	arena_init(&live.arena, &geo);
	CHECK(!fk_pgtable_init(&live.pt, &geo, &arena_ops, &live.arena));
	arena_init(&arena, &geo);
	CHECK(!fk_pgtable_init(&pt, &geo, &arena_ops, &arena));

	for (what = take_u8(&input) & 15; what; what--)
		put_live(&input, &live, &samples);
	for (what = take_u8(&input) & 3; what; what--) {
		va = take_va(&input, &geo);
		bytes = (1 + (take_u8(&input) & 7)) * page;
		if (!fk_pgtable_map(&pt, va, va & ((1ULL << geo.pa_bits) - 1), bytes,
				    take_u8(&input) % 3)) {
			sample(&samples, va);
			maps++;
		}
	}

	va = take_va(&input, &geo);
	bytes = take_va(&input, &geo) - range_start(&geo);
	what = take_u8(&input);
	flags = what & (FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID);
	if (bytes > range_start(&geo) + range_bytes(&geo) - va)
		bytes = range_start(&geo) + range_bytes(&geo) - va;
	if (!bytes)
		bytes = page;
	fail = take_u8(&input);
	arena.allocs = 0;
	arena.fail_at = fail < 128 ? -1 : fail & 15;
	if (what & 4)
		live.arena.ram_end = 1ULL << (geo.pa_bits - 1);

	sample(&samples, va);
	sample(&samples, va - page);
	sample(&samples, va + bytes - page);
	sample(&samples, va + bytes);
	for (i = 0; i < 8; i++)
		sample(&samples, va + ((bytes / 8 * i) & ~(page - 1)));
	for (i = 0; i < samples.nr; i++)
		samples.before[i] = agree(&arena, &pt, samples.va[i]);

	before = arena_snapshot(&arena);
	live_before = arena_snapshot(&live.arena);
	err = fk_pgtable_copy(&pt, &live.pt, va, bytes, flags);
	CHECK(arena_equal(&live.arena, live_before));
	CHECK(pt.pages == arena.live);
	switch (err) {
	case 0:
		break;
	case -ENXIO:
		CHECK((flags & FK_PT_COPY_MAKE_VALID) && live.has_invalid);
		break;
	case -EFAULT:
		CHECK(live.has_stray_table);
		break;
	case -EINVAL:
		CHECK(geo.pie && (flags & FK_PT_COPY_WRITABLE));
		break;
	case -EEXIST:
		CHECK(maps);
		break;
	case -ENOMEM:
		CHECK(arena.fail_at >= 0);
		break;
	default:
		CHECK(!"an errno that is not in the contract");
	}
	if (err)
		CHECK(arena_equal(&arena, before));
	for (i = 0; !err && i < samples.nr; i++) {
		bool inside = samples.va[i] - va < bytes;
		struct ref_walk to = agree(&arena, &pt, samples.va[i]);

		if (inside)
			check_copied(&live, &arena, &pt, samples.va[i], &samples.before[i], flags);
		else
			CHECK(to.valid == samples.before[i].valid && to.pa == samples.before[i].pa);
	}

	arena_reset(before);
	free(before);
	arena_reset(live_before);
	free(live_before);
	fk_pgtable_destroy(&pt);
	CHECK(arena_reset(&arena) == 0);
	arena_reset(&live.arena);
	return 0;
}
