// SPDX-License-Identifier: GPL-2.0
#include "gicv2.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "world.h"

#define SCR_NS			(1ULL << 0)
#define SCR_IRQ			(1ULL << 1)
#define SCR_FIQ			(1ULL << 2)
#define SCR_RES1		(3ULL << 4)
#define SCR_HCE			(1ULL << 8)
#define SCR_RW			(1ULL << 10)
#define SCR_APK			(1ULL << 16)
#define SCR_API			(1ULL << 17)
/* RES0 where the CPU has no such registers. */
#define SCR_HXEN		(1ULL << 38)
#define SCR_GCSEN		(1ULL << 39)
#define SCR_TCR2EN		(1ULL << 43)

#define VECTOR_SYNC		0x400
#define VECTOR_IRQ		0x480
#define VECTOR_FIQ		0x500
#define VECTOR_FROM_A32		0x200

#define CLASS_SMC_A64		0x17

enum level world_level(const char *name)
{
	if (is_same(name, "el1"))
		return LEVEL_EL1;
	if (is_same(name, "el2"))
		return LEVEL_EL2;
	if (!is_same(name, "vhe"))
		fail("no level %s", name);
	if (!(read_sysreg(id_aa64mmfr1_el1) >> 8 & 0xf))
		fail("this CPU has no VHE");
	return LEVEL_VHE;
}

static void map(struct fk_pgtable *pt, u64 va, u64 pa, u64 size, enum fk_pt_prot prot)
{
	int err = fk_pgtable_map(pt, va, pa, size, prot);

	if (err)
		fail("mapping %lx to %lx, %lx bytes: error %lu", va, pa, size, (u64)-err);
}

void world_map_self(struct fk_pgtable *pt, u64 pa, u64 size, enum fk_pt_prot prot)
{
	map(pt, pa, pa, size, prot);
}

static u64 old_sctlr(void)
{
	return FK_SCTLR_MMU_OFF | SCTLR_M | SCTLR_C | SCTLR_I | SCTLR_SA |
	       (random_one_in(2) ? SCTLR_WXN : 0);
}

void world_init(struct world *world, enum level level, u8 lower_va_bits,
		const struct fk_pt_ops *ops)
{
	u64 text = image_address(image_start);
	u64 data = image_address(data_start);
	u64 end = image_address(image_end);
	u8 upper_va_bits = geometry_kernel_va_bits();
	struct fk_pt_geometry geo;
	void *empty;
	u64 empty_pa;

	world->level = level;
	geometry_make(&geo, upper_va_bits, true);
	if (fk_pgtable_init(&world->upper, &geo, ops, NULL))
		fail("no upper range of %lu bits", (u64)upper_va_bits);

	/* Somewhere in the lowest 4 GB of the range, at any 64 KB. */
	world->offset = -(1ULL << upper_va_bits) + (random_below(0x10000) << 16) - text;
	map(&world->upper, text + world->offset, text, data - text, FK_PT_RX);
	map(&world->upper, data + world->offset, data, end - data, FK_PT_RW);

	empty = ops->alloc(NULL, &empty_pa);
	(void)empty;
	world->regime.ttbr0 = empty_pa >> 48 << 2 | (empty_pa & ((1ULL << 48) - 1));
	world->regime.ttbr1 = fk_pgtable_ttbr(&world->upper) | random_below(0x10000) << 48;
	world->regime.tcr = geometry_tcr(lower_va_bits, upper_va_bits);
	world->regime.mair = GEOMETRY_MAIR;
	world->regime.vbar = image_address(level == LEVEL_VHE ? old_el2_vectors :
					   old_el1_vectors) + world->offset;
	world->regime.sctlr = old_sctlr();
	world->regime.sp = image_address(old_stack_top) + world->offset;
	world->vbar_el2 = image_address(old_el2_vectors);
	world->hcr_el2 = 0;
	world->watch_by_irq = false;
}

u64 world_pstate(const struct world *world)
{
	return PSTATE_DAIF | (world->level == LEVEL_VHE ? PSTATE_EL2H : PSTATE_EL1H);
}

