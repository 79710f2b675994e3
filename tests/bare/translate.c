// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of random ranges, and what the CPU makes of them: every address that is
 * tried is looked up in a plain list of what was mapped, walked by the library, given
 * to AT, and where memory is behind it read, written and executed.
 */
#include "crossing.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suite.h"

#define RANGES_MAX	8
#define ENTRIES_MAX	700	/* of one level, in one range */
#define MAIR_NORMAL	0xff
#define PAR_FAULT	1
#define PAR_SH(par)	((par) >> 7 & 3)
#define PAR_ATTR(par)	((par) >> 56)
#define SH_INNER	3

struct mapped {
	u64 va;
	u64 pa;
	u64 size;
	enum fk_pt_prot prot;
};

static struct translate {
	struct world world;
	struct fk_pt_ops ops;
	struct fk_pgtable pt;
	u64 ram_start;			/* memory that nothing else uses */
	u64 ram_end;
	unsigned int nr;
	struct mapped mapped[RANGES_MAX];
	u64 addresses;
	u64 accesses;
} test;

static u64 page_mask(void)
{
	return geometry_page_size() - 1;
}

static u64 range_size(void)
{
	return 1ULL << test.pt.geo.va_bits;
}

static u64 range_start(void)
{
	return test.pt.geo.top_range ? -range_size() : 0;
}

/* Is [@pa, @pa + 8) memory that may be played with? */
static bool is_ram(u64 pa)
{
	return pa >= test.ram_start && pa < test.ram_end;
}

/* ---- what is mapped ---- */

static const struct mapped *find(u64 va)
{
	unsigned int i;

	for (i = 0; i < test.nr; i++) {
		if (va - test.mapped[i].va < test.mapped[i].size)
			return &test.mapped[i];
	}
	return NULL;
}

/* Does a new range say something else about an address than an old one? */
static bool contradicts(const struct mapped *a)
{
	unsigned int i;

	for (i = 0; i < test.nr; i++) {
		const struct mapped *b = &test.mapped[i];
		bool meets = a->va - b->va < b->size || b->va - a->va < a->size;

		if (meets && (a->va - a->pa != b->va - b->pa || a->prot != b->prot))
			return true;
	}
	return false;
}

/* How many levels of the chosen shape have pages or blocks. */
static unsigned int leaf_levels(void)
{
	return (test.pt.geo.granule_shift == 12 ? 3 : 2) + (test.pt.geo.pa_bits == 52);
}

/*
 * A range that can be mapped with a moderate number of tables: as aligned as the
 * entries of some level, and no more of them than a few hundred. One level higher,
 * where there are no blocks, only a few.
 */
static bool random_range(struct mapped *range)
{
	unsigned int stride = test.pt.geo.granule_shift - 3;
	unsigned int level = random_below(leaf_levels() + 1);
	unsigned int shift = test.pt.geo.granule_shift + stride * level;
	u64 pa_limit = 1ULL << test.pt.geo.pa_bits;
	u64 block, offset, limit;

	if (shift >= test.pt.geo.va_bits || shift >= test.pt.geo.pa_bits) {
		shift = test.pt.geo.granule_shift;
		level = 0;
	}
	block = 1ULL << shift;
	limit = range_size() < pa_limit ? range_size() : pa_limit;

	range->prot = random_below(3);
	range->size = random_below(1 + random_below(ENTRIES_MAX) * block) & ~page_mask();
	if (level == leaf_levels() || random_one_in(4))
		range->size = (1 + random_below(4)) * block;
	if (random_one_in(4))
		range->size += random_below(4) * geometry_page_size();
	if (!range->size || range->size > limit)
		return false;

	/* Alike below the level's size; mostly where memory is. */
	offset = random_below(block) & ~page_mask();
	if (random_one_in(3))
		offset = 0;
	if (random_one_in(2))
		range->pa = random_below(pa_limit);
	else
		range->pa = test.ram_start + random_below(test.ram_end - test.ram_start);
	range->pa = (range->pa & ~(block - 1)) + offset;
	range->va = random_below(range_size());
	if (random_one_in(4))
		range->va = range_size() - range->size;		/* up to the very end */
	range->va = (range->va & ~(block - 1)) + offset;
	if (range->pa > pa_limit - range->size || range->va > range_size() - range->size)
		return false;
	range->va += range_start();
	return true;
}

static void map_something(void)
{
	struct mapped range;
	bool refuse;
	int err;

	if (!random_range(&range))
		return;
	/* Often next to, or across the end of, what is there already. */
	if (test.nr && random_one_in(4)) {
		const struct mapped *old = &test.mapped[random_below(test.nr)];
		u64 back = random_below(3) * geometry_page_size();

		if (back <= old->size &&
		    old->va + old->size - range_start() <= range_size() - range.size) {
			range.va = old->va + old->size - back;
			range.pa = old->pa + old->size - back;
			range.prot = random_one_in(2) ? old->prot : range.prot;
			range.size &= (1ULL << 24) - 1;
			range.size |= geometry_page_size();
			if (range.va - range_start() > range_size() - range.size ||
			    range.pa > (1ULL << test.pt.geo.pa_bits) - range.size)
				return;
		}
	}

	refuse = contradicts(&range);
	err = fk_pgtable_map(&test.pt, range.va, range.pa, range.size, range.prot);
	if (err != (refuse ? -EEXIST : 0))
		fail("mapping %lx to %lx, %lx bytes: error %lu, not %lu", range.va, range.pa,
		     range.size, (u64)-err, refuse ? (u64)EEXIST : 0);
	if (!err)
		test.mapped[test.nr++] = range;
}

