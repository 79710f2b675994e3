// SPDX-License-Identifier: GPL-2.0
/*
 * fk_tables_build() and fk_tramp_fill(): from moves to tables, copy list and
 * descriptor; what the relocation page will do, found by following the list.
 */
#include "behaviour.h"
#include "../../module/tables.h"

#define MAX_ENTRIES	4096

/* A load: its tables, the pages of its control structures, and where they lie. */
struct load {
	struct arena arena;
	struct fk_tables tables;
	struct fk_control control;
	struct fk_copy entry[MAX_ENTRIES];
	unsigned int nr;
};

static struct load *load_new(const struct fk_pt_geometry *geo)
{
	struct load *load = calloc(1, sizeof(*load));

	assert_non_null(load);
	arena_init(&load->arena, geo);
	arena_alloc(&load->arena, &load->control.page_pa);
	load->control.desc = (struct fk_descriptor *)arena_alloc(&load->arena,
								 &load->control.desc_pa);
	load->control.page_size = page_size(geo);
	load->control.highest_pa = (1ULL << geo->pa_bits) - 1;
	return load;
}

static void load_free(struct load *load)
{
	arena_reset(&load->arena);
	free(load);
}

static int build(struct load *load, const struct fk_pt_geometry *geo, const struct fk_move *move,
		 u64 nr)
{
	return fk_tables_build(&load->tables, geo, &arena_ops, &load->arena, &load->control, move,
			       nr);
}

static struct ref_walk look(struct load *load, u64 pa)
{
	return ref_walk(&load->arena, &load->tables.lower.geo, load->tables.lower.root_pa, pa);
}

/* Every page of a range maps to itself, with these rights. */
static void assert_self(struct load *load, u64 pa, u64 size, enum fk_pt_prot prot)
{
	u64 at;

	for (at = pa; at < pa + size; at += load->control.page_size) {
		struct ref_walk walk = look(load, at);

		assert_true(walk.valid);
		assert_int_equal(walk.pa, at);
		assert_true(walk.r);
		assert_int_equal(walk.w, prot == FK_PT_RW);
		assert_int_equal(walk.x, prot == FK_PT_RX);
		assert_false(walk.torn);
	}
}

/* Read the list as the relocation page does: through the tables, from link to link. */
static void follow_list(struct load *load)
{
	u64 at = load->control.desc_pa + FK_LIST_OFFSET;
	const struct fk_copy *entry;

	load->nr = 0;
	for (;;) {
		assert_true(look(load, at).valid);
		assert_true(look(load, at + FK_COPY_SIZE - 1).valid);
		entry = (const struct fk_copy *)arena_table(&load->arena, look(load, at).pa);
		assert_non_null(entry);
		if (entry->kind == FK_COPY_KIND_END)
			return;
		if (entry->kind == FK_COPY_KIND_LINK) {
			at = entry->src;
			continue;
		}
		assert_true(load->nr < MAX_ENTRIES);
		load->entry[load->nr++] = *entry;
		at += FK_COPY_SIZE;
	}
}

/* ---- shapes ---- */

/* The identity map reaches as high as the granule can; where memory ends lower, less. */
static bool reachable(struct load *load, const struct fk_pt_geometry *geo)
{
	return fk_pgtable_identity_va_bits(geo, load->control.highest_pa) != 0;
}

static void an_image_in_place_needs_a_handful_of_tables(struct bench *bench)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct load *load = load_new(geo);

	if (!reachable(load, geo)) {
		assert_int_equal(build(load, geo, NULL, 0), -ERANGE);
	} else {
		assert_int_equal(build(load, geo, NULL, 0), 0);
		assert_in_range(load->tables.lower.pages + load->tables.empty.pages, 2, 8);
		assert_int_equal(load->tables.list_pages, 0);
		assert_int_equal(load->tables.move_bytes, 0);
		assert_int_equal(load->tables.entries, 0);
		assert_self(load, load->control.page_pa, page_size(geo), FK_PT_RX);
		assert_self(load, load->control.desc_pa, page_size(geo), FK_PT_RO);
		assert_false(look(load, load->control.page_pa - 1).valid);
		assert_false(look(load, load->control.desc_pa + page_size(geo)).valid);
		follow_list(load);
		assert_int_equal(load->nr, 0);
		fk_tables_destroy(&load->tables);
	}
	assert_int_equal(load->arena.live, 2);
	load_free(load);
}

