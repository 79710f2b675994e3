// SPDX-License-Identifier: GPL-2.0
/* fk_pgtable_copy(): live tables, made by hand, into new ones. */
#include "behaviour.h"

#define VALID		(1ULL << 0)
#define AP_EL0		(1ULL << 6)
#define RDONLY		(1ULL << 7)
#define NG		(1ULL << 11)
#define GP		(1ULL << 50)
#define DBM		(1ULL << 51)
#define HINT		(1ULL << 52)
#define PXN		(1ULL << 53)
#define UXN		(1ULL << 54)
#define SOFTWARE	(0xfULL << 55)

static bool fits(const struct bench *bench, u64 offset, u64 size)
{
	return offset + size <= 1ULL << bench->pt.geo.va_bits;
}

/* Copy, see that nothing was written to the live tables, and return the error. */
static int copy(struct bench *bench, struct bench *live, u64 va, u64 size, unsigned int flags)
{
	struct arena *before = arena_snapshot(&live->arena);
	int err = fk_pgtable_copy(&bench->pt, &live->pt, va, size, flags);

	assert_true(arena_equal(&live->arena, before));
	assert_int_equal(live->arena.allocs, 1);
	assert_int_equal(bench->pt.pages, bench->arena.live);
	arena_reset(before);
	free(before);
	return err;
}

/* As copy(), for one that fails: nothing of it is left. */
static void refuse(struct bench *bench, struct bench *live, u64 va, u64 size, unsigned int flags,
		   int err)
{
	struct arena *before = arena_snapshot(&bench->arena);

	assert_int_equal(copy(bench, live, va, size, flags), err);
	assert_true(arena_equal(&bench->arena, before));
	arena_reset(before);
	free(before);
}

/* A contiguous group by hand, whole. */
static void put_group(struct bench *live, u64 va, int level, u64 pa, enum fk_pt_prot prot)
{
	const struct fk_pt_geometry *geo = &live->pt.geo;
	u64 leaf = leaf_size(geo, level);
	unsigned int i;

	for (i = 0; i < ref_group(geo, level); i++)
		*desc_at(live, va + i * leaf, level) = by_hand(geo, level, pa + i * leaf, prot) |
						       HINT;
}

static unsigned int count_hints(struct bench *bench, u64 va, int level)
{
	unsigned int i, hints = 0;

	for (i = 0; i < ref_group(&bench->pt.geo, level); i++)
		hints += seen(bench, va + i * leaf_size(&bench->pt.geo, level)).hint;
	return hints;
}

/* A leaf of every level, each in the first half of the hole that the one above leaves. */
static void put_every_level(struct bench *live, enum fk_pt_prot prot)
{
	const struct fk_pt_geometry *geo = &live->pt.geo;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++)
		*desc_at(live, first_va(geo) + leaf_size(geo, level), level) =
			by_hand(geo, level, 2 * leaf_size(geo, level), prot);
}

/* ---- R2: every level, blocks as blocks ---- */

TEST_EACH_SHAPE("R2: a leaf of every level stays one")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	int top = top_leaf_level(geo);
	u64 page = page_size(geo);
	int level;

	put_every_level(live, FK_PT_RO);
	assert_int_equal(copy(bench, live, first_va(geo), 2 * leaf_size(geo, top), 0), 0);
	for (level = top; level <= 3; level++) {
		u64 va = first_va(geo) + leaf_size(geo, level);

		assert_int_equal(seen(bench, va).level, level);
		assert_int_equal(seen(bench, va).desc, seen(live, va).desc);
		assert_mapped(bench, va, 2 * leaf_size(geo, level), page, FK_PT_RO);
		assert_hole(bench, va - 1);
		if (level != top)
			assert_hole(bench, va + leaf_size(geo, level));
	}
	assert_int_equal(bench->pt.pages, live->pt.pages);
	bench_free(live);
}

