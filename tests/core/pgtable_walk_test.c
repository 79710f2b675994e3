// SPDX-License-Identifier: GPL-2.0
/* The first table, walks, and the value for TTBRn. */
#include "behaviour.h"

/* ---- the first table ---- */

TEST_EACH_SHAPE("every shape is accepted and begins empty")
{
	assert_int_equal(fk_pgtable_check_geometry(&bench->pt.geo), 0);
	assert_int_equal(bench->pt.pages, 1);
	assert_hole(bench, first_va(&bench->pt.geo));
	assert_hole(bench, first_va(&bench->pt.geo) + (1ULL << bench->pt.geo.va_bits) - 1);
}

TEST("without memory there is no first table")
{
	struct arena arena;
	struct fk_pgtable pt;

	arena_init(&arena, &shapes[0].geo);
	arena.fail_at = 0;
	assert_int_equal(fk_pgtable_init(&pt, &shapes[0].geo, &arena_ops, &arena), -ENOMEM);
	fk_pgtable_destroy(&pt);
	assert_int_equal(arena.live, 0);
}

TEST("destroy leaves zeroes and takes them")
{
	static const struct fk_pgtable zero;
	struct arena arena;
	struct fk_pgtable pt;

	memset(&pt, 0, sizeof(pt));
	fk_pgtable_destroy(&pt);
	arena_init(&arena, &shapes[0].geo);
	assert_int_equal(fk_pgtable_init(&pt, &shapes[0].geo, &arena_ops, &arena), 0);
	fk_pgtable_destroy(&pt);
	assert_int_equal(arena.live, 0);
	assert_memory_equal(&pt.geo.granule_shift, &zero.geo.granule_shift, 1);
	assert_int_equal(pt.geo.va_bits, 0);
	assert_int_equal(pt.geo.pir, 0);
	assert_null(pt.ops);
	assert_null(pt.ctx);
	assert_int_equal(pt.root_pa, 0);
	assert_int_equal(pt.pages, 0);
	fk_pgtable_destroy(&pt);
}

/* ---- walking ---- */

TEST_EACH_SHAPE("walk: the level of a fault")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 va = first_va(geo);
	int level;

	for (level = ref_first_level(geo); level <= 3; level++) {
		*desc_at(bench, va, level) = 0;
		assert_hole(bench, va);
		assert_int_equal(seen(bench, va).level, level);
	}
}

TEST_EACH_SHAPE("walk: an address outside the range")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct fk_pt_walk walk;

	assert_int_equal(fk_pgtable_walk(&bench->pt, first_va(geo) - 1, &walk), -EINVAL);
	assert_int_equal(fk_pgtable_walk(&bench->pt, first_va(geo) + (1ULL << geo->va_bits),
					 &walk), -EINVAL);
	assert_int_equal(fk_pgtable_walk(&bench->pt, 1ULL << 60, &walk), -EINVAL);
}

/* Descriptors that a walker faults on, at the level where they mean nothing. */
TEST_EACH_SHAPE("walk: faults on what is reserved")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 va = first_va(geo);
	int level;

	for (level = ref_first_level(geo); level <= 3; level++) {
		u64 leaf = by_hand(geo, level, 0, FK_PT_RW);
		bool good = ref_has_leaves(geo, level);

		*desc_at(bench, va, level) = leaf;
		assert_int_equal(seen(bench, va).valid, good);
		*desc_at(bench, va, level) = leaf & ~1ULL;	/* not valid */
		assert_hole(bench, va);
		*desc_at(bench, va, level) = leaf & ~(1ULL << 10);	/* not accessed */
		assert_hole(bench, va);
		if (level == 3) {
			*desc_at(bench, va, level) = leaf & ~2ULL;	/* a block of a page */
			assert_hole(bench, va);
		}
		if (geo->pa_bits < 48 && good && level >= 2) {
			*desc_at(bench, va, level) = leaf | 1ULL << 47;	/* beyond the PA size */
			assert_hole(bench, va);
		}
		if (geo->pa_bits < 48 && level < 3) {
			*desc_at(bench, va, level) = 3 | 1ULL << 47;	/* a table there */
			assert_hole(bench, va);
		}
		*desc_at(bench, va, level) = 0;
	}
}

TEST_EACH_SHAPE("walk: a table that is no memory")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 va = first_va(geo);
	struct fk_pt_walk walk;
	int level;

	for (level = ref_first_level(geo); level < 3; level++) {
		*desc_at(bench, va, level) = ref_address(geo, 0x10000) | 3;
		assert_int_equal(fk_pgtable_walk(&bench->pt, va, &walk), -EFAULT);
		assert_false(walk.valid);
		*desc_at(bench, va, level) = 0;
	}
}