static void moves_that_continue_each_other_are_joined(struct bench *bench)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct load *load = load_new(geo);
	u64 page = page_size(geo);
	const struct fk_move moves[] = {
		{ 16 * page, 64 * page, page },
		{ 17 * page, 65 * page, 2 * page },
		{ 19 * page, FK_MOVE_ZERO, page },
		{ 20 * page, FK_MOVE_ZERO, 3 * page },
		{ 23 * page, 80 * page, page },		/* source elsewhere */
		{ 25 * page, 81 * page, page },		/* destination elsewhere */
		{ 26 * page, FK_MOVE_ZERO, page },
	};

	if (reachable(load, geo)) {
		assert_int_equal(build(load, geo, moves, 7), 0);
		follow_list(load);
		assert_int_equal(load->nr, 5);
		assert_int_equal(load->tables.entries, 5);
		assert_int_equal(load->tables.move_bytes, 10 * page);
		assert_int_equal(load->entry[0].dst, 16 * page);
		assert_int_equal(load->entry[0].src, 64 * page);
		assert_int_equal(load->entry[0].len, 3 * page);
		assert_int_equal(load->entry[0].kind, FK_COPY_KIND_MOVE);
		assert_int_equal(load->entry[1].dst, 19 * page);
		assert_int_equal(load->entry[1].len, 4 * page);
		assert_int_equal(load->entry[1].kind, FK_COPY_KIND_ZERO);
		assert_int_equal(load->entry[2].dst, 23 * page);
		assert_int_equal(load->entry[3].dst, 25 * page);
		assert_int_equal(load->entry[4].kind, FK_COPY_KIND_ZERO);

		assert_self(load, 16 * page, 8 * page, FK_PT_RW);
		assert_self(load, 25 * page, 2 * page, FK_PT_RW);
		assert_self(load, 64 * page, 3 * page, FK_PT_RO);
		assert_self(load, 80 * page, 2 * page, FK_PT_RO);
		assert_false(look(load, 15 * page).valid);
		assert_false(look(load, 24 * page).valid);
		assert_false(look(load, 27 * page).valid);
		assert_false(look(load, 67 * page).valid);
		fk_tables_destroy(&load->tables);
		assert_null(load->tables.lower.ops);
	}
	load_free(load);
}

/* Pages that no two of continue each other: the list grows from page to page. */
static void a_long_list_goes_on_in_further_pages(struct bench *bench)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct load *load = load_new(geo);
	u64 page = page_size(geo);
	unsigned int i, nr = 3 * (unsigned int)(page / FK_COPY_SIZE) - 2;
	struct fk_move *moves = calloc(nr, sizeof(*moves));
	u64 list_pages;

	assert_non_null(moves);
	if (nr > MAX_ENTRIES)
		nr = MAX_ENTRIES;
	for (i = 0; i < nr; i++) {
		moves[i].dst_pa = (0x1000 + 2 * i) * page;
		moves[i].src_pa = (0x10000 - 2 * i) * page;
		moves[i].size = page;
	}
	if (reachable(load, geo) && (0x10001 * page - 1) >> geo->pa_bits == 0) {
		assert_int_equal(build(load, geo, moves, nr), 0);
		follow_list(load);
		assert_int_equal(load->nr, nr);
		assert_int_equal(load->tables.entries, nr);
		assert_true(load->tables.list_pages >= 1);
		for (i = 0; i < nr; i++) {
			assert_int_equal(load->entry[i].dst, moves[i].dst_pa);
			assert_int_equal(load->entry[i].src, moves[i].src_pa);
			assert_int_equal(load->entry[i].len, page);
			assert_int_equal(load->entry[i].kind, FK_COPY_KIND_MOVE);
		}
		/* The list's pages stay with their owner. */
		list_pages = load->tables.list_pages;
		fk_tables_destroy(&load->tables);
		assert_int_equal(load->arena.live, 2 + list_pages);
	}
	free(moves);
	load_free(load);
}

static void without_memory_every_table_is_given_back(struct bench *bench)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct load *load = load_new(geo);
	u64 page = page_size(geo);
	const struct fk_move moves[] = {
		{ 16 * page, 600 * page, 40 * page },
		{ 100 * page, FK_MOVE_ZERO, page },
	};
	int err;

	if (reachable(load, geo)) {
		for (load->arena.fail_at = 0; ; load->arena.fail_at++) {
			load->arena.allocs = 0;
			err = build(load, geo, moves, 2);
			if (!err)
				break;
			assert_int_equal(err, -ENOMEM);
			assert_int_equal(load->arena.live, 2);
			assert_null(load->tables.lower.ops);
			assert_null(load->tables.empty.ops);
		}
		assert_true(load->arena.fail_at >= 2);
		fk_tables_destroy(&load->tables);
		assert_int_equal(load->arena.live, 2);
	}
	load_free(load);
}

