// SPDX-License-Identifier: GPL-2.0
/*
 * Every slot of the vector table, at every level that uses it. The registers are
 * those of a real run: a copy list that links to itself keeps the page in its loop
 * until the watch ends it, and from there the code is led into an exception, or to
 * the slot's address where QEMU cannot raise one.
 */
#include "crossing.h"
#include "gicv2.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suite.h"

#define SLOTS		16
#define OWN_SLOTS	8	/* the first ones: from the level itself */
#define SLOT_SIZE	0x80

enum origin {
	ORIGIN_SP0,
	ORIGIN_SPX,
	ORIGIN_A64,
	ORIGIN_A32,
};

enum kind {
	KIND_SYNC,
	KIND_IRQ,
	KIND_FIQ,
	KIND_SERROR,
};

enum outcome {
	OUTCOME_RESET,		/* PSCI is asked to restart the machine */
	OUTCOME_RETURN,		/* fk_reloc_enter() returns to the old kernel */
	OUTCOME_LEAVE,		/* the next kernel starts */
	OUTCOME_STOP,		/* it spins in the slot */
	OUTCOME_STOP_IN_CODE,	/* it spins in the code before the vectors */
};

/* How AArch64 code at a lower level raises a synchronous exception. */
enum call {
	CALL_SVC,
	CALL_HVC,
	CALL_SMC_TRAPPED,
	CALLS,
};

struct attempt {
	unsigned int target;	/* level whose VBAR is tried: 1 or 2 */
	enum origin origin;
	enum kind kind;
	enum call how;		/* only for synchronous ones from AArch64 */
	bool by_branch;
	bool rehearsal;
};

static struct crossing the_crossing;
static u64 stubs;

static u64 stub_pa(const void *stub)
{
	return stubs + (image_address(stub) - image_address(stubs_start));
}

/* An old kernel, an image in place, and a copy list without an end. */
static void prepare(enum level level, u64 conduit, bool rehearsal, bool watch_by_irq)
{
	struct crossing *crossing = &the_crossing;
	u64 page_size = geometry_page_size();
	struct fk_pt_ops ops;
	struct fk_copy *list;

	memory_reset();
	memset(crossing, 0, sizeof(*crossing));
	memory_table_ops(&ops);
	crossing_init(crossing, level, geometry_any_va_bits(), &ops);
	crossing->conduit = conduit;
	crossing->world.watch_by_irq = watch_by_irq;

	crossing->entry = memory_take(page_size);
	memcpy((void *)crossing->entry, next_start, next_end - next_start);
	crossing->tree = memory_take(page_size);
	memset((void *)crossing->tree, 0, sizeof(struct tree));
	stubs = memory_take(page_size);
	memcpy((void *)stubs, stubs_start, stubs_end - stubs_start);

	crossing_build(crossing, FK_DESIGN_IDENTITY, NULL, 0);
	world_map_self(&crossing->tables.lower, stubs, page_size, FK_PT_RX);
	if (rehearsal)
		crossing->reloc.desc->leave |= FK_LEAVE_RETURN;
	crossing->reloc.desc->vbar_el2 = image_address(old_el2_vectors);
	list = (struct fk_copy *)crossing->reloc.desc->list;
	list->kind = FK_COPY_KIND_LINK;
	list->src = (u64)list;
	crossing_place_page(crossing);
	world_install(&crossing->world);
}

/* Registers in the middle of the loop. */
static void run_into_loop(struct guest *guest)
{
	struct crossing *crossing = &the_crossing;
	enum ending ending;
	unsigned int call = 0;

	crossing_start(crossing, guest);
	guest->x[30] = image_address(stub_smc) + crossing->world.offset;
	ending = world_run(guest, WORLD_SHORT, &call);
	crossing_expect(ending == ENDING_WATCH && crossing_in_code(crossing, guest->pc));
}

static u64 slot_address(const struct attempt *attempt)
{
	return the_crossing.reloc.page_pa + FK_RELOC_VECTORS +
	       (attempt->origin * 4 + attempt->kind) * SLOT_SIZE;
}

static bool needs_el0(const struct attempt *attempt)
{
	if (attempt->origin == ORIGIN_A32)
		return true;
	return attempt->origin == ORIGIN_A64 &&
	       (attempt->target == 1 || the_crossing.world.level == LEVEL_VHE ||
		(attempt->kind == KIND_SYNC && attempt->how == CALL_SVC));
}

static u64 pstate(const struct attempt *attempt)
{
	u64 daif = attempt->kind == KIND_SYNC || attempt->by_branch ? PSTATE_DAIF : 0;

	if (attempt->by_branch)
		return daif | (attempt->target == 1 ? PSTATE_EL1H : PSTATE_EL2H);
	switch (attempt->origin) {
	case ORIGIN_SP0:
		return daif | (attempt->target == 1 ? PSTATE_EL1T : PSTATE_EL2T);
	case ORIGIN_SPX:
		return daif | (attempt->target == 1 ? PSTATE_EL1H : PSTATE_EL2H);
	case ORIGIN_A64:
		return daif | (needs_el0(attempt) ? PSTATE_EL0 : PSTATE_EL1H);
	default:
		return daif | PSTATE_A32_USR;
	}
}