TEST_EACH_SHAPE("R2: read-only is lifted where the leaf stands")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	int top = top_leaf_level(geo);
	struct ref_walk walk;
	int level;

	put_every_level(live, FK_PT_RO);
	assert_int_equal(copy(bench, live, first_va(geo), 2 * leaf_size(geo, top),
			      FK_PT_COPY_WRITABLE), 0);
	for (level = top; level <= 3; level++) {
		walk = seen(bench, first_va(geo) + leaf_size(geo, level));
		assert_int_equal(walk.level, level);
		assert_true(walk.w);
		assert_false(walk.x);
		assert_int_equal(walk.desc, by_hand(geo, level, 2 * leaf_size(geo, level),
						    FK_PT_RW));
	}
	bench_free(live);
}

/* What a table imposes on the leaves below is theirs in the copy, or lifted there. */
TEST_EACH_SHAPE("R2: what tables impose, too")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	struct bench *lifted = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo);
	u64 *table = desc_at(live, va, ref_first_level(geo));

	if (ref_first_level(geo) < 3) {
		*desc_at(live, va, 3) = by_hand(geo, 3, page, FK_PT_RW);
		*desc_at(live, va + page, 3) = by_hand(geo, 3, 2 * page, FK_PT_RX);
		*table |= 1ULL << 62 | 1ULL << 59;

		assert_int_equal(copy(bench, live, va, 2 * page, 0), 0);
		assert_int_equal(seen(bench, va).w, seen(live, va).w);
		assert_int_equal(seen(bench, va).w, geo->pie);
		assert_int_equal(seen(bench, va + page).x, geo->pie);
		assert_int_equal(copy(lifted, live, va, page, FK_PT_COPY_WRITABLE), 0);
		assert_true(seen(lifted, va).w);

		/* EL0's rights: a page that it may read and execute, were it not for these. */
		*table &= ~(1ULL << 62 | 1ULL << 59);
		*table |= 1ULL << 61 | 1ULL << 60;
		*desc_at(live, va + 2 * page, 3) = (by_hand(geo, 3, 0, FK_PT_RO) & ~UXN) | AP_EL0;
		assert_int_equal(copy(bench, live, va + 2 * page, page, 0), 0);
		if (!geo->pie)
			assert_int_equal(seen(bench, va + 2 * page).desc,
					 by_hand(geo, 3, 0, FK_PT_RO));
	}
	bench_free(lifted);
	bench_free(live);
}

TEST_EACH_SHAPE("R2: of a block that the range cuts, the part inside")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 page = page_size(geo);
	int level;

	for (level = top_leaf_level(geo); level < 3; level++) {
		struct bench *fresh = bench_new(geo);
		struct bench *live = bench_new(geo);
		u64 size = leaf_size(geo, level);
		u64 va = first_va(geo);

		*desc_at(live, va, level) = by_hand(geo, level, size, FK_PT_RX) | HINT;
		assert_int_equal(copy(fresh, live, va + 3 * page, 5 * page, 0), 0);
		assert_mapped(fresh, va + 3 * page, size + 3 * page, 5 * page, FK_PT_RX);
		assert_int_equal(seen(fresh, va + 3 * page).level, 3);
		assert_false(seen(fresh, va + 3 * page).hint);
		/* The part is mapped as any range: with groups of its own. */
		assert_int_equal(copy(fresh, live, va + size / 2, size / 2 - page, 0), 0);
		assert_mapped(fresh, va + size / 2, size + size / 2, page, FK_PT_RX);
		assert_true(seen(fresh, va + size / 2).level > level);
		assert_true(level < 2 || seen(fresh, va + size / 2).hint);
		assert_hole(fresh, va + size - page);
		assert_hole(fresh, va + 2 * page);
		assert_hole(fresh, va + 8 * page);
		bench_free(live);
		bench_free(fresh);
	}
}

/* ---- R3: nothing is changed that the call does not ask for ---- */

