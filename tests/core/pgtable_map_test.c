// SPDX-License-Identifier: GPL-2.0
/* fk_pgtable_map(): what is mapped, with which leaves, and what is refused. */
#include "behaviour.h"
#include "model.h"

#define MB	(1ULL << 20)
#define GB	(1ULL << 30)

static u64 range_size(const struct bench *bench)
{
	return 1ULL << bench->pt.geo.va_bits;
}

static bool fits(const struct bench *bench, u64 offset, u64 size)
{
	return offset + size <= range_size(bench);
}

/* Bytes of a level 2 block, or a quarter of a range that has none. */
static u64 chunk_size(const struct bench *bench)
{
	u64 block = leaf_size(&bench->pt.geo, 2);

	return fits(bench, block, block) ? block : range_size(bench) / 4;
}

static void map(struct bench *bench, u64 va, u64 pa, u64 size, enum fk_pt_prot prot)
{
	assert_int_equal(fk_pgtable_map(&bench->pt, va, pa, size, prot), 0);
	assert_mapped(bench, va, pa, size, prot);
}

/* ---- what is mapped ---- */

TEST_EACH_SHAPE("map: a page and not its neighbours")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 va = first_va(geo) + 37 * page;

	map(bench, va, 5 * page, page, FK_PT_RW);
	assert_hole(bench, va - 1);
	assert_hole(bench, va + page);
}

TEST_EACH_SHAPE("map: first and last page of the range")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 first = first_va(geo);
	u64 last = first + range_size(bench) - page;

	map(bench, last, (1ULL << geo->pa_bits) - page, page, FK_PT_RX);
	map(bench, first, 0, page, FK_PT_RO);
	assert_hole(bench, first + page);
	assert_hole(bench, last - 1);
	/* Again: what is there is recognised, high address bits and all. */
	map(bench, last, (1ULL << geo->pa_bits) - page, page, FK_PT_RX);
}

TEST_EACH_SHAPE("map: the whole range at once")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 first = first_va(geo);
	u64 step = range_size(bench) / 16;
	unsigned int i;

	/* Otherwise it does not fit the output range, or a host's memory. */
	if (geo->va_bits > geo->pa_bits ||
	    ref_lsb(geo, top_leaf_level(geo)) + 16 < geo->va_bits)
		return;
	assert_int_equal(fk_pgtable_map(&bench->pt, first, 0, range_size(bench), FK_PT_RW), 0);
	for (i = 0; i < 16; i++)
		assert_int_equal(seen(bench, first + i * step + 12345).pa, i * step + 12345);
	assert_int_equal(seen(bench, first - 1 + range_size(bench)).pa, range_size(bench) - 1);
}

/* The descriptor bit by bit: the Arm ARM's encoding, written out in by_hand(). */
TEST_EACH_SHAPE("map: every attribute bit is written")
{
	static const enum fk_pt_prot prots[] = { FK_PT_RO, FK_PT_RW, FK_PT_RX };
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 size = leaf_size(geo, 2);
	unsigned int i;

	for (i = 0; i < 3 && fits(bench, i * size, size); i++) {
		u64 va = first_va(geo) + i * size;

		map(bench, va, size, size, prots[i]);
		assert_int_equal(seen(bench, va).desc & ~(1ULL << 52),
				 by_hand(geo, seen(bench, va).level, size, prots[i]));
	}
}

TEST_EACH_SHAPE("R13: identity map, range map and copy in one set of tables")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 first = first_va(geo);

	*desc_at(live, first + 9 * page, 3) = by_hand(geo, 3, 77 * page, FK_PT_RO);
	if (!geo->top_range)
		map(bench, 3 * page, 3 * page, page, FK_PT_RX);
	map(bench, first + 5 * page, 40 * page, 2 * page, FK_PT_RW);
	assert_int_equal(fk_pgtable_copy(&bench->pt, &live->pt, first + 8 * page, 2 * page, 0), 0);
	if (!geo->top_range)
		assert_mapped(bench, 3 * page, 3 * page, page, FK_PT_RX);
	assert_mapped(bench, first + 5 * page, 40 * page, 2 * page, FK_PT_RW);
	assert_mapped(bench, first + 9 * page, 77 * page, page, FK_PT_RO);
	assert_hole(bench, first + 4 * page);
	assert_hole(bench, first + 7 * page);
	assert_hole(bench, first + 8 * page);
	bench_free(live);
}

