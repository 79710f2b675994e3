// SPDX-License-Identifier: GPL-2.0
/* Shapes, identity maps of any address, walks, and the value for TTBRn. */
#include "behaviour.h"

/* ---- which shapes there are ---- */

TEST("rejects what the architecture lacks")
{
	static const struct shape bad[] = {
		{ "8K granule", { .granule_shift = 13, .va_bits = 48, .pa_bits = 48 } },
		{ "no granule", { .va_bits = 48, .pa_bits = 48 } },
		{ "VA 24", { .granule_shift = 12, .va_bits = 24, .pa_bits = 48 } },
		{ "4K, VA 49", { .granule_shift = 12, .va_bits = 49, .pa_bits = 48 } },
		{ "4K, VA 52 by LVA", { .granule_shift = 12, .va_bits = 52, .pa_bits = 48,
					.lva = true } },
		{ "16K, VA 52", { .granule_shift = 14, .va_bits = 52, .pa_bits = 48 } },
		{ "64K, VA 49 without LVA", { .granule_shift = 16, .va_bits = 49, .pa_bits = 52 } },
		{ "4K LPA2, VA 53", { .granule_shift = 12, .va_bits = 53, .pa_bits = 52,
				      .lpa2 = true } },
		{ "64K LVA, VA 53", { .granule_shift = 16, .va_bits = 53, .pa_bits = 52,
				      .lva = true } },
		{ "64K LPA2", { .granule_shift = 16, .va_bits = 48, .pa_bits = 48,
				.lpa2 = true } },
		{ "4K, PA 52", { .granule_shift = 12, .va_bits = 48, .pa_bits = 52 } },
		{ "16K, PA 52", { .granule_shift = 14, .va_bits = 48, .pa_bits = 52 } },
		{ "PA 33", { .granule_shift = 12, .va_bits = 48, .pa_bits = 33 } },
		{ "PA 31", { .granule_shift = 12, .va_bits = 48, .pa_bits = 31 } },
		{ "PA 56", { .granule_shift = 12, .va_bits = 48, .pa_bits = 56, .lpa2 = true } },
		{ "MAIR index 8", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
				    .attr_normal = 8 } },
		{ "PIR that grants nothing", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
					       .pie = true } },
		{ "PIR without RO", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
				      .pie = true, .pir = 0xac } },
		{ "PIR without RW", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
				      .pie = true, .pir = 0xa8 } },
		{ "PIR without RX", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
				      .pie = true, .pir = 0xc8 } },
		{ "PIR with GCS where RO is looked for first", {
			.granule_shift = 12, .va_bits = 48, .pa_bits = 48, .pie = true,
			.pir = 0x0c09000a00000000 } },
		{ "PIR with RO by GCS only", { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
					       .pie = true, .pir = 0x9ca } },
	};
	struct arena arena;
	struct fk_pgtable pt;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		arena_init(&arena, &shapes[0].geo);
		if (fk_pgtable_check_geometry(&bad[i].geo) != -EINVAL ||
		    fk_pgtable_init(&pt, &bad[i].geo, &arena_ops, &arena) != -EINVAL ||
		    arena.live)
			fail_msg("accepted: %s", bad[i].name);
	}
}

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

/* ---- R8, R13: a page at any address ---- */

struct identity {
	const char *name;
	u8 granule_shift, pa_bits;
	bool lpa2, lva;
	u64 pa;
	u8 va_bits;		/* 0: refused */
	unsigned int pages;
};