/* Rights as tables further up restrict them; indirect permissions know no such thing. */
TEST_EACH_SHAPE("walk: what tables impose")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 va = first_va(geo);
	struct ref_walk walk;
	u64 *entry;
	int level;

	for (level = ref_first_level(geo); level < 3; level++) {
		*desc_at(bench, va, 3) = by_hand(geo, 3, 0, FK_PT_RW);
		entry = desc_at(bench, va, level);
		*entry |= 1ULL << 62;			/* APTable: read-only */
		assert_int_equal(seen(bench, va).w, geo->pie);
		*entry ^= 1ULL << 62 | 1ULL << 61;	/* APTable: not for EL0 */
		walk = seen(bench, va);
		assert_true(walk.w);

		*desc_at(bench, va, 3) = by_hand(geo, 3, 0, FK_PT_RX);
		*entry ^= 1ULL << 61;
		assert_true(seen(bench, va).x);
		*entry ^= 1ULL << 59;			/* PXNTable */
		assert_int_equal(seen(bench, va).x, geo->pie);
		*entry ^= 1ULL << 59;
	}
}

/* What each combination of AP, PXN and DBM permits (Arm ARM D8.4.1). */
TEST_EACH_SHAPE("walk: direct permissions")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 va = first_va(geo);
	unsigned int i;

	for (i = 0; i < 64; i++) {
		u64 leaf = by_hand(geo, 3, 0, FK_PT_RO) & ~(7ULL << 52 | 1ULL << 51 | 3ULL << 6);

		leaf |= (u64)(i & 3) << 6 | (u64)(i >> 2 & 1) << 51 | (u64)(i >> 3 & 3) << 53;
		*desc_at(bench, va, 3) = leaf;
		seen(bench, va);
	}
}

/* The sixteen codes of PIR_ELx, behind each of the sixteen indices. */
TEST("walk reads indirect permissions")
{
	static const struct { bool w, x; } rights[16] = {
		[2] = { false, true }, [3] = { false, true }, [5] = { true, false },
		[6] = { true, false }, [7] = { true, true }, [0xa] = { false, true },
		[0xc] = { true, false }, [0xe] = { true, true },
	};
	struct fk_pt_geometry geo = { .granule_shift = 12, .va_bits = 39, .pa_bits = 40,
				      .pie = true, .pir = PIR_LINUX };
	struct bench *bench = bench_new(&geo);
	unsigned int index, code;
	struct ref_walk walk;
	u64 leaf;

	for (index = 0; index < 16; index++) {
		for (code = 0; code < 16; code++) {
			bench->pt.geo.pir = (u64)code << (4 * index);
			leaf = 0x40000403 | (u64)(index >> 3) << 54 | (u64)(index >> 2 & 1) << 53 |
			       (u64)(index >> 1 & 1) << 51 | (u64)(index & 1) << 6;
			*desc_at(bench, 0x1000, 3) = leaf;
			walk = seen(bench, 0x1000);
			assert_int_equal(walk.w, rights[code].w);
			assert_int_equal(walk.x, rights[code].x);
			*desc_at(bench, 0x1000, 3) = leaf | 1ULL << 7;	/* nDirty */
			walk = seen(bench, 0x1000);
			assert_false(walk.w);
			assert_int_equal(walk.x, rights[code].x);
		}
	}
	bench_free(bench);
}

/* A kernel built for 52 bits that runs with 48: the first table's last 64 entries. */
TEST("first table may begin inside a granule")
{
	struct fk_pt_geometry geo = { .granule_shift = 16, .va_bits = 48, .pa_bits = 48,
				      .top_range = true };
	struct bench *bench = bench_new(&geo);
	struct bench *copy = bench_new(&geo);
	u64 va = first_va(&geo) + (5ULL << 42);
	u64 *child, *root, pa;

	child = arena_alloc(&bench->arena, &pa);
	root = arena_table(&bench->arena, bench->pt.root_pa);
	root[960 + 5] = pa | 3;
	child[0] = by_hand(&geo, 2, 0x40000000, FK_PT_RW);
	bench->pt.root_pa += 960 * 8;

	assert_true(seen(bench, va).valid);
	assert_int_equal(seen(bench, va + 0x12345).pa, 0x40012345);
	assert_int_equal(fk_pgtable_copy(&copy->pt, &bench->pt, va, 0x20000000, 0), 0);
	assert_mapped(copy, va, 0x40000000, 0x20000000, FK_PT_RW);
	assert_int_equal(fk_pgtable_ttbr(&bench->pt), bench->pt.root_pa);
	bench_free(copy);
	bench_free(bench);
}

/* ---- TTBRn ---- */

TEST("ttbr holds high address bits low")
{
	struct fk_pgtable pt = { .root_pa = 0x40001000 };

	assert_int_equal(fk_pgtable_ttbr(&pt), 0x40001000);
	pt.root_pa = 0xfffffffff000;
	assert_int_equal(fk_pgtable_ttbr(&pt), 0xfffffffff000);
	pt.root_pa = 0x1000000000000;
	assert_int_equal(fk_pgtable_ttbr(&pt), 1 << 2);
	pt.root_pa = 0xaffffffff0000;
	assert_int_equal(fk_pgtable_ttbr(&pt), 0xffffffff0000 | 0xa << 2);
}