/* The code that is interrupted, or that calls. */
static u64 code(const struct attempt *attempt)
{
	if (attempt->by_branch)
		return slot_address(attempt);
	if (attempt->kind != KIND_SYNC)
		return stub_pa(attempt->origin == ORIGIN_A32 ? stub_a32_spin : stub_spin);
	if (attempt->origin == ORIGIN_A32)
		return stub_pa(stub_a32_svc);
	if (attempt->origin != ORIGIN_A64)
		return stub_pa(stub_brk);
	switch (attempt->how) {
	case CALL_HVC:
		return stub_pa(stub_hvc);
	case CALL_SMC_TRAPPED:
		return stub_pa(stub_smc);
	default:
		return stub_pa(stub_svc);
	}
}

/*
 * Route and raise. At EL1 the interrupts are virtual ones; at EL2 they are the GIC's,
 * and an SError can only be branched to.
 */
static void arrange(const struct attempt *attempt)
{
	static const u64 virtual[] = {
		0, HCR_IMO | HCR_VI, HCR_FMO | HCR_VF, HCR_AMO | HCR_VSE,
	};
	u64 hcr = read_sysreg(hcr_el2);

	/*
	 * What is mapped is not for EL0, and not what the next kernel starts in: both
	 * need the MMU off.
	 */
	if (needs_el0(attempt) || attempt->by_branch) {
		if (the_crossing.world.level == LEVEL_VHE)
			write_sysreg(FK_SCTLR_MMU_OFF, sctlr_el2);
		else
			write_sysreg(FK_SCTLR_MMU_OFF, sctlr_el1);
	}
	/* As if by an exception from this level; at EL2, by the HVC that leaves. */
	if (attempt->by_branch) {
		write_sysreg(PSTATE_DAIF | PSTATE_EL1H, spsr_el1);
		write_sysreg(PSTATE_DAIF | (attempt->target == 2 ? PSTATE_EL2H : 0), spsr_el2);
		write_sysreg((u64)ESR_CLASS_HVC << 26, esr_el2);
		return;
	}
	if (attempt->target == 1) {
		hcr |= virtual[attempt->kind];
	} else {
		hcr |= HCR_IMO | HCR_FMO;
		if (needs_el0(attempt))
			hcr |= HCR_TGE;
		if (attempt->how == CALL_SMC_TRAPPED)
			hcr |= HCR_TSC;
		/* Without VHE, what EL1 could run chooses the slot, not what ran. */
		if (attempt->origin == ORIGIN_A32 && the_crossing.world.level == LEVEL_EL2)
			hcr &= ~HCR_RW;
		if (attempt->kind != KIND_SYNC)
			gic_provoke(true);
	}
	write_sysreg(hcr, hcr_el2);
	isb();
}

static enum outcome expected(const struct attempt *attempt)
{
	if (attempt->origin == ORIGIN_SP0 || attempt->origin == ORIGIN_SPX)
		return attempt->rehearsal ? OUTCOME_RETURN : OUTCOME_RESET;
	if (attempt->origin != ORIGIN_A64 || attempt->kind != KIND_SYNC)
		return OUTCOME_STOP;
	/* At EL1 nothing lower calls; if it did, looking at ESR_EL2 would be a fault. */
	if (attempt->target == 1)
		return OUTCOME_RESET;
	return attempt->by_branch || attempt->how == CALL_HVC ? OUTCOME_LEAVE :
	       OUTCOME_STOP_IN_CODE;
}

static void check(const struct attempt *attempt, const struct guest *guest,
		  enum ending ending, unsigned int call)
{
	const struct crossing *crossing = &the_crossing;
	u64 own_level = attempt->target == 1 ? PSTATE_EL1H : PSTATE_EL2H;
	const struct regime *old = &crossing->world.regime;
	struct regime regime = world_regime(&crossing->world);

	switch (expected(attempt)) {
	case OUTCOME_RESET:
		crossing_expect_reset(crossing, guest, ending, call);
		break;
	case OUTCOME_RETURN:
		crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
		crossing_expect(guest->x[0] & FK_RELOC_FAULT);
		crossing_expect(regime.ttbr0 == old->ttbr0 && regime.ttbr1 == old->ttbr1);
		crossing_expect(regime.tcr == old->tcr && regime.sctlr == old->sctlr);
		crossing_expect(regime.vbar == old->vbar && regime.sp == old->sp);
		break;
	case OUTCOME_LEAVE:
		crossing_expect(ending == ENDING_CALL && call == CALL_NEXT);
		crossing_expect(guest->x[0] == crossing->tree && guest->x[10] == crossing->entry);
		crossing_expect(guest->x[4] == 2 << 2);
		break;
	case OUTCOME_STOP:
		crossing_expect(ending == ENDING_WATCH && guest->pc == slot_address(attempt));
		crossing_expect((guest->pstate & 0x1f) == own_level);
		break;
	case OUTCOME_STOP_IN_CODE:
		crossing_expect(ending == ENDING_WATCH && crossing_in_code(crossing, guest->pc));
		crossing_expect((guest->pstate & 0x1f) == own_level);
		break;
	}
}