/* ---- R7: large leaves, few tables ---- */

TEST_EACH_SHAPE("R7: a leaf of every level")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++) {
		u64 size = leaf_size(geo, level);
		u64 va = first_va(geo) + size;

		map(bench, va, size, size, FK_PT_RW);
		assert_int_equal(seen(bench, va).level, level);
		assert_int_equal(seen(bench, va).size, size);
		if (fits(bench, 2 * size, page))
			assert_hole(bench, va + size);
		/* The leaves of the levels below lie in the hole before it. */
		assert_hole(bench, va - 1);
	}
	assert_true(bench->pt.pages <= 5);
}

TEST_EACH_SHAPE("R7: pages up to a block and after it")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	int level;

	for (level = top_leaf_level(geo); level < 3; level++) {
		u64 size = leaf_size(geo, level);
		u64 va = first_va(geo) + size - 2 * page;
		struct bench *fresh;

		if (!fits(bench, size, size + 2 * page))
			continue;
		fresh = bench_new(geo);
		map(fresh, va, 2 * size - 2 * page, size + 4 * page, FK_PT_RX);
		assert_int_equal(seen(fresh, va).level, 3);
		assert_int_equal(seen(fresh, va + page).level, 3);
		assert_int_equal(seen(fresh, va + 2 * page).level, level);
		assert_int_equal(seen(fresh, va + 2 * page + size).level, 3);
		assert_hole(fresh, va - 1);
		assert_hole(fresh, va + size + 4 * page);
		bench_free(fresh);
	}
}

/* Virtual and physical address agree modulo a smaller leaf only: that one is used. */
TEST_EACH_SHAPE("R7: the largest leaf that both addresses allow")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level;

	for (level = top_leaf_level(geo); level < 3; level++) {
		u64 size = leaf_size(geo, level);
		u64 below = leaf_size(geo, level + 1);
		struct bench *fresh = bench_new(geo);

		map(fresh, first_va(geo), size + below, size, FK_PT_RO);
		assert_int_equal(seen(fresh, first_va(geo)).level, level + 1);
		assert_int_equal(seen(fresh, first_va(geo) + size - 1).level, level + 1);
		bench_free(fresh);
	}
}

TEST_EACH_SHAPE("R7: a handful of tables whatever the size")
{
	static const u64 sizes[] = { 42 * MB, 256 * MB, GB, 16 * GB, 64 * GB };
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	unsigned int i;

	for (i = 0; i < 5; i++) {
		u64 start = 1026 * MB;
		struct bench *fresh;

		if (!fits(bench, start, sizes[i]) || (start + sizes[i]) >> geo->pa_bits)
			continue;
		fresh = bench_new(geo);
		assert_int_equal(fk_pgtable_map(&fresh->pt, first_va(geo) + start, start, sizes[i],
						FK_PT_RW), 0);
		assert_in_range(fresh->pt.pages, 1, 8);
		assert_int_equal(fresh->pt.pages, fresh->arena.live);
		bench_free(fresh);
	}
}

TEST_EACH_SHAPE("R7: an identity page costs one table a level")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);

	map(bench, first_va(geo), 0, page, FK_PT_RX);
	assert_int_equal(bench->pt.pages, 4 - ref_first_level(geo));
	map(bench, first_va(geo) + page, page, page, FK_PT_RW);
	assert_int_equal(bench->pt.pages, 4 - ref_first_level(geo));
}

/* ---- R10: contiguous groups ---- */

static u64 group_bytes(const struct fk_pt_geometry *geo, int level)
{
	return ref_group(geo, level) * leaf_size(geo, level);
}

TEST_EACH_SHAPE("R10: the hint on whole, aligned groups only")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++) {
		u64 leaf = leaf_size(geo, level);
		u64 group = group_bytes(geo, level);
		u64 va = first_va(geo) + group - leaf;
		struct bench *fresh;

		if (group == leaf || !fits(bench, group, group + leaf))
			continue;
		fresh = bench_new(geo);
		map(fresh, va, 3 * group - leaf, group + 2 * leaf, FK_PT_RW);
		assert_false(seen(fresh, va).hint);
		assert_true(seen(fresh, va + leaf).hint);
		assert_true(seen(fresh, va + group).hint);
		assert_false(seen(fresh, va + leaf + group).hint);
		bench_free(fresh);
	}
}