TEST_EACH_SHAPE("R3: other attributes stay")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo) + page;
	/* Device memory, non-global, guarded, with PBHA, and software's bits. */
	u64 odd = (by_hand(geo, 3, 8 * page, FK_PT_RW) & ~(7ULL << 2)) | 2ULL << 2 | NG | GP |
		  5ULL << 59;

	*desc_at(live, va, 3) = odd | SOFTWARE;
	assert_int_equal(copy(bench, live, va, page, FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID),
			 0);
	assert_int_equal(seen(bench, va).desc, odd);
	if (!geo->pie) {
		/* Writable is writable: DBM is not set for its own sake. */
		*desc_at(live, va + page, 3) = odd & ~DBM;
		assert_int_equal(copy(bench, live, va + page, page, FK_PT_COPY_WRITABLE), 0);
		assert_int_equal(seen(bench, va + page).desc, odd & ~DBM);
	}
	bench_free(live);
}

TEST_EACH_SHAPE("R3: flags belong to the call")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo);
	unsigned int i;

	for (i = 0; i < 4; i++)
		*desc_at(live, va + i * page, 3) = by_hand(geo, 3, (i + 1) * page, FK_PT_RO);
	assert_int_equal(copy(bench, live, va, page, 0), 0);
	assert_int_equal(copy(bench, live, va + page, page, FK_PT_COPY_WRITABLE), 0);
	assert_int_equal(copy(bench, live, va + 2 * page, page, 0), 0);
	assert_false(seen(bench, va).w);
	assert_true(seen(bench, va + page).w);
	assert_false(seen(bench, va + 2 * page).w);
	assert_hole(bench, va + 3 * page);
	bench_free(live);
}

TEST_EACH_SHAPE("R3: execution survives lifting")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 va = first_va(geo);
	struct arena *before = arena_snapshot(&bench->arena);
	int err;

	*desc_at(live, va, 3) = by_hand(geo, 3, 0, FK_PT_RX);
	err = copy(bench, live, va, page_size(geo), FK_PT_COPY_WRITABLE);
	if (geo->pie && geo->pir == PIR_ODD) {
		/* No index there both writes and executes. */
		assert_int_equal(err, -EINVAL);
		assert_true(arena_equal(&bench->arena, before));
	} else {
		assert_int_equal(err, 0);
		assert_true(seen(bench, va).w);
		assert_true(seen(bench, va).x);
	}
	arena_reset(before);
	free(before);
	bench_free(live);
}

/* Writable by its index, but marked clean: a store would fault all the same. */
TEST("R3: not dirty is lifted under indirect permissions")
{
	struct fk_pt_geometry geo = { .granule_shift = 12, .va_bits = 39, .pa_bits = 40,
				      .pie = true, .pir = PIR_LINUX };
	struct bench *bench = bench_new(&geo);
	struct bench *live = bench_new(&geo);

	*desc_at(live, 0, 3) = by_hand(&geo, 3, 0, FK_PT_RW) | RDONLY;
	assert_false(seen(live, 0).w);
	assert_int_equal(copy(bench, live, 0, 4096, FK_PT_COPY_WRITABLE), 0);
	assert_int_equal(seen(bench, 0).desc, by_hand(&geo, 3, 0, FK_PT_RW));
	bench_free(live);
	bench_free(bench);
}

/* ---- R4: present but invalid ---- */

/* Linux's two ways to take a page out of its linear map. */
static const u64 marks[] = {
	0,		/* up to 6.18: bit 0 is cleared, no more */
	NG,		/* later: PTE_PRESENT_INVALID besides */
};

TEST_EACH_SHAPE("R4: invalid becomes valid if it is memory")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	unsigned int i;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++) {
		for (i = 0; i < 2; i++) {
			struct bench *fresh = bench_new(geo);
			struct bench *live = bench_new(geo);
			u64 size = leaf_size(geo, level);
			u64 good = by_hand(geo, level, 2 * size, FK_PT_RW);

			*desc_at(live, first_va(geo) + size, level) = (good & ~VALID) | marks[i];
			live->arena.ram_start = 2 * size;
			live->arena.ram_end = 3 * size;
			assert_int_equal(copy(fresh, live, first_va(geo), 2 * size,
					      FK_PT_COPY_MAKE_VALID), 0);
			assert_int_equal(seen(fresh, first_va(geo) + size).desc, good);
			assert_int_equal(seen(fresh, first_va(geo) + size).level, level);
			bench_free(live);
			bench_free(fresh);
		}
	}
}

