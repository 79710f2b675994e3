// SPDX-License-Identifier: GPL-2.0
/*
 * fk_tables_build(), fk_tables_check() and fk_reloc_fill(): from moves to tables,
 * copy list and descriptor. Every design is put to the same tests (R14): what the
 * relocation page would write, and from where, is found by following the list
 * through the tables.
 */
#include "behaviour.h"
#include "../../module/core/tables.h"

#define MAX_PAGES	16384

static const enum fk_design designs[] = {
	FK_DESIGN_IDENTITY, FK_DESIGN_RANGE, FK_DESIGN_LINEAR,
};

/* One page that the relocation page would write. */
struct written {
	u64 dst_pa;
	u64 src_pa;
};

/* A load: its tables, the pages of its reloc pages, and where they lie. */
struct load {
	struct fk_pt_geometry geo;
	struct arena arena;
	struct fk_tables tables;
	struct fk_reloc reloc;
	struct fk_tables_request request;
	struct bench *live;
	struct fk_linear linear;
	struct fk_range memory;
	struct fk_ranges ram;
	struct written page[MAX_PAGES];
	unsigned int nr_pages;
	unsigned int nr_entries;
};

/* The running kernel of these loads has all memory below this in its linear map. */
static u64 ram_end(const struct fk_pt_geometry *geo)
{
	return 0x8000 * page_size(geo);
}

static struct load *load_new(const struct fk_pt_geometry *geo, enum fk_design design)
{
	struct load *load = calloc(1, sizeof(*load));

	assert_non_null(load);
	load->geo = *geo;
	load->geo.top_range = true;
	arena_init(&load->arena, geo);
	arena_alloc(&load->arena, &load->reloc.page_pa);
	load->reloc.desc = (struct fk_descriptor *)arena_alloc(&load->arena,
								 &load->reloc.desc_pa);
	load->reloc.page_size = page_size(geo);
	load->reloc.highest_pa = (1ULL << geo->pa_bits) - 1;

	load->live = bench_new(&load->geo);
	load->memory.end = ram_end(geo);
	load->ram.nr = 1;
	load->ram.max = 1;
	load->ram.range = &load->memory;
	load->linear.live = load->live->pt;
	load->linear.offset = first_va(&load->geo);
	load->linear.ram = &load->ram;

	load->request.design = design;
	load->request.geo = &load->geo;
	load->request.ops = &arena_ops;
	load->request.ctx = &load->arena;
	load->request.reloc = &load->reloc;
	load->request.linear = &load->linear;
	return load;
}

static void load_free(struct load *load)
{
	arena_reset(&load->arena);
	bench_free(load->live);
	free(load);
}

/*
 * Can this shape hold the loads of these tests? The identity map must reach the
 * last page, and the ranges of each design fit the upper range.
 */
static bool serves(const struct load *load)
{
	return fk_pgtable_identity_va_bits(&load->geo, load->reloc.highest_pa) &&
	       load->geo.va_bits >= 36;
}

static int build(struct load *load, const struct fk_move *move, u64 nr)
{
	load->request.move = move;
	load->request.nr_moves = nr;
	/* Read-only, as much of the kernel's linear map is. */
	assert_int_equal(fk_pgtable_map(&load->live->pt, load->linear.offset, 0,
					ram_end(&load->geo), FK_PT_RO), 0);
	load->linear.live = load->live->pt;
	return fk_tables_build(&load->tables, &load->request);
}

static void destroy(struct load *load)
{
	fk_tables_destroy(&load->tables);
	assert_null(load->tables.lower.ops);
	assert_null(load->tables.upper.ops);
	assert_null(load->tables.empty.ops);
}

static struct ref_walk look(struct load *load, const struct fk_pgtable *pt, u64 va)
{
	struct ref_walk walk = ref_walk(&load->arena, &pt->geo, pt->root_pa, va);

	assert_false(walk.torn);
	return walk;
}

static struct ref_walk look_low(struct load *load, u64 pa)
{
	return look(load, &load->tables.lower, pa);
}