/* ---- what the CPU says ---- */

static void run_stub(const void *stub, struct guest *guest, bool *returned)
{
	const struct world *world = &test.world;
	enum ending ending;
	unsigned int call = 0;

	guest->pc = image_address(stub) + world->offset;
	guest->pstate = world_pstate(world);
	ending = world_run(guest, WORLD_LONG, &call);
	*returned = ending == ENDING_CALL && call == CALL_DONE;
	if (!*returned && (ending != ENDING_CALL ||
			   (call & ~0xfU) != (world->level == LEVEL_VHE ? CALL_OLD_EL2 :
					      CALL_OLD_EL1))) {
		world_explain(world, guest, ending, call);
		fail("an access ended in neither way");
	}
}

/* The access has to fault on @va, as not mapped or as not permitted. */
static void check_fault(u64 va, bool mapped, unsigned int class, const char *what)
{
	struct fault fault = world_fault(&test.world, false);

	if (ESR_CLASS(fault.esr) != class || fault.far != va ||
	    !(mapped ? fault_is_permission(fault.esr) : fault_is_translation(fault.esr)))
		fail("%s %lx: ESR %lx, FAR %lx", what, va, fault.esr, fault.far);
}

static void check_access(u64 va, const struct mapped *range)
{
	u64 pa = range ? range->pa + (va - range->va) : 0;
	u64 *word = (u64 *)pa;
	u64 tag = random_u64();
	struct guest guest = { .x[0] = va };
	bool returned;

	if (range && !is_ram(pa))
		return;
	test.accesses++;
	if (range)
		*word = tag;
	run_stub(stub_load, &guest, &returned);
	if (returned != !!range)
		fail("loading %lx: %s", va, returned ? "permitted" : "refused");
	if (!range) {
		check_fault(va, false, ESR_CLASS_DATA, "loading");
		return;
	}
	if (guest.x[1] != tag)
		fail("loading %lx, mapped to %lx: %lx, not %lx", va, pa, guest.x[1], tag);

	guest.x[0] = va;
	guest.x[1] = ~tag;
	run_stub(stub_store, &guest, &returned);
	if (returned != (range->prot == FK_PT_RW) || *word != (returned ? ~tag : tag))
		fail("storing at %lx: %s; %lx holds %lx", va,
		     returned ? "permitted" : "refused", pa, *word);
	if (!returned)
		check_fault(va, true, ESR_CLASS_DATA, "storing at");

	*(u32 *)word = INSN_RET;
	memory_publish();
	guest.x[0] = va;
	run_stub(stub_call, &guest, &returned);
	if (returned != (range->prot == FK_PT_RX))
		fail("executing %lx: %s", va, returned ? "permitted" : "refused");
	if (!returned)
		check_fault(va, true, ESR_CLASS_FETCH, "executing");
}

/* At EL2 with E2H and TGE set, AT S1E1x takes EL2's own tables (Arm ARM C5.5). */
static void check_at(u64 va, const struct mapped *range)
{
	u64 pa = range ? range->pa + (va - range->va) : 0;
	u64 pa_mask = ((1ULL << 52) - 1) & ~0xfffULL;
	struct guest guest = { .x[0] = va };
	u64 read, write;
	bool returned;

	run_stub(stub_translate, &guest, &returned);
	if (!returned)
		fail("AT %lx was refused", va);
	read = guest.x[1];
	write = guest.x[2];
	if (!range) {
		if (!(read & write & PAR_FAULT))
			fail("AT %lx, which is not mapped: %lx, %lx", va, read, write);
		return;
	}
	if ((read & PAR_FAULT) || ((read ^ pa) & pa_mask) || PAR_ATTR(read) != MAIR_NORMAL ||
	    PAR_SH(read) != SH_INNER)
		fail("AT %lx, mapped to %lx: %lx", va, pa, read);
	if (!(write & PAR_FAULT) != (range->prot == FK_PT_RW))
		fail("AT %lx for writing: %lx", va, write);
}

/* Entries of a contiguous group (Arm ARM D8.7.1). */
static u64 group_entries(int level)
{
	switch (test.pt.geo.granule_shift) {
	case 12:
		return 16;
	case 14:
		return level == 3 ? 128 : 32;
	default:
		return 32;
	}
}

/*
 * The hint is all or nothing, and QEMU does not use it: see that a group which has it
 * is aligned and alike throughout.
 */