TEST_EACH_SHAPE("R4: memory may begin at address 0")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 va = first_va(geo);

	*desc_at(live, va, 3) = by_hand(geo, 3, 0, FK_PT_RW) & ~VALID;
	assert_int_equal(copy(bench, live, va, page_size(geo), FK_PT_COPY_MAKE_VALID), 0);
	assert_mapped(bench, va, 0, page_size(geo), FK_PT_RW);
	bench_free(live);
}

TEST_EACH_SHAPE("R4: invalid and no memory is an error")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++) {
		struct bench *live = bench_new(geo);
		u64 size = leaf_size(geo, level);
		u64 page = page_size(geo);

		/* A good page first, which must be taken back. */
		*desc_at(live, first_va(geo), 3) = by_hand(geo, 3, 7 * page, FK_PT_RW);
		*desc_at(live, first_va(geo) + size, level) =
			by_hand(geo, level, 2 * size, FK_PT_RW) & ~VALID;
		live->arena.ram_start = 2 * size;
		live->arena.ram_end = 3 * size - 1;
		refuse(bench, live, first_va(geo), 2 * size, FK_PT_COPY_MAKE_VALID, -ENXIO);
		live->arena.ram_start++;
		live->arena.ram_end++;
		refuse(bench, live, first_va(geo), 2 * size, FK_PT_COPY_MAKE_VALID, -ENXIO);
		bench_free(live);
	}
}

TEST_EACH_SHAPE("R4: invalid stays a hole if not asked for")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo);

	*desc_at(live, va, 3) = by_hand(geo, 3, page, FK_PT_RW) & ~VALID;
	*desc_at(live, va + page, 3) = by_hand(geo, 3, 2 * page, FK_PT_RW);
	assert_int_equal(copy(bench, live, va, 2 * page, FK_PT_COPY_WRITABLE), 0);
	assert_hole(bench, va);
	assert_mapped(bench, va + page, 2 * page, page, FK_PT_RW);
	bench_free(live);
}

/* What would be no leaf with its valid bit set either cannot be made valid. */
TEST_EACH_SHAPE("R4: invalid and not a leaf is an error")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 va = first_va(geo);
	int level;

	for (level = ref_first_level(geo); level <= 3; level++) {
		u64 leaf = by_hand(geo, level, 0, FK_PT_RW);

		*desc_at(live, va, level) = (leaf & ~VALID) ^ 2;
		refuse(bench, live, va, page_size(geo), FK_PT_COPY_MAKE_VALID, -ENXIO);
		if (!ref_has_leaves(geo, level)) {
			*desc_at(live, va, level) = leaf;	/* a block of no such level */
			refuse(bench, live, va, page_size(geo), FK_PT_COPY_MAKE_VALID, -ENXIO);
			*desc_at(live, va, level) = leaf & ~VALID;
			refuse(bench, live, va, page_size(geo), FK_PT_COPY_MAKE_VALID, -ENXIO);
		}
		if (geo->pa_bits < 48 && ref_has_leaves(geo, level)) {
			*desc_at(live, va, level) = (leaf & ~VALID) | 1ULL << 47;
			refuse(bench, live, va, page_size(geo), FK_PT_COPY_MAKE_VALID, -ENXIO);
		}
		*desc_at(live, va, level) = 0;
	}
	bench_free(live);
}

/* ---- R10: contiguous groups ---- */

TEST_EACH_SHAPE("R10: a group copied whole keeps its hint")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++) {
		u64 group = ref_group(geo, level) * leaf_size(geo, level);
		struct bench *fresh, *lifted, *live;
		u64 va = first_va(geo) + group;

		if (ref_group(geo, level) == 1 || !fits(bench, group, group))
			continue;
		fresh = bench_new(geo);
		lifted = bench_new(geo);
		live = bench_new(geo);
		put_group(live, va, level, 4 * group, FK_PT_RO);
		assert_int_equal(copy(fresh, live, va, group, 0), 0);
		assert_int_equal(count_hints(fresh, va, level), ref_group(geo, level));
		/* Changed, but alike. */
		assert_int_equal(copy(lifted, live, va, group, FK_PT_COPY_WRITABLE), 0);
		assert_int_equal(count_hints(lifted, va, level), ref_group(geo, level));
		assert_true(seen(lifted, va).w);
		bench_free(live);
		bench_free(lifted);
		bench_free(fresh);
	}
}

