// SPDX-License-Identifier: GPL-2.0
/*
 * The shipped relocation page against poisoned memory. Every round is another old
 * kernel, another image and another copy list, and ends in the fake next kernel or
 * in a fault that was put in its way. Half of the rounds use the module's own tables
 * and list, the other half a list of their own.
 */
#include "image.h"
#include "list.h"
#include "memory.h"
#include "random.h"
#include "report.h"
#include "suites.h"

#define OLD_TABLES_MAX	16
#define CHECK_ALL_EVERY	16		/* rounds */

static struct crossing the_crossing;
static struct image image;

static unsigned int nr_old_tables;
static u64 old_table[OLD_TABLES_MAX];

/* Remembers the old kernel's tables: the next kernel may want the memory. */
static void *old_alloc(void *ctx, u64 *pa)
{
	void *table = the_crossing.ops.alloc(ctx, pa);

	if (nr_old_tables == OLD_TABLES_MAX)
		fail("the old kernel has more than %lu tables", (u64)OLD_TABLES_MAX);
	old_table[nr_old_tables++] = *pa;
	return table;
}

/*
 * Let the old kernel's lower range map the arenas, but each page of them to another
 * one, and have some of that in the TLB: none of it may be used on the way.
 */
static void make_lower_range_stale(struct crossing *crossing, u64 near, u64 far)
{
	u64 page_size = geometry_page_size();
	struct fk_pt_geometry geo;
	struct fk_pgtable stale;

	geometry_make(&geo, crossing_va_bits(), false);
	if (fk_pgtable_init(&stale, &geo, &crossing->ops, NULL) ||
	    fk_pgtable_map(&stale, near, near + page_size, ARENA_SIZE - page_size, FK_PT_RW) ||
	    fk_pgtable_map(&stale, far, far + page_size, ARENA_SIZE - page_size, FK_PT_RW))
		fail("no lower range for the old kernel");
	crossing->world.regime.ttbr0 = fk_pgtable_ttbr(&stale);
}

/* Have the old kernel load from @va, if its lower range maps that. */
static void touch(const struct crossing *crossing, u64 va, u64 near, u64 far)
{
	u64 mapped = ARENA_SIZE - geometry_page_size();
	struct guest regs = {
		.x[0] = va,
		.pc = image_address(stub_load) + crossing->world.offset,
		.pstate = world_pstate(&crossing->world),
	};
	struct guest *guest = &regs;
	enum ending ending;
	unsigned int call;

	if (va - near >= mapped && va - far >= mapped)
		return;
	ending = world_run(guest, WORLD_LONG, &call);
	crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
}

static void expect_mishap(const struct crossing *crossing, const struct list_result *result,
			  const struct guest *guest, enum ending ending, unsigned int call)
{
	bool write = result->mishap == MISHAP_WRITE_HOLE ||
		     result->mishap == MISHAP_WRITE_READONLY;
	struct fault fault = world_fault(&crossing->world, false);

	crossing_expect_reset(crossing, guest, ending, call);
	crossing_expect(crossing_in_code(crossing, fault.elr));
	crossing_expect(ESR_CLASS(fault.esr) == ESR_CLASS_DATA);
	crossing_expect(ESR_WRITE(fault.esr) == write);
	crossing_expect(fault.far == result->address);
	if (result->mishap == MISHAP_WRITE_READONLY)
		crossing_expect(fault_is_permission(fault.esr));
	else
		crossing_expect(fault_is_translation(fault.esr));
}

static void jump(const struct crossing *crossing, const struct list_result *result)
{
	struct guest regs;
	struct guest *guest = &regs;
	enum ending ending;
	unsigned int call;
	u64 wrong;

	crossing_start(crossing, guest);
	if (random_one_in(4))
		guest->pstate &= ~1ULL;		/* on SP_EL0: the first four vectors */

	ending = world_run(guest, WORLD_LONG, &call);
	if (result->mishap) {
		expect_mishap(crossing, result, guest, ending, call);
	} else {
		crossing_expect_next(crossing, guest, ending, call);
		crossing_expect(guest->x[11] == image_sum(&image));
	}
	wrong = memory_check(false);
	if (wrong)
		fail("%lx holds %lx, not %lx", wrong, *(u64 *)wrong,
		     *(u64 *)memory_expect(wrong));
}

static struct list_result do_round(enum level level, u64 near, u64 far)
{
	struct list_result result = { .mishap = MISHAP_NONE };
	struct crossing *crossing = &the_crossing;
	bool stale = random_one_in(2);
	struct fk_pt_ops old_ops;

	memory_reset();
	memset(crossing, 0, sizeof(*crossing));
	memory_table_ops(&crossing->ops);
	old_ops = crossing->ops;
	old_ops.alloc = old_alloc;
	nr_old_tables = 0;

	image_begin(&image);
	crossing_init(crossing, level, stale ? crossing_va_bits() : geometry_any_va_bits(),
		      &old_ops);
	if (stale)
		make_lower_range_stale(crossing, near, far);
	if (level == LEVEL_EL1 && random_one_in(2))
		crossing->regs.conduit = FK_CONDUIT_HVC;
	image_complete(&image, crossing, old_table, nr_old_tables);

	if (random_one_in(2)) {
		image_use_module_list(&image, crossing);
		result.entries = crossing->tables.entries;
	} else {
		result = list_build(crossing, &image);
	}
	crossing_place_page(crossing);

	world_install(&crossing->world);
	if (stale) {
		touch(crossing, crossing->control.page_pa, near, far);
		touch(crossing, crossing->entry & ~7ULL, near, far);
		touch(crossing, crossing->tree, near, far);
	}
	jump(crossing, &result);
	return result;
}

void suite_relocate(enum level level, u64 near, u64 far, u64 seed, u64 rounds)
{
	struct list_result result;
	u64 entries = 0;
	u64 faults = 0;
	u64 wrong;
	u64 i;

	for (i = 0; i < rounds; i++) {
		random_seed(seed + i);
		result = do_round(level, near, far);
		entries += result.entries;
		faults += result.mishap != MISHAP_NONE;
		if (i % CHECK_ALL_EVERY && i != rounds - 1)
			continue;
		wrong = memory_check(true);
		if (wrong)
			fail("%lx, which nothing used, holds %lx, not %lx", wrong, *(u64 *)wrong,
			     *(u64 *)memory_expect(wrong));
	}
	say("%lu rounds, %lu list entries, %lu provoked faults\n", rounds, entries, faults);
}
