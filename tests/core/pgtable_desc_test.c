// SPDX-License-Identifier: GPL-2.0
/* Geometry, descriptors and permissions, against the Arm ARM's tables written out. */
#include "behaviour.h"

#define MIB	(1ULL << 20)
#define GIB	(1ULL << 30)

#define BIT(n)	(1ULL << (n))

static const struct fk_pt_geometry geo_4k = {
	.granule_shift = 12, .va_bits = 48, .pa_bits = 48, .attr_normal = 4,
};

static const struct fk_pt_geometry geo_4k_lpa2 = {
	.granule_shift = 12, .va_bits = 52, .pa_bits = 52, .lpa2 = true,
};

static const struct fk_pt_geometry geo_16k = {
	.granule_shift = 14, .va_bits = 47, .pa_bits = 48,
};

static const struct fk_pt_geometry geo_64k_lpa = {
	.granule_shift = 16, .va_bits = 48, .pa_bits = 52,
};

/* ---- geometry ---- */

TEST("geometry: what the architecture lacks is refused")
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

TEST("geometry: what an entry of each level translates")
{
	static const struct { const struct fk_pt_geometry *geo; int level; u64 size; } sizes[] = {
		{ &geo_4k, 3, 4096 }, { &geo_4k, 2, 2 * MIB }, { &geo_4k, 1, GIB },
		{ &geo_4k, 0, 512 * GIB }, { &geo_4k_lpa2, -1, BIT(48) },
		{ &geo_16k, 3, 16384 }, { &geo_16k, 2, 32 * MIB }, { &geo_16k, 1, 64 * GIB },
		{ &geo_16k, 0, BIT(47) },
		{ &geo_64k_lpa, 3, 65536 }, { &geo_64k_lpa, 2, 512 * MIB },
		{ &geo_64k_lpa, 1, BIT(42) },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		assert_int_equal(fk_pt_level_size(sizes[i].geo, sizes[i].level), sizes[i].size);
	assert_int_equal(fk_pt_entries(&geo_4k), 512);
	assert_int_equal(fk_pt_entries(&geo_16k), 2048);
	assert_int_equal(fk_pt_entries(&geo_64k_lpa), 8192);
}

TEST("geometry: what a contiguous group of each level translates")
{
	static const struct { const struct fk_pt_geometry *geo; int level; u64 size; } groups[] = {
		{ &geo_4k, 3, 65536 }, { &geo_4k, 2, 32 * MIB }, { &geo_4k, 1, 16 * GIB },
		{ &geo_4k, 0, 0 }, { &geo_4k_lpa2, -1, 0 },
		{ &geo_16k, 3, 2 * MIB }, { &geo_16k, 2, GIB }, { &geo_16k, 1, 0 },
		{ &geo_64k_lpa, 3, 2 * MIB }, { &geo_64k_lpa, 2, 16 * GIB },
		{ &geo_64k_lpa, 1, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(groups); i++)
		assert_int_equal(fk_pt_group_size(groups[i].geo, groups[i].level),
				 groups[i].size);
}

TEST("geometry: first level, and levels with leaves, of every shape")
{
	unsigned int i;
	int level;

	for (i = 0; i < nr_shapes; i++) {
		const struct fk_pt_geometry *geo = &shapes[i].geo;

		assert_int_equal(fk_pt_root_level(geo), ref_first_level(geo));
		for (level = -1; level <= 4; level++)
			if (fk_pt_level_holds_leaf(geo, level) != ref_has_leaves(geo, level))
				fail_msg("%s, level %d", shapes[i].name, level);
	}
}

TEST("geometry: where an entry ends, and its index")
{
	assert_int_equal(fk_pt_entry_end(&geo_4k, 3, 0, GIB), 4096);
	assert_int_equal(fk_pt_entry_end(&geo_4k, 3, 4095, GIB), 4096);
	assert_int_equal(fk_pt_entry_end(&geo_4k, 3, 4096, GIB), 8192);
	assert_int_equal(fk_pt_entry_end(&geo_4k, 2, 4096, GIB), 2 * MIB);
	assert_int_equal(fk_pt_entry_end(&geo_4k, 2, 4096, 8192), 8192);
	assert_int_equal(fk_pt_entry_end(&geo_4k_lpa2, -1, BIT(52) - 1, BIT(52)), BIT(52));
	assert_int_equal(fk_pt_index(&geo_4k, 3, 0x1ff000), 511);
	assert_int_equal(fk_pt_index(&geo_4k, 3, 0x200000), 0);
	assert_int_equal(fk_pt_index(&geo_4k, 2, 0x200000), 1);
	assert_int_equal(fk_pt_index(&geo_4k_lpa2, -1, BIT(52) - 1), 15);
	assert_int_equal(fk_pt_index(&geo_64k_lpa, 1, BIT(48) - 1), 63);
}

TEST_EACH_SHAPE("geometry: first and last address of the range, and their neighbours")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 first = first_va(geo);
	u64 size = BIT(geo->va_bits);
	u64 page = page_size(geo);
	u64 ia;

	assert_true(fk_pt_va_to_ia(geo, first, &ia));
	assert_int_equal(ia, 0);
	assert_true(fk_pt_va_to_ia(geo, first + size - 1, &ia));
	assert_int_equal(ia, size - 1);
	assert_false(fk_pt_va_to_ia(geo, first - 1, &ia));
	assert_false(fk_pt_va_to_ia(geo, first + size, &ia));

	assert_true(fk_pt_input_to_ia(geo, first, size, &ia));
	assert_int_equal(ia, 0);
	assert_true(fk_pt_input_to_ia(geo, first + size - page, page, &ia));
	assert_int_equal(ia, size - page);
	assert_false(fk_pt_input_to_ia(geo, first, size + page, &ia));
	assert_false(fk_pt_input_to_ia(geo, first + size - page, 2 * page, &ia));
	assert_false(fk_pt_input_to_ia(geo, first - page, 2 * page, &ia));
	assert_false(fk_pt_input_to_ia(geo, first, 0, &ia));
	assert_false(fk_pt_input_to_ia(geo, first + page / 2, page, &ia));
	assert_false(fk_pt_input_to_ia(geo, first, page / 2, &ia));
}

TEST_EACH_SHAPE("geometry: first and last output address, and their neighbours")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 size = BIT(geo->pa_bits);
	u64 page = page_size(geo);

	assert_true(fk_pt_is_output(geo, 0, size));
	assert_true(fk_pt_is_output(geo, size - page, page));
	assert_false(fk_pt_is_output(geo, 0, size + page));
	assert_false(fk_pt_is_output(geo, size - page, 2 * page));
	assert_false(fk_pt_is_output(geo, size, page));
	assert_false(fk_pt_is_output(geo, page / 2, page));
	assert_false(fk_pt_is_output(geo, -page, 2 * page));
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

/* ---- descriptors ---- */

TEST_EACH_SHAPE("descriptors: every address bit of a leaf has its place")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 field, desc;
	unsigned int bit;
	int level;

	for (level = fk_pt_root_level(geo); level <= 3; level++) {
		if (!fk_pt_level_holds_leaf(geo, level))
			continue;
		field = 0;
		for (bit = fk_pt_level_shift(geo, level); bit < geo->pa_bits; bit++) {
			desc = fk_pt_leaf_desc(geo, level, BIT(bit), 0);
			assert_int_equal(desc, ref_address(geo, BIT(bit)) | (level == 3 ? 3 : 1));
			assert_int_equal(fk_pt_leaf_pa(geo, level, desc), BIT(bit));
			assert_int_equal(fk_pt_classify(geo, level, desc), FK_PT_LEAF);
			field |= ref_address(geo, BIT(bit));
		}
		assert_int_equal(fk_pt_leaf_pa_field(geo, level), field);
		/* Attributes are no part of the address. */
		desc = fk_pt_leaf_desc(geo, level, 0, fk_pt_leaf_attrs(geo, ~0ULL));
		assert_int_equal(fk_pt_leaf_pa(geo, level, desc), 0);
	}
}