TEST_EACH_SHAPE("R10: no hint where the output is not aligned")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 leaf = leaf_size(geo, 3);
	u64 group = group_bytes(geo, 3);
	u64 at;

	map(bench, first_va(geo), group + leaf, 2 * group, FK_PT_RW);
	for (at = 0; at < 2 * group; at += leaf)
		assert_false(seen(bench, first_va(geo) + at).hint);
}

TEST_EACH_SHAPE("R10: no hint on a group larger than the range")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level = ref_first_level(geo);

	if (!ref_has_leaves(geo, level) || group_bytes(geo, level) <= range_size(bench))
		return;
	map(bench, first_va(geo), 0, range_size(bench), FK_PT_RW);
	assert_int_equal(seen(bench, first_va(geo)).level, level);
	assert_false(seen(bench, first_va(geo)).hint);
}

TEST_EACH_SHAPE("R10: a group filled in two steps has no hint")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 leaf = leaf_size(geo, 3);
	u64 group = group_bytes(geo, 3);
	u64 va = first_va(geo);
	u64 at;

	map(bench, va + leaf, group + leaf, leaf, FK_PT_RW);
	/* The first group is whole only with what was there before; the next is new. */
	map(bench, va, group, 2 * group, FK_PT_RW);
	for (at = 0; at < group; at += leaf)
		assert_false(seen(bench, va + at).hint);
	for (; at < 2 * group; at += leaf)
		assert_true(seen(bench, va + at).hint);
	map(bench, va + group / 2, group + group / 2, group, FK_PT_RW);
	assert_true(seen(bench, va + group).hint);
}

/* ---- overlaps ---- */

TEST_EACH_SHAPE("map: again alike, at no cost")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 va = first_va(geo) + 3 * page;
	u64 size = chunk_size(bench);
	u64 pa = size + 3 * page;
	struct arena *before;

	map(bench, va, pa, size, FK_PT_RW);
	before = arena_snapshot(&bench->arena);
	map(bench, va, pa, size, FK_PT_RW);
	map(bench, va, pa, page, FK_PT_RW);
	map(bench, va + size - page, pa + size - page, page, FK_PT_RW);
	map(bench, va + page, pa + page, size - 2 * page, FK_PT_RW);
	assert_true(arena_equal(&bench->arena, before));
	assert_int_equal(bench->pt.pages, bench->arena.live);
	arena_reset(before);
	free(before);
}

TEST_EACH_SHAPE("map: a block over pages, pages over a block")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 block = chunk_size(bench);
	u64 va = first_va(geo);

	/* Some pages, then the block around them: the rest is filled with pages. */
	map(bench, va + 4 * page, block + 4 * page, 2 * page, FK_PT_RO);
	map(bench, va, block, block, FK_PT_RO);
	assert_int_equal(seen(bench, va).level, 3);

	/* A block, then pages of it: they are there. */
	map(bench, va + block, 4 * block, block, FK_PT_RO);
	map(bench, va + block + page, 4 * block + page, page, FK_PT_RO);
	assert_int_equal(seen(bench, va + block + page).level, block == leaf_size(geo, 2) ? 2 : 3);
}

static void refuse(struct bench *bench, u64 va, u64 pa, u64 size, enum fk_pt_prot prot, int err)
{
	struct arena *before = arena_snapshot(&bench->arena);

	assert_int_equal(fk_pgtable_map(&bench->pt, va, pa, size, prot), err);
	assert_true(arena_equal(&bench->arena, before));
	assert_int_equal(bench->pt.pages, bench->arena.live);
	arena_reset(before);
	free(before);
}

TEST_EACH_SHAPE("map: a different mapping is refused whole")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 block = chunk_size(bench);
	u64 va = first_va(geo) + 20 * page;
	u64 pa = block + 20 * page;

	map(bench, va, pa, 4 * page, FK_PT_RW);
	refuse(bench, va, pa, 4 * page, FK_PT_RO, -EEXIST);
	refuse(bench, va, pa, 4 * page, FK_PT_RX, -EEXIST);
	refuse(bench, va + page, pa, page, FK_PT_RW, -EEXIST);
	refuse(bench, va - 9 * page, pa - 9 * page, 10 * page, FK_PT_RX, -EEXIST);
	refuse(bench, va + 3 * page, pa, 300 * page, FK_PT_RW, -EEXIST);
	refuse(bench, first_va(geo), 3 * block, block, FK_PT_RW, -EEXIST);
	/* The conflict is the last page of many, behind tables that had to be made. */
	if (fits(bench, 0, 6 * block)) {
		map(bench, va + 5 * block, pa + 5 * block, page, FK_PT_RX);
		refuse(bench, va, pa, 5 * block + page, FK_PT_RW, -EEXIST);
	}
	assert_mapped(bench, va, pa, 4 * page, FK_PT_RW);
	assert_hole(bench, va - 1);
	assert_hole(bench, va + 4 * page);
}