static void try(enum level level, u64 conduit, const struct attempt *attempt)
{
	struct guest guest;
	enum ending ending;
	unsigned int call = 0;

	prepare(level, conduit, attempt->rehearsal, attempt->kind == KIND_FIQ);
	run_into_loop(&guest);
	guest.pc = code(attempt);
	guest.pstate = pstate(attempt);
	arrange(attempt);
	ending = world_run(&guest, WORLD_SHORT, &call);
	gic_provoke(false);
	check(attempt, &guest, ending, call);
}

/* ID_AA64PFR0_EL1.EL1: 2 if AArch32 too. */
static bool el1_has_a32(void)
{
	return (read_sysreg(id_aa64pfr0_el1) >> 4 & 0xf) == 2;
}

static bool can_raise(enum level level, const struct attempt *attempt)
{
	if (attempt->target == 1)
		return true;
	if (attempt->origin == ORIGIN_A32 && level == LEVEL_EL2 && !el1_has_a32())
		return false;
	return attempt->kind != KIND_SERROR;
}

static void try_slot(enum level level, u64 conduit, struct attempt *attempt,
		     unsigned int *raised)
{
	attempt->how = CALL_SVC;
	attempt->by_branch = true;
	try(level, conduit, attempt);
	if (!can_raise(level, attempt))
		return;

	attempt->by_branch = false;
	for (; attempt->how < CALLS; attempt->how++) {
		try(level, conduit, attempt);
		(*raised)++;
		/* HVC and a trapped SMC need an EL1 below. */
		if (level != LEVEL_EL2 || attempt->target == 1 ||
		    attempt->origin != ORIGIN_A64 || attempt->kind != KIND_SYNC)
			break;
	}
}

static void try_table(enum level level, u64 conduit, unsigned int target)
{
	struct attempt attempt = { .target = target };
	unsigned int raised = 0;
	unsigned int slot;

	for (slot = 0; slot < SLOTS; slot++) {
		attempt.origin = slot / 4;
		attempt.kind = slot % 4;
		try_slot(level, conduit, &attempt, &raised);
	}
	say("VBAR_EL%lu: %lu slots branched to, %lu exceptions; ", (u64)target, (u64)SLOTS,
	    (u64)raised);
}

/* In a rehearsal, what the level takes from itself leads back to the old kernel. */
static void try_rehearsal(enum level level, unsigned int target)
{
	struct attempt attempt = { .target = target, .rehearsal = true };
	unsigned int raised = 0;
	unsigned int slot;

	for (slot = 0; slot < OWN_SLOTS; slot++) {
		attempt.origin = slot / 4;
		attempt.kind = slot % 4;
		try_slot(level, FK_CONDUIT_SMC, &attempt, &raised);
	}
	say("rehearsal: %lu exceptions; ", (u64)raised);
}

/* fk_reloc_read_vbar, entered at EL2 as by the hyp stub's soft restart. */
static void try_read_vbar(void)
{
	struct crossing *crossing = &the_crossing;
	struct guest regs, *guest = &regs;
	enum ending ending;
	unsigned int call = 0;
	u64 vbar = random_u64() & ~0x7ffULL & ((1ULL << 48) - 1);

	prepare(LEVEL_EL2, FK_CONDUIT_SMC, true, false);
	crossing_start(crossing, guest);
	write_sysreg(image_address(stub_smc) + crossing->world.offset, elr_el2);
	write_sysreg(PSTATE_DAIF | PSTATE_EL1H, spsr_el2);
	write_sysreg(vbar, vbar_el2);
	guest->pc = crossing->reloc.page_pa + (fk_reloc_read_vbar - fk_reloc_start);
	guest->pstate = PSTATE_DAIF | PSTATE_EL2H;
	ending = world_run(guest, WORLD_SHORT, &call);
	crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
	crossing_expect(guest->x[0] == vbar && (guest->pstate & 0x1f) == PSTATE_EL1H);
}

/* Every slot of the vector table. */
SUITE(vectors)
{
	enum level level = run->level;

	if (level == LEVEL_EL1) {
		try_table(level, FK_CONDUIT_HVC, 1);
		try_table(level, FK_CONDUIT_SMC, 1);
	}
	if (level == LEVEL_EL2) {
		try_table(level, FK_CONDUIT_SMC, 1);
		try_table(level, FK_CONDUIT_SMC, 2);
		try_read_vbar();
	}
	if (level == LEVEL_VHE)
		try_table(level, FK_CONDUIT_SMC, 2);
	try_rehearsal(level, level == LEVEL_VHE ? 2 : 1);
	say("all did what they should\n");
}
