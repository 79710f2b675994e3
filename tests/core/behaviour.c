// SPDX-License-Identifier: GPL-2.0
#include "behaviour.h"

#define PXN	(1ULL << 53)
#define UXN	(1ULL << 54)
#define DBM	(1ULL << 51)
#define RDONLY	(1ULL << 7)

static const struct shape *current;
static struct bench the_bench;

void behaviour_run(void **state)
{
	const struct behaviour *behaviour = *state;
	unsigned int i;

	for (i = 0; i < nr_shapes; i++) {
		current = &shapes[i];
		arena_init(&the_bench.arena, &current->geo);
		assert_int_equal(fk_pgtable_init(&the_bench.pt, &current->geo, &arena_ops,
						 &the_bench.arena), 0);
		behaviour->check(&the_bench);
		assert_int_equal(the_bench.pt.pages, the_bench.arena.live);
		fk_pgtable_destroy(&the_bench.pt);
		assert_int_equal(arena_reset(&the_bench.arena), 0);
	}
	current = NULL;
}

int behaviour_teardown(void **state)
{
	(void)state;
	if (current)
		print_error("... with %s\n", current->name);
	current = NULL;
	arena_reset(&the_bench.arena);
	return 0;
}

struct bench *bench_new(const struct fk_pt_geometry *geo)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	assert_non_null(bench);
	arena_init(&bench->arena, geo);
	assert_int_equal(fk_pgtable_init(&bench->pt, geo, &arena_ops, &bench->arena), 0);
	return bench;
}

void bench_free(struct bench *bench)
{
	arena_reset(&bench->arena);
	free(bench);
}

u64 first_va(const struct fk_pt_geometry *geo)
{
	return geo->top_range ? -(1ULL << geo->va_bits) : 0;
}

u64 page_size(const struct fk_pt_geometry *geo)
{
	return 1ULL << geo->granule_shift;
}

u64 leaf_size(const struct fk_pt_geometry *geo, int level)
{
	return 1ULL << ref_lsb(geo, level);
}

int top_leaf_level(const struct fk_pt_geometry *geo)
{
	int level = ref_first_level(geo);

	while (!ref_has_leaves(geo, level))
		level++;
	return level;
}

struct ref_walk seen(struct bench *bench, u64 va)
{
	struct ref_walk ref = ref_walk(&bench->arena, &bench->pt.geo, bench->pt.root_pa, va);
	struct fk_pt_walk walk;
	int err = fk_pgtable_walk(&bench->pt, va, &walk);

	assert_int_equal(err, ref.outside ? -EINVAL : ref.no_table ? -EFAULT : 0);
	assert_false(ref.torn);
	if (err) {
		assert_false(walk.valid);
		return ref;
	}
	assert_int_equal(walk.level, ref.level);
	assert_int_equal(walk.valid, ref.valid);
	assert_int_equal(walk.pa, ref.pa);
	assert_int_equal(walk.size, ref.size);
	assert_int_equal(walk.contiguous, ref.hint);
	assert_int_equal(walk.writable, ref.w);
	assert_int_equal(walk.executable, ref.x);
	assert_int_equal(walk.desc, ref.desc);
	return ref;
}

void assert_hole(struct bench *bench, u64 va)
{
	assert_false(seen(bench, va).valid);
}

void assert_mapped(struct bench *bench, u64 va, u64 pa, u64 size, enum fk_pt_prot prot)
{
	u64 page = page_size(&bench->pt.geo);
	struct ref_walk walk;
	u64 at, step;

	for (at = 0; at < size; at += step) {
		walk = seen(bench, va + at);
		assert_true(walk.valid);
		assert_int_equal(walk.pa, pa + at);
		assert_true(walk.r);
		assert_int_equal(walk.w, prot == FK_PT_RW);
		assert_int_equal(walk.x, prot == FK_PT_RX);
		assert_int_equal(walk.attrindx, bench->pt.geo.attr_normal);

		/* Inside a leaf, the last page is enough. */
		step = walk.size - (walk.pa & (walk.size - 1));
		if (step > page && at + step <= size) {
			walk = seen(bench, va + at + step - 1);
			assert_int_equal(walk.pa, pa + at + step - 1);
		}
	}
}

u64 *desc_at(struct bench *bench, u64 va, int level)
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	u64 *table = arena_table(&bench->arena, bench->pt.root_pa);
	u64 *entry, pa;
	int at;

	/* Attributes of a table descriptor, 63:59, are no part of the address. */
	for (at = ref_first_level(geo); at < level; at++) {
		entry = &table[ref_index(geo, at, va)];
		if (!*entry) {
			table = arena_alloc(&bench->arena, &pa);
			*entry = ref_address(geo, pa) | 3;
			bench->pt.pages++;
			continue;
		}
		pa = bench->arena.base;
		while (ref_address(geo, pa) != (*entry & ~0xf800000000000003ULL))
			pa += bench->arena.granule;
		table = arena_table(&bench->arena, pa);
		assert_non_null(table);
	}
	return &table[ref_index(geo, level, va)];
}

u64 by_hand(const struct fk_pt_geometry *geo, int level, u64 pa, enum fk_pt_prot prot)
{
	u64 desc = ref_address(geo, pa) | (level == 3 ? 3 : 1) | 1ULL << 10 |
		   (u64)geo->attr_normal << 2;
	bool odd = geo->pie && geo->pir == PIR_ODD;

	if (!geo->lpa2)
		desc |= 3ULL << 8;
	switch (prot) {
	case FK_PT_RO:
		return desc | RDONLY | UXN | (odd ? 0 : PXN);
	case FK_PT_RW:
		return desc | UXN | PXN | (odd ? 0 : DBM);
	case FK_PT_RX:
		return desc | RDONLY | UXN | (odd ? PXN | DBM : 0);
	}
	return 0;
}

u64 random_u64(u64 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}