TEST("descriptors: high address bits stand low")
{
	assert_int_equal(fk_pt_leaf_desc(&geo_4k_lpa2, 3, BIT(51) | BIT(49), 0),
			 BIT(9) | BIT(49) | 3);
	assert_int_equal(fk_pt_leaf_desc(&geo_64k_lpa, 3, BIT(51) | BIT(48) | BIT(47), 0),
			 BIT(15) | BIT(12) | BIT(47) | 3);
	assert_int_equal(fk_pt_table_desc(&geo_4k_lpa2, BIT(50)), BIT(8) | 3);
	assert_int_equal(fk_pt_table_pa(&geo_4k_lpa2, BIT(8) | 3), BIT(50));
	assert_int_equal(fk_pt_table_desc(&geo_4k, 0x1000), 0x1003);
	/* What a table imposes is no part of its address. */
	assert_int_equal(fk_pt_table_pa(&geo_4k, 0xf800000000001003), 0x1000);
}

struct kind {
	const char *name;
	const struct fk_pt_geometry *geo;
	int level;
	u64 desc;
	enum fk_pt_kind kind;
	bool leaf_type;
};

static const struct fk_pt_geometry geo_4k_pa40 = {
	.granule_shift = 12, .va_bits = 48, .pa_bits = 40,
};