TEST_EACH_SHAPE("map: bad ranges are refused")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 va = first_va(geo);
	u64 pa_end = 1ULL << geo->pa_bits;

	refuse(bench, va, 0, 0, FK_PT_RW, -EINVAL);
	refuse(bench, va + page / 2, 0, page, FK_PT_RW, -EINVAL);
	refuse(bench, va, page / 2, page, FK_PT_RW, -EINVAL);
	refuse(bench, va, 0, page + page / 2, FK_PT_RW, -EINVAL);
	refuse(bench, va - page, 0, page, FK_PT_RW, -EINVAL);
	refuse(bench, va - page, 0, 2 * page, FK_PT_RW, -EINVAL);
	refuse(bench, va + range_size(bench), 0, page, FK_PT_RW, -EINVAL);
	refuse(bench, va + range_size(bench) - page, 0, 2 * page, FK_PT_RW, -EINVAL);
	refuse(bench, va, 0, range_size(bench) + page, FK_PT_RW, -EINVAL);
	refuse(bench, va, 0, -page, FK_PT_RW, -EINVAL);
	refuse(bench, va, pa_end, page, FK_PT_RW, -EINVAL);
	refuse(bench, va, pa_end - page, 2 * page, FK_PT_RW, -EINVAL);
	refuse(bench, va, -page, page, FK_PT_RW, -EINVAL);
	refuse(bench, va, 0, page, (enum fk_pt_prot)3, -EINVAL);
}

/* ---- failures ---- */

TEST_EACH_SHAPE("map: without memory nothing changes")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	u64 size = chunk_size(bench);
	u64 va = first_va(geo) + page;
	struct arena *before;
	int err;

	/* Something in the way, mapped alike, and tables to build on both sides of it. */
	map(bench, va + 2 * page, size + 2 * page, page, FK_PT_RW);
	before = arena_snapshot(&bench->arena);
	for (bench->arena.fail_at = 0; ; bench->arena.fail_at++) {
		bench->arena.allocs = 0;
		err = fk_pgtable_map(&bench->pt, va, size, size, FK_PT_RW);
		if (!err)
			break;
		assert_int_equal(err, -ENOMEM);
		assert_true(arena_equal(&bench->arena, before));
		assert_int_equal(bench->pt.pages, bench->arena.live);
	}
	assert_int_equal(bench->arena.allocs, bench->arena.live - before->live);
	assert_mapped(bench, va, size, size, FK_PT_RW);
	arena_reset(before);
	free(before);
}

TEST_EACH_SHAPE("map: a table out of reach")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 root_pa = bench->pt.root_pa;
	int level;

	for (level = ref_first_level(geo); level < 3; level++) {
		*desc_at(bench, first_va(geo), level) = ref_address(geo, 0x10000) | 3;
		assert_int_equal(fk_pgtable_map(&bench->pt, first_va(geo), 0, page_size(geo),
						FK_PT_RW), -EFAULT);
		*desc_at(bench, first_va(geo), level) = 0;
	}
	bench->pt.root_pa = 0;
	assert_int_equal(fk_pgtable_map(&bench->pt, first_va(geo), 0, page_size(geo), FK_PT_RW),
			 -EFAULT);
	bench->pt.root_pa = root_pa;
}

/* Nothing that these functions leave behind: not to be built upon. */
TEST_EACH_SHAPE("map: a foreign entry is not overwritten")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level;

	for (level = ref_first_level(geo); level <= 3; level++) {
		*desc_at(bench, first_va(geo), level) = 0x10000;
		refuse(bench, first_va(geo), 0, page_size(geo), FK_PT_RW, -EEXIST);
		*desc_at(bench, first_va(geo), level) = 0;
	}
}

/* ---- random sequences ---- */