static void read_entry(struct load *load, const struct fk_copy *entry)
{
	const struct fk_pgtable *data = load->tables.upper.pages ? &load->tables.upper :
								   &load->tables.lower;
	bool zero = entry->kind == FK_COPY_KIND_ZERO;
	struct ref_walk dst, src;
	u64 at;

	assert_true(zero || entry->kind == FK_COPY_KIND_MOVE);
	assert_true(entry->len && entry->len % page_size(&load->geo) == 0);
	load->nr_entries++;
	for (at = 0; at < entry->len; at += page_size(&load->geo)) {
		dst = look(load, data, entry->dst + at);
		assert_true(dst.valid && dst.w && !dst.x);
		assert_true(load->nr_pages < MAX_PAGES);
		load->page[load->nr_pages].dst_pa = dst.pa;
		load->page[load->nr_pages].src_pa = FK_MOVE_ZERO;
		if (!zero) {
			src = look(load, data, entry->src + at);
			assert_true(src.valid && src.r && !src.x);
			load->page[load->nr_pages].src_pa = src.pa;
		}
		load->nr_pages++;
	}
}

/* Read the list as the relocation page does: through the tables, from link to link. */
static void follow_list(struct load *load)
{
	u64 at = load->reloc.desc_pa + FK_LIST_OFFSET;
	const struct fk_copy *entry;

	load->nr_pages = 0;
	load->nr_entries = 0;
	for (;;) {
		assert_true(look_low(load, at).valid);
		assert_int_equal(look_low(load, at + FK_COPY_SIZE - 1).pa, at + FK_COPY_SIZE - 1);
		entry = (const struct fk_copy *)arena_table(&load->arena, look_low(load, at).pa);
		assert_non_null(entry);
		at += FK_COPY_SIZE;
		if (entry->kind == FK_COPY_KIND_END)
			return;
		if (entry->kind == FK_COPY_KIND_LINK)
			at = entry->src;
		else
			read_entry(load, entry);
	}
}

/* The list writes what was asked for, page by page and in order. */
static void assert_moves(struct load *load, const struct fk_move *move, u64 nr)
{
	u64 page = page_size(&load->geo);
	unsigned int i = 0;
	u64 m, at, bytes = 0;

	follow_list(load);
	for (m = 0; m < nr; m++) {
		for (at = 0; at < move[m].size; at += page, i++) {
			assert_true(i < load->nr_pages);
			assert_int_equal(load->page[i].dst_pa, move[m].dst_pa + at);
			assert_int_equal(load->page[i].src_pa, move[m].src_pa == FK_MOVE_ZERO ?
					 FK_MOVE_ZERO : move[m].src_pa + at);
		}
		bytes += move[m].size;
	}
	assert_int_equal(load->nr_pages, i);
	assert_int_equal(load->tables.entries, load->nr_entries);
	assert_int_equal(load->tables.move_bytes, bytes);
	assert_int_equal(fk_tables_check(&load->tables, &load->request), 0);
	assert_int_equal(fk_tables_pages(&load->tables) + load->tables.list_pages + 2,
			 load->arena.live);
}

/* Run @check with a load of every design. */
static void each_design(struct bench *bench, void (*check)(struct load *load))
{
	struct load *load;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		load = load_new(&bench->pt.geo, designs[i]);
		if (serves(load))
			check(load);
		load_free(load);
	}
}

/* ---- builds ---- */

static void in_place(struct load *load)
{
	u64 page = page_size(&load->geo);
	struct ref_walk walk;

	assert_int_equal(build(load, NULL, 0), 0);
	assert_in_range(fk_tables_pages(&load->tables), 2, 8);
	assert_int_equal(load->tables.list_pages, 0);
	assert_int_equal(load->tables.upper.pages, 0);
	assert_moves(load, NULL, 0);

	walk = look_low(load, load->reloc.page_pa);
	assert_true(walk.valid && walk.x && !walk.w && walk.pa == load->reloc.page_pa);
	walk = look_low(load, load->reloc.desc_pa);
	assert_true(walk.valid && !walk.x && !walk.w && walk.pa == load->reloc.desc_pa);
	assert_false(look_low(load, load->reloc.page_pa - 1).valid);
	assert_false(look_low(load, load->reloc.desc_pa + page).valid);
	destroy(load);
	assert_int_equal(load->arena.live, 2);
}

TEST_EACH_SHAPE("R7: an image in place needs a handful of tables")
{
	each_design(bench, in_place);
}

