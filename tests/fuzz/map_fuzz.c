// SPDX-License-Identifier: GPL-2.0
/*
 * Sequences of mappings, allocation failures among them, against a list of
 * ranges: translated is what was mapped and nothing beside it, an overlap is an
 * error exactly where it contradicts, and a failure leaves no trace.
 */
#include "fuzz.h"

static struct model_range take_range(struct input *input, const struct fk_pt_geometry *geo)
{
	struct model_range range = { .va = take_va(input, geo) };
	int first = ref_first_level(geo);
	u64 page = 1ULL << geo->granule_shift;
	u8 how = take_u8(input);
	int level = first + (how & 7) % (4 - first);
	u64 leaf = 1ULL << ref_lsb(geo, level);
	u64 left = range_start(geo) + range_bytes(geo) - range.va;

	range.size = leaf * (1 + (how >> 3 & 7)) + (how >> 6) * page;
	if (range.size > left)
		range.size = left;

	/* Few displacements, so that ranges often are alike where they meet. */
	how = take_u8(input);
	level = first + (how & 7) % (4 - first);
	range.pa = range.va - range_start(geo) + (how >> 3 & 1) * page +
		   (how >> 4 & 3) * (1ULL << ref_lsb(geo, level));
	range.pa &= (1ULL << geo->pa_bits) - 1;
	range.prot = (enum fk_pt_prot)(how >> 6) % 3;
	return range;
}

/* So many leaves that it would only cost time. */
static bool is_too_fine(const struct fk_pt_geometry *geo, const struct model_range *range)
{
	int level = 3;

	while (level > -1 && ref_has_leaves(geo, level - 1) &&
	       !((range->va ^ range->pa) & ((1ULL << ref_lsb(geo, level - 1)) - 1)))
		level--;
	return range->size >> ref_lsb(geo, level) > 1024;
}

static void check_one(struct arena *arena, const struct fk_pgtable *pt,
		      const struct model *model, u64 va)
{
	const struct model_range *range = model_find(model, va);
	struct ref_walk walk = agree(arena, pt, va);

	if (va - range_start(&pt->geo) >= range_bytes(&pt->geo)) {
		CHECK(walk.outside);
		return;
	}
	CHECK(!walk.no_table && !walk.torn);
	CHECK(walk.valid == !!range);
	if (!range)
		return;
	CHECK(walk.pa == range->pa + (va - range->va));
	CHECK(walk.r);
	CHECK(walk.w == (range->prot == FK_PT_RW));
	CHECK(walk.x == (range->prot == FK_PT_RX));
	CHECK(walk.attrindx == pt->geo.attr_normal);
}

static void check_all(struct arena *arena, const struct fk_pgtable *pt, const struct model *model)
{
	unsigned int i, part;

	for (i = 0; i < model->nr; i++) {
		const struct model_range *range = &model->range[i];

		check_one(arena, pt, model, range->va - 1);
		check_one(arena, pt, model, range->va + range->size);
		for (part = 0; part < 8; part++)
			check_one(arena, pt, model, range->va + range->size / 8 * part);
		check_one(arena, pt, model, range->va + range->size - 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, data + size };
	struct fk_pt_geometry geo = take_geometry(&input);
	static struct arena arena;
	static struct model model;
	struct arena *before;
	struct fk_pgtable pt;
	int err;
	u8 fail;

	arena_init(&arena, &geo);
	model.nr = 0;
	CHECK(!fk_pgtable_init(&pt, &geo, &arena_ops, &arena));
	while (has_more(&input) && model.nr < 24) {
		struct model_range range = take_range(&input, &geo);
		bool fits_pa = range.size <= (1ULL << geo.pa_bits) - range.pa;
		bool conflict = model_conflicts(&model, &range);

		if (is_too_fine(&geo, &range))
			continue;
		fail = take_u8(&input);
		arena.allocs = 0;
		arena.fail_at = fail < 128 ? -1 : fail & 7;
		before = arena_snapshot(&arena);
		err = fk_pgtable_map(&pt, range.va, range.pa, range.size, range.prot);

		if (!fits_pa)
			CHECK(err == -EINVAL);
		else if (err == -ENOMEM)
			CHECK(arena.fail_at >= 0 && arena.allocs == arena.fail_at + 1);
		else
			CHECK(err == (conflict ? -EEXIST : 0));
		if (err)
			CHECK(arena_equal(&arena, before));
		else
			model.range[model.nr++] = range;
		CHECK(pt.pages == arena.live);
		arena_reset(before);
		free(before);
		check_one(&arena, &pt, &model, range.va);
	}
	check_all(&arena, &pt, &model);
	fk_pgtable_destroy(&pt);
	CHECK(arena_reset(&arena) == 0);
	return 0;
}