static const struct kind kinds[] = {
	{ "nothing", &geo_4k, 3, 0, FK_PT_EMPTY, false },
	{ "page", &geo_4k, 3, 0x1403, FK_PT_LEAF, true },
	{ "page without access flag", &geo_4k, 3, 0x1003, FK_PT_LEAF, true },
	{ "page without valid bit", &geo_4k, 3, 0x1402, FK_PT_INVALID, true },
	{ "block of level 3", &geo_4k, 3, 0x1401, FK_PT_INVALID, false },
	{ "2 MB", &geo_4k, 2, 0x200401, FK_PT_LEAF, true },
	{ "2 MB without valid bit", &geo_4k, 2, 0x200400, FK_PT_INVALID, true },
	{ "512 GB", &geo_4k, 0, 0x401, FK_PT_INVALID, false },
	{ "512 GB with LPA2", &geo_4k_lpa2, 0, 0x401, FK_PT_LEAF, true },
	{ "64 GB with 16K", &geo_16k, 1, 0x401, FK_PT_INVALID, false },
	{ "4 TB with 64K and LPA", &geo_64k_lpa, 1, 0x401, FK_PT_LEAF, true },
	{ "table", &geo_4k, 2, 0x1003, FK_PT_TABLE, false },
	{ "table without valid bit", &geo_4k, 2, 0x1002, FK_PT_INVALID, false },
	{ "page beyond the addresses", &geo_4k_pa40, 3, BIT(40) | 0x403, FK_PT_INVALID, false },
	{ "last page", &geo_4k_pa40, 3, BIT(40) - 0x1000 + 0x403, FK_PT_LEAF, true },
	{ "table beyond the addresses", &geo_4k_pa40, 2, BIT(40) | 3, FK_PT_INVALID, false },
};

TEST("descriptors: kinds")
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const struct kind *kind = &kinds[i];

		if (fk_pt_classify(kind->geo, kind->level, kind->desc) != kind->kind ||
		    fk_pt_has_leaf_type(kind->geo, kind->level, kind->desc) != kind->leaf_type)
			fail_msg("%s", kind->name);
	}
}

TEST("descriptors: attributes are neither address nor type, hint nor software's")
{
	/* 63:59, 54, 53, 51, 50, and 11:2 or, with LPA2, 11:10 and 7:2. */
	u64 attrs = 0x1fULL << 59 | 3ULL << 53 | 3ULL << 50 | 0xffc;

	assert_int_equal(fk_pt_leaf_attrs(&geo_4k, ~0ULL), attrs);
	assert_int_equal(fk_pt_leaf_attrs(&geo_64k_lpa, ~0ULL), attrs);
	assert_int_equal(fk_pt_leaf_attrs(&geo_4k_lpa2, ~0ULL), attrs & ~0x300ULL);
}

/* ---- permissions ---- */

#define R	FK_PT_READ
#define W	FK_PT_WRITE
#define X	FK_PT_EXEC

#define EL0	BIT(6)
#define RDONLY	BIT(7)
#define DBM	BIT(51)
#define PXN	BIT(53)
#define UXN	BIT(54)

TEST("permissions: direct")
{
	static const struct { u64 desc; unsigned int rights; } direct[] = {
		{ 0, R | W | X }, { PXN, R | W }, { UXN, R | W | X }, { DBM, R | W | X },
		{ RDONLY, R | X }, { RDONLY | PXN, R }, { RDONLY | DBM, R | X },
		/* What EL0 can write is not executed. */
		{ EL0, R | W }, { EL0 | PXN, R | W }, { EL0 | RDONLY, R | X },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(direct); i++)
		assert_int_equal(fk_pt_rights(&geo_4k, direct[i].desc), direct[i].rights);
}

/* 4K and indirect permissions; index n has the n-th digit of @pir, from the right. */
static struct fk_pt_geometry indirect(u64 pir)
{
	struct fk_pt_geometry geo = geo_4k;

	geo.pie = true;
	geo.pir = pir;
	return geo;
}

static u64 index_bits(u64 index)
{
	return (index & 8 ? UXN : 0) | (index & 4 ? PXN : 0) | (index & 2 ? DBM : 0) |
	       (index & 1 ? EL0 : 0);
}

TEST("permissions: indirect")
{
	static const unsigned int codes[16] = {
		0, R, X, R | X, 0, R | W, R | W, R | W | X,
		R, 0, R | X, 0, R | W, 0, R | W | X, 0,
	};
	/* Index n has the code n. */
	struct fk_pt_geometry geo = indirect(0xfedcba9876543210);
	unsigned int i;

	for (i = 0; i < 16; i++) {
		assert_int_equal(fk_pt_rights(&geo, index_bits(i)), codes[i]);
		/* nDirty */
		assert_int_equal(fk_pt_rights(&geo, index_bits(i) | RDONLY), codes[i] & ~W);
	}
}