static void mixed_moves(struct load *load)
{
	u64 page = page_size(&load->geo);
	const struct fk_move moves[] = {
		{ 16 * page, 64 * page, page },
		{ 17 * page, 65 * page, 2 * page },	/* goes on at both ends */
		{ 19 * page, FK_MOVE_ZERO, page },
		{ 20 * page, FK_MOVE_ZERO, 3 * page },	/* goes on */
		{ 23 * page, 80 * page, page },
		{ 25 * page, 81 * page, page },		/* destination elsewhere */
		{ 26 * page, FK_MOVE_ZERO, page },
		{ 4096 * page, 8192 * page, 700 * page },
	};

	assert_int_equal(build(load, moves, 8), 0);
	assert_moves(load, moves, 8);
	assert_int_equal(load->nr_entries, 6);
	if (load->request.design == FK_DESIGN_IDENTITY) {
		assert_false(look_low(load, 15 * page).valid);
		assert_false(look_low(load, 24 * page).valid);
		assert_false(look_low(load, 27 * page).valid);
		assert_false(look_low(load, 67 * page).valid);
		assert_int_equal(look_low(load, 64 * page).w, 0);
	} else {
		assert_false(look_low(load, 16 * page).valid);
	}
	destroy(load);
	assert_int_equal(load->arena.live, 2);
}

TEST_EACH_SHAPE("R14: every design makes the same moves")
{
	each_design(bench, mixed_moves);
}

/* One destination, its sources in pieces, as memory that was not to be had in one. */
static void pieces(struct load *load)
{
	u64 page = page_size(&load->geo);
	struct fk_move moves[200];
	unsigned int i;

	for (i = 0; i < 200; i++) {
		moves[i].dst_pa = (1024 + 4 * i) * page;
		moves[i].src_pa = (0x4000 - 8 * i) * page;
		moves[i].size = 4 * page;
	}
	assert_int_equal(build(load, moves, 200), 0);
	assert_moves(load, moves, 200);
	assert_int_equal(load->nr_entries, load->request.design == FK_DESIGN_RANGE ? 1 : 200);
	destroy(load);
}

TEST_EACH_SHAPE("R14: the range design needs one entry a segment")
{
	each_design(bench, pieces);
}

/* Pages of which no two continue each other: the list grows from page to page. */
static void long_list(struct load *load)
{
	u64 page = page_size(&load->geo);
	unsigned int i, nr = 2 * (unsigned int)(page / FK_COPY_SIZE) + 3;
	struct fk_move *moves = calloc(nr, sizeof(*moves));
	u64 list_pages;

	assert_non_null(moves);
	for (i = 0; i < nr; i++) {
		moves[i].dst_pa = (0x1000 + 2 * i) * page;
		moves[i].src_pa = (0x7fff - 2 * i) * page;
		moves[i].size = page;
	}
	assert_int_equal(build(load, moves, nr), 0);
	assert_moves(load, moves, nr);
	assert_int_equal(load->nr_entries, nr);
	assert_int_equal(load->tables.list_pages, 2);
	/* The list's pages stay with their owner. */
	list_pages = load->tables.list_pages;
	destroy(load);
	assert_int_equal(load->arena.live, 2 + list_pages);
	free(moves);
}

TEST_EACH_SHAPE("a long list goes on in further pages")
{
	/* The range design has no room for so many runs in a small upper range. */
	struct load *load = load_new(&bench->pt.geo, FK_DESIGN_IDENTITY);

	if (serves(load))
		long_list(load);
	load_free(load);
	load = load_new(&bench->pt.geo, FK_DESIGN_LINEAR);
	if (serves(load))
		long_list(load);
	load_free(load);
}

static void no_memory(struct load *load)
{
	u64 page = page_size(&load->geo);
	const struct fk_move moves[] = {
		{ 16 * page, 600 * page, 40 * page },
		{ 100 * page, FK_MOVE_ZERO, page },
	};
	int err;

	for (load->arena.fail_at = 0; ; load->arena.fail_at++) {
		load->arena.allocs = 0;
		err = build(load, moves, 2);
		if (!err)
			break;
		assert_int_equal(err, -ENOMEM);
		assert_int_equal(load->arena.live, 2);
		assert_null(load->tables.lower.ops);
		assert_null(load->tables.upper.ops);
		assert_null(load->tables.empty.ops);
	}
	assert_true(load->arena.fail_at >= 2);
	assert_moves(load, moves, 2);
	destroy(load);
	assert_int_equal(load->arena.live, 2);
}

TEST_EACH_SHAPE("without memory every table is given back")
{
	each_design(bench, no_memory);
}