TEST_EACH_SHAPE("R10: a group copied in part loses it")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 group = ref_group(geo, 3) * page;
	u64 va = first_va(geo);

	put_group(live, va, 3, 4 * group, FK_PT_RW);
	assert_int_equal(copy(bench, live, va, group - page, 0), 0);
	assert_int_equal(count_hints(bench, va, 3), 0);
	assert_hole(bench, va + group - page);
	/* The rest comes too late. */
	assert_int_equal(copy(bench, live, va + group - page, page, 0), 0);
	assert_int_equal(count_hints(bench, va, 3), 0);
	assert_int_equal(copy(bench, live, va, group, 0), 0);
	assert_int_equal(count_hints(bench, va, 3), 0);
	assert_mapped(bench, va, 4 * group, group, FK_PT_RW);
	bench_free(live);
}

TEST_EACH_SHAPE("R10: a group of which one entry changes loses it")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	struct bench *writable = bench_new(geo);
	u64 page = page_size(geo);
	u64 group = ref_group(geo, 3) * page;
	u64 va = first_va(geo);
	u64 *one = desc_at(live, va + 3 * page, 3);

	put_group(live, va, 3, 4 * group, FK_PT_RO);
	*one &= ~VALID;
	/* One member is missing. */
	assert_int_equal(copy(bench, live, va, group, 0), 0);
	assert_int_equal(count_hints(bench, va, 3), 0);
	assert_hole(bench, va + 3 * page);
	/* One member has another memory type. */
	*one = (*one | VALID) ^ 4;
	assert_int_equal(copy(writable, live, va, group, FK_PT_COPY_WRITABLE), 0);
	assert_int_equal(count_hints(writable, va, 3), 0);
	assert_true(seen(writable, va + 3 * page).w);
	bench_free(writable);
	bench_free(live);
}

TEST_EACH_SHAPE("R10: a group that is alike once lifted keeps it")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 group = ref_group(geo, 3) * page;
	u64 va = first_va(geo);

	put_group(live, va, 3, 4 * group, FK_PT_RO);
	*desc_at(live, va + page, 3) = by_hand(geo, 3, 4 * group + page, FK_PT_RW) | HINT;
	assert_int_equal(copy(bench, live, va, group, FK_PT_COPY_WRITABLE), 0);
	assert_int_equal(count_hints(bench, va, 3), ref_group(geo, 3));
	bench_free(live);
}

TEST_EACH_SHAPE("R10: a group out of alignment is none")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 group = ref_group(geo, 3) * page;

	put_group(live, first_va(geo), 3, 4 * group + page, FK_PT_RW);
	assert_int_equal(copy(bench, live, first_va(geo), group, 0), 0);
	assert_int_equal(count_hints(bench, first_va(geo), 3), 0);
	bench_free(live);
}

/* A hint where the level has no groups, or on a group that is larger than the range. */
TEST_EACH_SHAPE("R10: a hint that means nothing is dropped")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	int level = top_leaf_level(geo);
	struct bench *live = bench_new(geo);
	u64 size = leaf_size(geo, level);

	if (ref_group(geo, level) == 1 || !fits(bench, 0, ref_group(geo, level) * size)) {
		*desc_at(live, first_va(geo), level) = by_hand(geo, level, 0, FK_PT_RW) | HINT;
		assert_int_equal(copy(bench, live, first_va(geo), size, 0), 0);
		assert_false(seen(bench, first_va(geo)).hint);
	}
	bench_free(live);
}

/* ---- R12: others change what is copied ---- */

/*
 * Another CPU, at the moment when the copier asks where a table lies or whether a
 * page is memory: every descriptor that led there is taken away, but for the last
 * table asked for, which is still to be read.
 */