TEST_EACH_SHAPE("permissions: a mapping has exactly the rights asked for")
{
	static const unsigned int rights[] = {
		[FK_PT_RO] = R, [FK_PT_RW] = R | W, [FK_PT_RX] = R | X,
	};
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	unsigned int prot;
	u64 attrs;

	for (prot = FK_PT_RO; prot <= FK_PT_RX; prot++) {
		assert_int_equal(fk_pt_prot_attrs(geo, prot, &attrs), 0);
		assert_int_equal(fk_pt_rights(geo, attrs), rights[prot]);
		assert_int_equal(fk_pt_leaf_attrs(geo, attrs), attrs);
		assert_int_equal(fk_pt_leaf_desc(geo, 3, 0, attrs), by_hand(geo, 3, 0, prot));
	}
	assert_int_equal(fk_pt_prot_attrs(geo, prot, &attrs), -EINVAL);
}

TEST("permissions: an index that grants a mapping's rights is kept, any other replaced")
{
	/* RO, RW and RX are looked for at 12, 14 and 8: they are there, and elsewhere. */
	struct fk_pt_geometry geo = indirect(0x05010003000005a1);
	u64 attrs;

	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RO, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), UXN | PXN);
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RW, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), UXN | PXN | DBM);
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RX, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), UXN);

	/* Only the first, second and last index grant anything. */
	geo.pir = 0x30000000000000c8;
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RO, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), 0);
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RW, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), EL0);
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RX, &attrs), 0);
	assert_int_equal(attrs & (UXN | PXN | DBM | EL0), UXN | PXN | DBM | EL0);
	geo.pir = 0xc8;
	assert_int_equal(fk_pt_prot_attrs(&geo, FK_PT_RX, &attrs), -EINVAL);
}

TEST("permissions: read-only is lifted, and all else stays")
{
	u64 other = 0xf8ULL << 56 | BIT(50) | 0xf3c;	/* every attribute without a right */
	u64 attrs;

	attrs = other | RDONLY | PXN | UXN;
	assert_int_equal(fk_pt_make_writable(&geo_4k, &attrs), 0);
	assert_int_equal(attrs, other | PXN | UXN | DBM);
	attrs = other | RDONLY | UXN;
	assert_int_equal(fk_pt_make_writable(&geo_4k, &attrs), 0);
	assert_int_equal(fk_pt_rights(&geo_4k, attrs), R | W | X);
	/* EL0 can write it now, so it is no longer executed. */
	attrs = other | RDONLY | EL0;
	assert_int_equal(fk_pt_make_writable(&geo_4k, &attrs), 0);
	assert_int_equal(fk_pt_rights(&geo_4k, attrs), R | W);
	/* What is writable stays as it is. */
	attrs = other | PXN;
	assert_int_equal(fk_pt_make_writable(&geo_4k, &attrs), 0);
	assert_int_equal(attrs, other | PXN);
}

TEST("permissions: read-only is lifted by another index, if there is one")
{
	/* 0: read; 1: read, execute; 2: read, write; 3: all */
	struct fk_pt_geometry geo = indirect(0xeca8);
	u64 attrs;

	attrs = index_bits(0);
	assert_int_equal(fk_pt_make_writable(&geo, &attrs), 0);
	assert_int_equal(attrs, index_bits(2));
	attrs = index_bits(1);
	assert_int_equal(fk_pt_make_writable(&geo, &attrs), 0);
	assert_int_equal(attrs, index_bits(3));
	/* Not dirty: the index grants it already. */
	attrs = index_bits(3) | RDONLY;
	assert_int_equal(fk_pt_make_writable(&geo, &attrs), 0);
	assert_int_equal(attrs, index_bits(3));

	geo.pir = 0xca8;
	attrs = index_bits(1);
	assert_int_equal(fk_pt_make_writable(&geo, &attrs), -EINVAL);
}

TEST("permissions: what tables impose moves into the leaf")
{
	struct fk_pt_geometry geo = indirect(PIR_LINUX);
	const u64 all = 0xfULL << 59;

	assert_int_equal(fk_pt_impose(&geo_4k, EL0, 0), EL0);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, BIT(59)), EL0 | PXN);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, BIT(60)), EL0 | UXN);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, BIT(61)), 0);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, BIT(62)), EL0 | RDONLY);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, BIT(63)), EL0);
	assert_int_equal(fk_pt_impose(&geo_4k, EL0, all), PXN | UXN | RDONLY);
	assert_int_equal(fk_pt_impose(&geo, EL0, all), EL0);
}