static const struct identity identities[] = {
	{ "4K, at 0", 12, 48, false, false, 0, 30, 2 },
	{ "4K, 1 GB - 1", 12, 48, false, false, 0x3fffffff, 30, 2 },
	{ "4K, 1 GB", 12, 48, false, false, 0x40000000, 39, 3 },
	{ "4K, 512 GB - 1", 12, 48, false, false, 0x7fffffffff, 39, 3 },
	{ "4K, 512 GB", 12, 48, false, false, 0x8000000000, 48, 4 },
	{ "4K, 4 TB", 12, 48, false, false, 0x40000000000, 48, 4 },
	{ "4K, 2^48 - 1", 12, 48, false, false, 0xffffffffffff, 48, 4 },
	{ "4K, 4 TB, but PA 42", 12, 42, false, false, 0x40000000000, 0, 0 },
	{ "4K, 2^48", 12, 48, false, false, 0x1000000000000, 0, 0 },
	{ "4K, 2^48, LVA is no help", 12, 48, false, true, 0x1000000000000, 0, 0 },
	{ "4K LPA2, 2^48 - 1", 12, 52, true, false, 0xffffffffffff, 48, 4 },
	{ "4K LPA2, 2^48", 12, 52, true, false, 0x1000000000000, 52, 5 },
	{ "4K LPA2, 2^52 - 1", 12, 52, true, false, 0xfffffffffffff, 52, 5 },
	{ "4K LPA2, 2^48, but PA 48", 12, 48, true, false, 0x1000000000000, 0, 0 },
	{ "4K LPA2, 2^52", 12, 52, true, false, 0x10000000000000, 0, 0 },
	{ "16K, at 0", 14, 48, false, false, 0, 25, 1 },
	{ "16K, 32 MB", 14, 48, false, false, 0x2000000, 36, 2 },
	{ "16K, 64 GB", 14, 48, false, false, 0x1000000000, 47, 3 },
	{ "16K, 2^47", 14, 48, false, false, 0x800000000000, 48, 4 },
	{ "16K, 2^48", 14, 48, false, false, 0x1000000000000, 0, 0 },
	{ "16K LPA2, 2^47", 14, 52, true, false, 0x800000000000, 52, 4 },
	{ "16K LPA2, 2^52 - 1", 14, 52, true, false, 0xfffffffffffff, 52, 4 },
	{ "64K, at 0", 16, 48, false, false, 0, 29, 1 },
	{ "64K, 512 MB", 16, 48, false, false, 0x20000000, 42, 2 },
	{ "64K, 4 TB", 16, 48, false, false, 0x40000000000, 48, 3 },
	{ "64K LPA without LVA, 2^48", 16, 52, false, false, 0x1000000000000, 0, 0 },
	{ "64K LPA and LVA, 2^48", 16, 52, false, true, 0x1000000000000, 52, 3 },
	{ "64K LPA and LVA, 2^52 - 1", 16, 52, false, true, 0xfffffffffffff, 52, 3 },
	{ "64K LVA without LPA, 2^48", 16, 48, false, true, 0x1000000000000, 0, 0 },
};

TEST("R8, R13: an identity page at any address, or a refusal")
{
	struct bench *bench;
	struct fk_pt_geometry geo;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(identities); i++) {
		const struct identity *id = &identities[i];
		u64 page = id->pa & ~((1ULL << id->granule_shift) - 1);

		geo = (struct fk_pt_geometry){
			.granule_shift = id->granule_shift, .pa_bits = id->pa_bits,
			.lpa2 = id->lpa2, .lva = id->lva,
		};
		geo.va_bits = fk_pgtable_identity_va_bits(&geo, id->pa);
		if (geo.va_bits != id->va_bits)
			fail_msg("%s: %u bits", id->name, geo.va_bits);
		if (!geo.va_bits)
			continue;

		bench = bench_new(&geo);
		assert_int_equal(fk_pgtable_map(&bench->pt, page, page, page_size(&geo), FK_PT_RX),
				 0);
		assert_mapped(bench, page, page, page_size(&geo), FK_PT_RX);
		assert_hole(bench, page - 1);
		assert_hole(bench, page + page_size(&geo));
		if (bench->pt.pages != id->pages)
			fail_msg("%s: %u tables", id->name, (unsigned int)bench->pt.pages);
		bench_free(bench);
	}
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