void world_install(const struct world *world)
{
	const struct regime *regime = &world->regime;
	bool vhe = world->level == LEVEL_VHE;

	gic_watch_by_irq(world->watch_by_irq);
	write_sysreg(SCR_NS | SCR_RES1 | SCR_HCE | SCR_RW | SCR_APK | SCR_API |
		     SCR_HXEN | SCR_GCSEN | SCR_TCR2EN |
		     (world->watch_by_irq ? SCR_IRQ : SCR_FIQ), scr_el3);
	write_sysreg(HCR_RW | (vhe ? HCR_E2H | HCR_TGE : 0) | world->hcr_el2, hcr_el2);
	isb();
	write_sysreg(regime->sp, sp_el0);
	write_sysreg(regime->sp, sp_el1);
	write_sysreg(regime->sp, sp_el2);
	if (vhe) {
		write_sysreg(regime->ttbr0, ttbr0_el2);
		write_sysreg(regime->ttbr1, s3_4_c2_c0_1);	/* TTBR1_EL2, ARMv8.1 */
		write_sysreg(regime->tcr, tcr_el2);
		write_sysreg(regime->mair, mair_el2);
		write_sysreg(regime->vbar, vbar_el2);
		write_sysreg(regime->sctlr, sctlr_el2);
		write_sysreg(0, cptr_el2);
	} else {
		write_sysreg(regime->ttbr0, ttbr0_el1);
		write_sysreg(regime->ttbr1, ttbr1_el1);
		write_sysreg(regime->tcr, tcr_el1);
		write_sysreg(regime->mair, mair_el1);
		write_sysreg(regime->vbar, vbar_el1);
		write_sysreg(regime->sctlr, sctlr_el1);
		write_sysreg(world->vbar_el2, vbar_el2);
		write_sysreg(SCTLR_EL2_OFF, sctlr_el2);
	}
	asm volatile("dsb sy\n\ttlbi alle1\n\ttlbi alle2\n\tic iallu\n\tdsb sy\n\tisb" : : :
		     "memory");
}

struct regime world_regime(const struct world *world)
{
	struct regime regime;

	if (world->level == LEVEL_VHE) {
		regime.ttbr0 = read_sysreg(ttbr0_el2);
		regime.ttbr1 = read_sysreg(s3_4_c2_c0_1);
		regime.tcr = read_sysreg(tcr_el2);
		regime.mair = read_sysreg(mair_el2);
		regime.vbar = read_sysreg(vbar_el2);
		regime.sctlr = read_sysreg(sctlr_el2);
		regime.sp = read_sysreg(sp_el2);
	} else {
		regime.ttbr0 = read_sysreg(ttbr0_el1);
		regime.ttbr1 = read_sysreg(ttbr1_el1);
		regime.tcr = read_sysreg(tcr_el1);
		regime.mair = read_sysreg(mair_el1);
		regime.vbar = read_sysreg(vbar_el1);
		regime.sctlr = read_sysreg(sctlr_el1);
		regime.sp = read_sysreg(sp_el1);
	}
	return regime;
}

enum ending world_run(struct guest *guest, u64 microseconds, unsigned int *call)
{
	u64 watch = read_sysreg(scr_el3) & SCR_IRQ ? VECTOR_IRQ : VECTOR_FIQ;
	u64 esr;

	gic_watch_start(microseconds);
	guest_enter(guest);
	gic_watch_stop();

	esr = read_sysreg(esr_el3);
	if (guest->vector == watch || guest->vector == watch + VECTOR_FROM_A32)
		return ENDING_WATCH;
	if (guest->vector != VECTOR_SYNC || ESR_CLASS(esr) != CLASS_SMC_A64)
		return ENDING_OTHER;
	*call = esr & 0xffff;
	return ENDING_CALL;
}

struct fault world_fault(const struct world *world, bool el2)
{
	struct fault fault;

	if (el2 || world->level == LEVEL_VHE) {
		fault.esr = read_sysreg(esr_el2);
		fault.far = read_sysreg(far_el2);
		fault.elr = read_sysreg(elr_el2);
		fault.spsr = read_sysreg(spsr_el2);
	} else {
		fault.esr = read_sysreg(esr_el1);
		fault.far = read_sysreg(far_el1);
		fault.elr = read_sysreg(elr_el1);
		fault.spsr = read_sysreg(spsr_el1);
	}
	return fault;
}

void world_explain(const struct world *world, const struct guest *guest, enum ending ending,
		   unsigned int call)
{
	struct fault fault = world_fault(world, false);
	unsigned int i;

	if (ending == ENDING_CALL)
		say("ended by SMC #%lx", (u64)call);
	else if (ending == ENDING_WATCH)
		say("ran out of time");
	else
		say("ended by vector %lx, ESR_EL3 %lx", guest->vector, read_sysreg(esr_el3));
	say(" at %lx, PSTATE %lx; before that ESR %lx FAR %lx ELR %lx\n", guest->pc,
	    guest->pstate, fault.esr, fault.far, fault.elr);
	for (i = 0; i < 31; i++)
		say(" x%lu %lx%s", (u64)i, guest->x[i], i % 6 == 5 || i == 30 ? "\n" : "");
}