/* ---- the descriptor ---- */

static void the_descriptor_says_what_the_tables_are(struct bench *bench)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	const struct fk_machine_regs regs = {
		/* Everything about the lower range wrong or set, the rest alternating. */
		.tcr = 0xaaaaaaaa2a80ffffULL,
		.sctlr = 0x02000000 | 0x1005,
		.line = 64,
		.conduit = FK_CONDUIT_SMC,
		.leave = FK_LEAVE_HVC,
	};
	struct load *load = load_new(geo);
	const struct fk_descriptor *desc = load->control.desc;
	static const u64 tg0[] = { [12] = 0, [14] = 2, [16] = 1 };
	const u64 lower = 0xffbf;	/* T0SZ, EPD0, IRGN0, ORGN0, SH0, TG0 */

	if (reachable(load, geo)) {
		assert_int_equal(build(load, geo, NULL, 0), 0);
		fk_tramp_fill(&load->control, &load->tables, &regs, 0x40200000, 0x48000000);

		assert_int_equal(desc->ttbr0, fk_pgtable_ttbr(&load->tables.lower));
		assert_int_equal(desc->ttbr_empty, fk_pgtable_ttbr(&load->tables.empty));
		assert_int_not_equal(desc->ttbr0, desc->ttbr_empty);
		assert_int_equal(desc->ttbr1, desc->ttbr_empty);
		assert_false(ref_walk(&load->arena, geo, load->tables.empty.root_pa,
				      first_va(geo)).valid);

		assert_int_equal(desc->tcr_enter & ~lower, regs.tcr & ~lower);
		assert_int_equal(desc->tcr_enter & 0x3f, 64 - load->tables.lower.geo.va_bits);
		assert_int_equal(desc->tcr_enter >> 7 & 1, 0);		/* walks enabled */
		assert_int_equal(desc->tcr_enter >> 8 & 3, 1);		/* inner write-back */
		assert_int_equal(desc->tcr_enter >> 10 & 3, 1);		/* outer write-back */
		assert_int_equal(desc->tcr_enter >> 12 & 3, 3);		/* inner shareable */
		assert_int_equal(desc->tcr_enter >> 14 & 3, tg0[geo->granule_shift]);
		assert_int_equal(desc->tcr_copy, desc->tcr_enter | 1 << 23);

		/* MMU, caches and alignment checks off; the byte order stays. */
		assert_int_equal(desc->sctlr_off & 0x2001007, 0x2000000);
		assert_int_equal(desc->page, load->control.page_pa);
		assert_int_equal(desc->self, load->control.desc_pa);
		assert_int_equal(desc->list, load->control.desc_pa + FK_LIST_OFFSET);
		assert_int_equal(desc->line, 64);
		assert_int_equal(desc->entry, 0x40200000);
		assert_int_equal(desc->dtb, 0x48000000);
		assert_int_equal(desc->conduit, FK_CONDUIT_SMC);
		assert_int_equal(desc->leave, FK_LEAVE_HVC);
		fk_tables_destroy(&load->tables);
	}
	load_free(load);
}

static void test_list_begins_behind_the_descriptor(void **state)
{
	(void)state;
	assert_true(sizeof(struct fk_descriptor) <= FK_LIST_OFFSET);
	assert_int_equal(FK_LIST_OFFSET % FK_COPY_SIZE, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BEHAVIOUR("R7: an image in place needs a handful of tables",
			  an_image_in_place_needs_a_handful_of_tables),
		BEHAVIOUR("moves that continue each other are joined",
			  moves_that_continue_each_other_are_joined),
		BEHAVIOUR("a long list goes on in further pages",
			  a_long_list_goes_on_in_further_pages),
		BEHAVIOUR("without memory every table is given back",
			  without_memory_every_table_is_given_back),
		BEHAVIOUR("the descriptor says what the tables are",
			  the_descriptor_says_what_the_tables_are),
		cmocka_unit_test(test_list_begins_behind_the_descriptor),
	};

	return cmocka_run_group_tests_name("tables and descriptor", tests, NULL, NULL);
}