struct race {
	u64 *desc[5];
	unsigned int nr;
	unsigned int asked;
};

static void take_away(struct arena *arena)
{
	struct race *race = arena->hook_arg;

	/* The first question is for the first table, which no descriptor leads to. */
	if (race->asked && race->asked <= race->nr)
		*race->desc[race->asked - 1] = 0;
	race->asked++;
}

TEST_EACH_SHAPE("R12: descriptors that vanish once they were read")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	struct race race = { .nr = 0 };
	u64 page = page_size(geo);
	u64 va = first_va(geo) + 3 * page;
	unsigned int i;
	int level;

	*desc_at(live, va, 3) = by_hand(geo, 3, 9 * page, FK_PT_RW) & ~VALID;
	live->arena.ram_start = 9 * page;
	live->arena.ram_end = 10 * page;
	for (level = ref_first_level(geo); level <= 3; level++)
		race.desc[race.nr++] = desc_at(live, va, level);
	live->arena.hook_arg = &race;
	live->arena.hook = take_away;

	assert_int_equal(fk_pgtable_copy(&bench->pt, &live->pt, va, page, FK_PT_COPY_MAKE_VALID),
			 0);
	assert_int_equal(race.asked, race.nr + 1);
	for (i = 0; i < race.nr; i++)
		assert_int_equal(*race.desc[i], 0);
	assert_mapped(bench, va, 9 * page, page, FK_PT_RW);
	bench_free(live);
}

TEST_EACH_SHAPE("R12: tables are followed only into memory")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo);
	int level;

	for (level = 2; level >= ref_first_level(geo); level--) {
		u64 next = va + leaf_size(geo, level);

		/* A good page first, which must be taken back. */
		*desc_at(live, next - page, 3) = by_hand(geo, 3, page, FK_PT_RW);
		*desc_at(live, next, level) = ref_address(geo, 0x10000) | 3;
		refuse(bench, live, next - page, 2 * page, 0, -EFAULT);
		*desc_at(live, next, level) = 0;
	}
	live->pt.root_pa = 0;
	refuse(bench, live, va, page, 0, -EFAULT);
	bench_free(live);
}

/* ---- into tables that are not empty ---- */

TEST_EACH_SHAPE("copy: again alike, at no cost")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	int top = top_leaf_level(geo);
	struct arena *before;

	put_every_level(live, FK_PT_RW);
	assert_int_equal(copy(bench, live, first_va(geo), 2 * leaf_size(geo, top), 0), 0);
	before = arena_snapshot(&bench->arena);
	assert_int_equal(copy(bench, live, first_va(geo), 2 * leaf_size(geo, top), 0), 0);
	assert_true(arena_equal(&bench->arena, before));
	arena_reset(before);
	free(before);
	bench_free(live);
}

TEST_EACH_SHAPE("copy: live pages over a block that is there")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	int level;

	for (level = top_leaf_level(geo); level < 3; level++) {
		u64 size = leaf_size(geo, level);
		u64 va = first_va(geo) + size;

		assert_int_equal(fk_pgtable_map(&bench->pt, va, 2 * size, size, FK_PT_RW), 0);
		*desc_at(live, va + 5 * page, 3) = by_hand(geo, 3, 2 * size + 5 * page, FK_PT_RW);
		assert_int_equal(copy(bench, live, va, size, 0), 0);
		assert_int_equal(seen(bench, va + 5 * page).level, level);
		*desc_at(live, va + 6 * page, 3) = by_hand(geo, 3, 2 * size, FK_PT_RW);
		refuse(bench, live, va, size, 0, -EEXIST);
		*desc_at(live, va + 6 * page, 3) = 0;
	}
	bench_free(live);
}