TEST("R8: what cannot be mapped to itself is refused")
{
	const struct fk_pt_geometry geo = { .granule_shift = 16, .va_bits = 48, .pa_bits = 52,
					    .top_range = true };
	struct load *load = load_new(&geo, FK_DESIGN_IDENTITY);

	assert_int_equal(build(load, NULL, 0), -ERANGE);
	assert_int_equal(load->arena.live, 2);
	load_free(load);
}

/* A page that is not in the linear map and is no memory: the copy cannot be made. */
TEST("R4: a linear map with a foreign hole is refused")
{
	const struct fk_pt_geometry geo = { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
					    .top_range = true };
	struct load *load = load_new(&geo, FK_DESIGN_LINEAR);
	const struct fk_move move = { 0x10000, 0x20000, 0x1000 };
	struct bench *live = load->live;

	*desc_at(live, first_va(&geo) + 0x5000, 3) = by_hand(&geo, 3, 0x5000, FK_PT_RO) & ~1ULL;
	load->linear.live = live->pt;
	load->request.move = &move;
	load->request.nr_moves = 1;
	live->arena.ram_start = 0x6000;
	assert_int_equal(fk_tables_build(&load->tables, &load->request), -ENXIO);
	assert_int_equal(load->arena.live, 2);
	load_free(load);
}

/* ---- the check before the jump ---- */

struct spoilt {
	u64 *word;
	u64 flip;
};

static void spoil(struct load *load)
{
	u64 page = page_size(&load->geo);
	const struct fk_move moves[] = {
		{ 16 * page, 64 * page, 3 * page },
		{ 30 * page, FK_MOVE_ZERO, 2 * page },
	};
	const struct fk_pgtable *data;
	struct fk_copy *list;
	unsigned int i;

	assert_int_equal(build(load, moves, 2), 0);
	assert_int_equal(fk_tables_check(&load->tables, &load->request), 0);
	list = (struct fk_copy *)((char *)load->reloc.desc + FK_LIST_OFFSET);
	data = load->tables.upper.pages ? &load->tables.upper : &load->tables.lower;
	{
		const struct spoilt spoilt[] = {
			{ &list[0].dst, page },
			{ &list[0].src, page },
			{ &list[0].len, page ^ 3 * page },
			{ &list[0].len, page << 10 },
			{ &list[0].kind, FK_COPY_KIND_MOVE ^ FK_COPY_KIND_ZERO },
			{ &list[0].kind, FK_COPY_KIND_MOVE ^ FK_COPY_KIND_END },
			{ &list[1].kind, FK_COPY_KIND_MOVE ^ FK_COPY_KIND_ZERO },
			{ &list[2].kind, FK_COPY_KIND_END ^ FK_COPY_KIND_MOVE },
			/* The first table's entry for the reloc pages. */
			{ arena_table(&load->arena, load->tables.lower.root_pa) +
			  ref_index(&load->tables.lower.geo,
				    ref_first_level(&load->tables.lower.geo),
				    load->reloc.page_pa), 1 },
			{ arena_table(&load->arena, data->root_pa) +
			  ref_index(&data->geo, ref_first_level(&data->geo), list[0].dst), 1 },
		};

		for (i = 0; i < ARRAY_SIZE(spoilt); i++) {
			*spoilt[i].word ^= spoilt[i].flip;
			assert_int_equal(fk_tables_check(&load->tables, &load->request), -EIO);
			*spoilt[i].word ^= spoilt[i].flip;
		}
	}
	assert_int_equal(fk_tables_check(&load->tables, &load->request), 0);
	destroy(load);
}

TEST_EACH_SHAPE("the check finds what is wrong")
{
	each_design(bench, spoil);
}

/* ---- the descriptor ---- */