/* Whatever was there before the last operation is there still, bit for bit (R11). */
static void assert_only_added(const struct arena *before, struct arena *after)
{
	unsigned int i, entry;

	for (i = 0; i < ARENA_TABLES; i++) {
		const u64 *was = before->table[i];
		const u64 *is = after->table[i];

		if (!was)
			continue;
		assert_non_null(is);
		for (entry = 0; entry < before->granule / 8; entry++) {
			if (was[entry])
				assert_int_equal(is[entry], was[entry]);
			assert_false(is[entry] & 1ULL << 55);
		}
	}
}

static struct model_range random_range(const struct bench *bench, u64 *seed)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int top = top_leaf_level(geo);
	u64 page = page_size(geo);
	u64 window = leaf_size(geo, top) * 2;
	struct model_range range;
	u64 unit, delta;

	if (window > range_size(bench))
		window = range_size(bench);
	unit = leaf_size(geo, top + (int)(random_u64(seed) % (unsigned int)(4 - top)));
	range.va = random_u64(seed) % window & ~(unit - 1);
	range.size = unit * (1 + random_u64(seed) % 4);
	if (random_u64(seed) % 2 && range.va >= 2 * page)
		range.va -= random_u64(seed) % 3 * page;
	if (random_u64(seed) % 2)
		range.size += random_u64(seed) % 3 * page;
	if (range.size > window - range.va)
		range.size = window - range.va;

	/* Mostly one displacement, so that ranges which meet are often alike. */
	delta = leaf_size(geo, top);
	if (random_u64(seed) % 8 == 0)
		delta = leaf_size(geo, 2);
	if (random_u64(seed) % 8 == 0)
		delta += page;
	range.pa = range.va + delta;
	range.va += first_va(geo);
	range.prot = random_u64(seed) % 8 ? FK_PT_RW : FK_PT_RX;
	return range;
}

static bool too_many_pages(const struct bench *bench, const struct model_range *range)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level = 3;

	/* The leaves that the displacement allows decide how many there will be. */
	while (level > top_leaf_level(geo) &&
	       !((range->va ^ range->pa) & (leaf_size(geo, level - 1) - 1)))
		level--;
	return range->size / leaf_size(geo, level) > 4096;
}

static void check_against_model(struct bench *bench, const struct model *model, u64 va)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	const struct model_range *range = model_find(model, va);
	struct ref_walk walk = seen(bench, va);

	if (va - first_va(geo) >= range_size(bench)) {
		assert_true(walk.outside);
		return;
	}
	assert_int_equal(walk.valid, !!range);
	if (!range)
		return;
	assert_int_equal(walk.pa, range->pa + (va - range->va));
	assert_int_equal(walk.w, range->prot == FK_PT_RW);
	assert_int_equal(walk.x, range->prot == FK_PT_RX);
}

TEST_EACH_SHAPE("R11: random maps agree with a list of ranges, and only add")
{
	u64 seed = 0x9e3779b97f4a7c15ULL + bench->pt.geo.va_bits;
	static struct model model;
	unsigned int i, round, ok = 0, refused = 0;

	model.nr = 0;
	for (round = 0; round < 60; round++) {
		struct model_range range = random_range(bench, &seed);
		struct arena *before;
		int err;

		if (too_many_pages(bench, &range))
			continue;
		before = arena_snapshot(&bench->arena);
		err = fk_pgtable_map(&bench->pt, range.va, range.pa, range.size, range.prot);
		if (model_conflicts(&model, &range)) {
			assert_int_equal(err, -EEXIST);
			assert_true(arena_equal(&bench->arena, before));
			refused++;
		} else {
			assert_int_equal(err, 0);
			assert_only_added(before, &bench->arena);
			model.range[model.nr++] = range;
			ok++;
		}
		arena_reset(before);
		free(before);

		for (i = 0; i < model.nr; i++) {
			const struct model_range *at = &model.range[i];

			check_against_model(bench, &model, at->va - 1);
			check_against_model(bench, &model, at->va);
			check_against_model(bench, &model, at->va + random_u64(&seed) % at->size);
			check_against_model(bench, &model, at->va + at->size - 1);
			check_against_model(bench, &model, at->va + at->size);
		}
	}
	/* A sequence in which nothing met, or all did, would show little. */
	assert_true(ok >= 5 && refused >= 5);
}