static void check_group(u64 va, const struct fk_pt_walk *hinted)
{
	u64 size = group_entries(hinted->level) * hinted->size;
	u64 first = va & ~(size - 1);
	u64 pa = hinted->pa - (va - first);
	struct fk_pt_walk walk;
	u64 at;

	if (pa & (size - 1))
		fail("%lx is in a group that is not aligned", va);
	for (at = first; at - first < size; at += hinted->size) {
		if (fk_pgtable_walk(&test.pt, at, &walk) || !walk.contiguous ||
		    walk.level != hinted->level || walk.pa != pa + (at - first) ||
		    walk.writable != hinted->writable || walk.executable != hinted->executable)
			fail("%lx is in a group that %lx is not in", va, at);
	}
}

static void check_walk(u64 va, const struct mapped *range)
{
	struct fk_pt_walk walk;
	bool inside = va - range_start() < range_size();
	int err = fk_pgtable_walk(&test.pt, va, &walk);

	if (err != (inside ? 0 : -EINVAL))
		fail("fk_pgtable_walk of %lx: error %lu", va, (u64)-err);
	if (err)
		return;
	if (walk.valid != !!range)
		fail("fk_pgtable_walk of %lx: valid %lu", va, (u64)walk.valid);
	if (range && (walk.pa != range->pa + (va - range->va) ||
		      walk.writable != (range->prot == FK_PT_RW) ||
		      walk.executable != (range->prot == FK_PT_RX)))
		fail("fk_pgtable_walk of %lx: %lx, level %lu, descriptor %lx", va, walk.pa,
		     (u64)walk.level, walk.desc);
	/* QEMU takes a block at any level. */
	if (range && walk.level + (int)leaf_levels() <= 3)
		fail("%lx is mapped by a block where there are none: level %lu", va,
		     (u64)walk.level);
	if (walk.contiguous)
		check_group(va, &walk);
}

static void check(u64 va)
{
	const struct mapped *range = find(va & ~7ULL);

	va &= ~7ULL;
	test.addresses++;
	check_walk(va, range);
	check_at(va, range);
	check_access(va, range);
}

/* ---- rounds ---- */

/* The tables under test are the lower range's, and the code runs in the upper one. */
static void begin_lower(enum level level)
{
	struct fk_pt_geometry geo;
	u8 va_bits = geometry_any_va_bits();

	world_init(&test.world, level, va_bits, &test.ops);
	geometry_make(&geo, va_bits, false);
	if (fk_pgtable_init(&test.pt, &geo, &test.ops, NULL))
		fail("no lower range of %lu bits", (u64)va_bits);
	test.world.regime.ttbr0 = fk_pgtable_ttbr(&test.pt);
}

/* The other way round; the code is mapped to itself. */
static void begin_upper(enum level level)
{
	u64 text = image_address(image_start);
	u64 data = image_address(data_start);
	struct regime *regime = &test.world.regime;
	struct fk_pt_geometry geo;
	struct fk_pgtable lower;
	u8 va_bits = geometry_any_va_bits();

	world_init(&test.world, level, crossing_va_bits(), &test.ops);
	geometry_make(&geo, crossing_va_bits(), false);
	if (fk_pgtable_init(&lower, &geo, &test.ops, NULL))
		fail("no lower range");
	world_map_self(&lower, text, data - text, FK_PT_RX);

	geometry_make(&geo, va_bits, true);
	if (fk_pgtable_init(&test.pt, &geo, &test.ops, NULL))
		fail("no upper range of %lu bits", (u64)va_bits);
	regime->ttbr0 = fk_pgtable_ttbr(&lower);
	regime->ttbr1 = fk_pgtable_ttbr(&test.pt);
	regime->tcr = geometry_tcr(crossing_va_bits(), va_bits);
	regime->vbar -= test.world.offset;
	test.world.offset = 0;
}

static void do_round(enum level level)
{
	unsigned int i, k;

	memory_reset();
	test.nr = 0;
	if (random_one_in(2))
		begin_lower(level);
	else
		begin_upper(level);
	for (i = 0; i < RANGES_MAX; i++)
		map_something();
	memory_publish();
	world_install(&test.world);

	for (i = 0; i < test.nr; i++) {
		const struct mapped *range = &test.mapped[i];

		check(range->va);
		check(range->va - 1);
		check(range->va + range->size - 1);
		check(range->va + range->size);
		for (k = 0; k < 4; k++)
			check(range->va + random_below(range->size));
	}
	for (k = 0; k < 4; k++)
		check(range_start() + random_below(range_size()));
	check(range_start());
	check(range_start() + range_size() - 1);
	if (!test.pt.geo.top_range)
		check(range_size());
	else
		check(range_start() - 1);
}

/* Random tables, tried by the CPU. */
SUITE(translate)
{
	u64 i;

	test.ram_start = run->free_start;
	test.ram_end = run->free_end;
	memory_table_ops(&test.ops);
	for (i = 0; i < run->rounds; i++) {
		random_seed(run->seed + i);
		do_round(run->level);
	}
	say("%lu rounds, %lu addresses, %lu of them accessed\n", run->rounds, test.addresses,
	    test.accesses);
}