static void descriptor(struct load *load)
{
	const struct fk_reloc_regs regs = {
		/* Everything about the lower range wrong or set, the rest alternating. */
		.tcr = 0xaaaaaaaa2a00ffffULL,
		.sctlr = 0x02000000 | 0x1005,
		.dcache_line = 64,
		.leave = FK_LEAVE_HVC,
	};
	static const u64 tg0[] = { [12] = 0, [14] = 2, [16] = 1 };
	const u64 lower = 0xffbf;	/* T0SZ, EPD0, IRGN0, ORGN0, SH0, TG0 */
	const struct fk_descriptor *desc = load->reloc.desc;
	u64 page = page_size(&load->geo);
	const struct fk_move move = { 16 * page, 64 * page, page };
	bool upper = load->request.design != FK_DESIGN_IDENTITY;

	assert_int_equal(build(load, &move, 1), 0);
	fk_reloc_fill(&load->reloc, &load->tables, &regs, FK_CONDUIT_SMC, 0x40200000,
		      0x48000000);

	assert_int_equal(desc->ttbr0, fk_pgtable_ttbr(&load->tables.lower));
	assert_int_equal(desc->ttbr_empty, fk_pgtable_ttbr(&load->tables.empty));
	assert_int_not_equal(desc->ttbr0, desc->ttbr_empty);
	assert_int_equal(desc->ttbr1, upper ? fk_pgtable_ttbr(&load->tables.upper) :
					      desc->ttbr_empty);
	assert_false(look(load, &load->tables.empty, 0).valid);

	assert_int_equal(desc->tcr_enter & ~lower, regs.tcr & ~lower);
	assert_int_equal(desc->tcr_enter & 0x3f, 64 - load->tables.lower.geo.va_bits);
	assert_int_equal(desc->tcr_enter >> 7 & 1, 0);		/* walks enabled */
	assert_int_equal(desc->tcr_enter >> 8 & 3, 1);		/* inner write-back */
	assert_int_equal(desc->tcr_enter >> 10 & 3, 1);		/* outer write-back */
	assert_int_equal(desc->tcr_enter >> 12 & 3, 3);		/* inner shareable */
	assert_int_equal(desc->tcr_enter >> 14 & 3, tg0[load->geo.granule_shift]);
	/* No walk may start in the upper range where nothing is mapped. */
	assert_int_equal(desc->tcr_copy, desc->tcr_enter | (upper ? 0 : 1 << 23));

	/* MMU, caches and alignment checks off; the byte order stays. */
	assert_int_equal(desc->sctlr_off & 0x2001007, 0x2000000);
	assert_int_equal(desc->page, load->reloc.page_pa);
	assert_int_equal(desc->self, load->reloc.desc_pa);
	assert_int_equal(desc->list, load->reloc.desc_pa + FK_LIST_OFFSET);
	assert_int_equal(desc->line, 64);
	assert_int_equal(desc->entry, 0x40200000);
	assert_int_equal(desc->dtb, 0x48000000);
	assert_int_equal(desc->conduit, FK_CONDUIT_SMC);
	assert_int_equal(desc->leave, FK_LEAVE_HVC);
	destroy(load);
}

TEST_EACH_SHAPE("the descriptor says what the tables are")
{
	each_design(bench, descriptor);
}

TEST("list begins behind the descriptor")
{
	assert_true(sizeof(struct fk_descriptor) <= FK_LIST_OFFSET);
	assert_int_equal(FK_LIST_OFFSET % FK_COPY_SIZE, 0);
}

/* Pages that others have taken out of the linear map: of a source, a destination, others. */
TEST("R15: a linear map with holes is whole in the copy")
{
	const struct fk_pt_geometry geo = { .granule_shift = 12, .va_bits = 48, .pa_bits = 48,
					    .top_range = true };
	struct load *load = load_new(&geo, FK_DESIGN_LINEAR);
	const struct fk_move move = { 0x3000, 0x9000, 0x2000 };
	struct bench *live = load->live;
	struct fk_pt_walk walk;
	u64 pa;

	load->memory.end = 0x20000;
	for (pa = 0; pa < load->memory.end; pa += 0x1000)
		*desc_at(live, first_va(&geo) + pa, 3) =
			by_hand(&geo, 3, pa, FK_PT_RO) & (pa % 0x3000 ? ~0ULL : ~1ULL);
	load->linear.live = live->pt;
	load->request.move = &move;
	load->request.nr_moves = 1;
	assert_int_equal(fk_tables_build(&load->tables, &load->request), 0);
	assert_int_equal(fk_tables_check(&load->tables, &load->request), 0);
	for (pa = 0; pa < load->memory.end; pa += 0x1000) {
		assert_int_equal(fk_pgtable_walk(&load->tables.upper, first_va(&geo) + pa, &walk),
				 0);
		assert_true(walk.valid && walk.writable);
		assert_int_equal(walk.pa, pa);
	}
	destroy(load);
	load_free(load);
}
