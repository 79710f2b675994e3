// SPDX-License-Identifier: GPL-2.0
/*
 * The shipped relocation page against poisoned memory. Every round is another old
 * kernel, another image and another copy list, and ends in the fake next kernel or
 * in a fault that was put in its way. Half of the rounds use the module's own tables
 * and list, the other half a list of their own.
 */
#include "firmware.h"
#include "next_image.h"
#include "list.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suite.h"

#define OLD_TABLES_MAX	64
#define REHEARSALS	3		/* in a row, before the jump */
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
static void make_lower_range_stale(struct crossing *crossing)
{
	u64 page_size = geometry_page_size();
	u64 near = memory_arena(0);
	u64 far = memory_arena(1);
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
static void touch(const struct crossing *crossing, u64 va)
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

	if (va - memory_arena(0) >= mapped && va - memory_arena(1) >= mapped)
		return;
	ending = world_run(guest, WORLD_LONG, &call);
	crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
}

/* The fault is the one that was put in the way. */
static void expect_syndrome(const struct crossing *crossing, const struct list_result *result,
			    const struct guest *guest, enum ending ending, unsigned int call)
{
	bool write = result->mishap == MISHAP_WRITE_HOLE ||
		     result->mishap == MISHAP_WRITE_READONLY;
	struct fault fault = world_fault(&crossing->world, false);

	crossing_expect(ESR_CLASS(fault.esr) == ESR_CLASS_DATA);
	crossing_expect(ESR_WRITE(fault.esr) == write);
	crossing_expect(fault.far == result->address);
	if (result->mishap == MISHAP_WRITE_READONLY)
		crossing_expect(fault_is_permission(fault.esr));
	else
		crossing_expect(fault_is_translation(fault.esr));
}

static void expect_mishap(const struct crossing *crossing, const struct list_result *result,
			  const struct guest *guest, enum ending ending, unsigned int call)
{
	struct fault fault = world_fault(&crossing->world, false);

	crossing_expect_reset(crossing, guest, ending, call);
	crossing_expect(crossing_in_code(crossing, fault.elr));
	expect_syndrome(crossing, result, guest, ending, call);
}

static void check_memory(void)
{
	u64 wrong = memory_check(false);

	if (wrong)
		fail("%lx holds %lx, not %lx", wrong, *(u64 *)wrong,
		     *(u64 *)memory_expect(wrong));
}

static void jump(const struct crossing *crossing, const struct list_result *result)
{
	struct guest regs;
	struct guest *guest = &regs;
	enum ending ending;
	unsigned int call;

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
	check_memory();
}

static void set_leave(struct crossing *crossing, u64 leave)
{
	struct fk_descriptor *desc = crossing->reloc.desc;

	desc->leave = leave;
	desc->vbar_el2 = image_address(old_el2_vectors);
	memcpy(memory_expect((u64)desc), desc, sizeof(*desc));
	if (leave & FK_LEAVE_HVC)
		write_sysreg(crossing->world.vbar_el2, vbar_el2);
}

/* What the caller of a function may rely on, and what else nobody told it to change. */
static void expect_return(const struct crossing *crossing, const struct guest *before,
			  const struct guest *guest, enum ending ending, unsigned int call)
{
	const struct regime *old = &crossing->world.regime;
	struct regime regime = world_regime(&crossing->world);
	unsigned int i;

	crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
	for (i = 18; i < 31; i++)
		crossing_expect(guest->x[i] == before->x[i]);
	crossing_expect((guest->pstate & ~PSTATE_NZCV) == before->pstate);
	crossing_expect(regime.sp == old->sp);
	crossing_expect(regime.ttbr0 == old->ttbr0 && regime.ttbr1 == old->ttbr1);
	crossing_expect(regime.tcr == old->tcr && regime.mair == old->mair);
	crossing_expect(regime.vbar == old->vbar && regime.sctlr == old->sctlr);
	if (crossing->world.level != LEVEL_VHE)
		crossing_expect(read_sysreg(vbar_el2) == image_address(old_el2_vectors));
}

/* Come back, whatever happens, to an old kernel that is as it was. */
static void rehearse(struct crossing *crossing, const struct list_result *result)
{
	u64 leave = crossing->reloc.desc->leave;
	u64 before_regs[FIRMWARE_REGS], after_regs[FIRMWARE_REGS];
	struct guest before, regs;
	struct guest *guest = &regs;
	struct fault fault;
	enum ending ending;
	unsigned int call;
	unsigned int i;

	set_leave(crossing, leave | FK_LEAVE_RETURN);
	crossing_start(crossing, guest);
	guest->x[30] = image_address(stub_smc) + crossing->world.offset;
	before = *guest;
	firmware_snapshot(before_regs);
	ending = world_run(guest, WORLD_LONG, &call);
	firmware_snapshot(after_regs);
	fault = world_fault(&crossing->world, false);

	expect_return(crossing, &before, guest, ending, call);
	for (i = 0; i < FIRMWARE_REGS; i++)
		crossing_expect(before_regs[i] == after_regs[i]);
	if (result->mishap) {
		crossing_expect(guest->x[0] == (FK_RELOC_FAULT | fault.esr));
		expect_syndrome(crossing, result, guest, ending, call);
	} else {
		crossing_expect(!guest->x[0]);
	}
	check_memory();
	set_leave(crossing, leave);
}

static struct list_result do_round(enum level level, u64 rehearsals)
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
	crossing->regs.leave |= firmware_leave();
	crossing_add_linear_map(crossing);
	if (stale)
		make_lower_range_stale(crossing);
	if (level == LEVEL_EL1 && random_one_in(2))
		crossing->conduit = FK_CONDUIT_HVC;
	/* A kernel that is to go on needs its tables. */
	image_complete(&image, crossing, old_table, rehearsals ? 0 : nr_old_tables);

	if (random_one_in(2)) {
		image_use_module_list(&image, crossing);
		result.entries = crossing->tables.entries;
	} else {
		result = list_build(crossing, &image);
	}
	crossing->only_vhe = level == LEVEL_VHE && random_one_in(4);
	crossing_place_page(crossing);
	if (random_one_in(2))
		crossing->world.hcr_el2 |= HCR_TDZ;

	world_install(&crossing->world);
	if (stale) {
		touch(crossing, crossing->reloc.page_pa);
		touch(crossing, crossing->entry & ~7ULL);
		touch(crossing, crossing->tree);
	}
	firmware_disturb(&crossing->world);
	while (rehearsals--)
		rehearse(crossing, &result);
	jump(crossing, &result);
	return result;
}

static void do_rounds(enum level level, u64 seed, u64 rounds, u64 rehearsals)
{
	struct list_result result;
	u64 entries = 0;
	u64 faults = 0;
	u64 wrong;
	u64 i;

	for (i = 0; i < rounds; i++) {
		random_seed(seed + i);
		result = do_round(level, rehearsals);
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

/* The relocation page with random images and copy lists. */
SUITE(relocate)
{
	do_rounds(run->level, run->seed, run->rounds, 0);
}

/* The same, with a few rehearsals before each jump. */
SUITE(rehearse)
{
	do_rounds(run->level, run->seed, run->rounds, REHEARSALS);
}