TEST_EACH_SHAPE("copy: a live block over pages that are there")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	int level;

	for (level = top_leaf_level(geo); level < 3; level++) {
		u64 size = leaf_size(geo, level);
		u64 va = first_va(geo) + size;

		assert_int_equal(fk_pgtable_map(&bench->pt, va + 5 * page, 2 * size + 5 * page,
						page, FK_PT_RW), 0);
		*desc_at(live, va, level) = by_hand(geo, level, 2 * size, FK_PT_RO);
		refuse(bench, live, va, size, 0, -EEXIST);
		*desc_at(live, va, level) = by_hand(geo, level, 2 * size, FK_PT_RW);
		assert_int_equal(copy(bench, live, va, size, 0), 0);
		assert_mapped(bench, va, 2 * size, size, FK_PT_RW);
		assert_int_equal(seen(bench, va).level, 3);
	}
	bench_free(live);
}

TEST_EACH_SHAPE("copy: without memory nothing changes")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	int top = top_leaf_level(geo);
	u64 page = page_size(geo);
	struct arena *before;
	/* A cut through the largest leaf asks for tables of its own. */
	u64 size = top < 3 ? 2 * leaf_size(geo, top) - page : 16 * page;
	int level, err;

	/* A leaf of every level, one page that is there already, and one in a far table. */
	put_every_level(live, FK_PT_RW);
	*desc_at(live, first_va(geo) + 9 * page, 3) = by_hand(geo, 3, page, FK_PT_RW);
	if (top < 3)
		*desc_at(live, first_va(geo) + leaf_size(geo, top) - page, 3) =
			by_hand(geo, 3, 2 * page, FK_PT_RW);
	assert_int_equal(fk_pgtable_map(&bench->pt, first_va(geo) + 9 * page, page, page,
					FK_PT_RW), 0);
	before = arena_snapshot(&bench->arena);
	for (bench->arena.fail_at = 0; ; bench->arena.fail_at++) {
		bench->arena.allocs = 0;
		err = copy(bench, live, first_va(geo), size, 0);
		if (!err)
			break;
		assert_int_equal(err, -ENOMEM);
		assert_true(arena_equal(&bench->arena, before));
	}
	if (top < 3) {
		assert_true(bench->arena.fail_at > 0);
		assert_mapped(bench, first_va(geo) + leaf_size(geo, top) - page, 2 * page, page,
			      FK_PT_RW);
	}
	for (level = top; level <= 3; level++)
		assert_mapped(bench, first_va(geo) + leaf_size(geo, level),
			      2 * leaf_size(geo, level), page, FK_PT_RW);
	arena_reset(before);
	free(before);
	bench_free(live);
}

TEST_EACH_SHAPE("copy: bad arguments are refused")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	u64 va = first_va(geo);
	u64 range = 1ULL << geo->va_bits;

	refuse(bench, live, va, 0, 0, -EINVAL);
	refuse(bench, live, va + page / 2, page, 0, -EINVAL);
	refuse(bench, live, va, page / 2, 0, -EINVAL);
	refuse(bench, live, va - page, 2 * page, 0, -EINVAL);
	refuse(bench, live, va, range + page, 0, -EINVAL);
	refuse(bench, live, va + range - page, 2 * page, 0, -EINVAL);
	refuse(bench, live, va, page, 1U << 2, -EINVAL);

	live->pt.geo.va_bits--;
	refuse(bench, live, va, page, 0, -EINVAL);
	live->pt.geo = *geo;
	live->pt.geo.top_range = !geo->top_range;
	refuse(bench, live, va, page, 0, -EINVAL);
	live->pt.geo = *geo;
	live->pt.geo.pa_bits = geo->pa_bits == 48 ? 44 : 48;
	refuse(bench, live, va, page, 0, -EINVAL);
	live->pt.geo = *geo;
	live->pt.geo.lpa2 = !geo->lpa2;
	refuse(bench, live, va, page, 0, -EINVAL);
	live->pt.geo = *geo;
	live->pt.geo.pie = !geo->pie;
	refuse(bench, live, va, page, 0, -EINVAL);
	live->pt.geo = *geo;
	if (geo->pie) {
		live->pt.geo.pir ^= 1;
		refuse(bench, live, va, page, 0, -EINVAL);
		live->pt.geo = *geo;
	}
	/* The last page of the range is in order, and so is another index for new maps. */
	live->pt.geo.attr_normal = 1;
	assert_int_equal(copy(bench, live, va + range - page, page, 0), 0);
	bench_free(live);
}
