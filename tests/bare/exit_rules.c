// SPDX-License-Identifier: GPL-2.0
/*
 * Layouts and names: Arm ARM D19. "Sets": what kernels write before they use it, in
 * arch/arm64/kernel/head.S, arch/arm64/mm/proc.S and asm/el2_setup.h.
 */
#include "exit_rules.h"
#include "world.h"

#define ANY_EL			(EXIT_EL1 | EXIT_EL2 | EXIT_VHE)
#define FROM_EL2		(EXIT_EL2 | EXIT_VHE)
#define ALL			(~0ULL)

#define ID			SYSREG_ID
#define ONE			0	/* in place of a last encoding */
#define RANGE(first, last, name, why) \
	{ first, last, 0, false, 0, 0, name, why }
#define MOVES(first, last, name, why) \
	{ first, last, 0, true, 0, 0, name, why }
#define RESET(id, levels, value, name, why) \
	{ id, ONE, levels, false, value, 0, name, why }
/* ISTATUS of a timer's control comes and goes by itself, until the timer is off. */
#define TIMER(id, levels, name) \
	{ id, ONE, levels, true, 0, 0, name, "the timer is off" }

static const struct exit_rule rules[] = {
	/* The page's work. */
	RESET(ID(3, 0, 1, 0, 0), ANY_EL, FK_SCTLR_MMU_OFF, "SCTLR_EL1",
	      "MMU and caches off, no checks"),
	RESET(ID(3, 0, 2, 0, 3), ANY_EL, 0, "TCR2_EL1", "a kernel may not know it"),
	RESET(ID(3, 0, 2, 5, 0), ANY_EL, 0, "GCSCR_EL1", "booting.rst"),
	RESET(ID(3, 0, 2, 5, 2), ANY_EL, 0, "GCSCRE0_EL1", "booting.rst"),
	RESET(ID(3, 0, 6, 0, 0), FROM_EL2, 1, "FAR_EL1", "how the page finds out whether E2H is"),
	RESET(ID(3, 4, 1, 0, 0), FROM_EL2, SCTLR_EL2_OFF, "SCTLR_EL2",
	      "MMU and caches off, no checks"),
	RESET(ID(3, 4, 1, 1, 0), FROM_EL2, HCR_RW | 0x0100030000000000ULL, "HCR_EL2",
	      "AArch64 at EL1; keys and tags do not trap"),
	{ ID(3, 4, 1, 1, 1), ONE, FROM_EL2, false, 0, 0x1f, "MDCR_EL2",
	  "nothing traps; HPMN gives EL1 all event counters" },
	RESET(ID(3, 4, 1, 1, 2), FROM_EL2, 0x22ff, "CPTR_EL2", "FP, SVE, SME do not trap"),
	RESET(ID(3, 4, 1, 1, 3), FROM_EL2, 0, "HSTR_EL2", "nothing traps"),
	RESET(ID(3, 4, 1, 2, 2), FROM_EL2, 0, "HCRX_EL2", "a kernel may not know it"),
	RESET(ID(3, 4, 2, 0, 2), FROM_EL2, 0x80800000, "TCR_EL2", "bits that are one without E2H"),
	RESET(ID(3, 4, 2, 0, 3), FROM_EL2, 0, "TCR2_EL2", "a kernel may not know it"),
	RESET(ID(3, 4, 2, 5, 0), FROM_EL2, 0, "GCSCR_EL2", "booting.rst"),
	RESET(ID(3, 4, 14, 0, 3), FROM_EL2, 0, "CNTVOFF_EL2",
	      "booting.rst: the same on all CPUs"),
	RESET(ID(3, 4, 14, 1, 0), FROM_EL2, 3, "CNTHCTL_EL2",
	      "EL1 reads the counter and has the timer; CNTPOFF has no effect"),
	TIMER(ID(3, 3, 14, 2, 1), FROM_EL2, "CNTP_CTL_EL0"),
	TIMER(ID(3, 3, 14, 3, 1), ANY_EL, "CNTV_CTL_EL0"),
	TIMER(ID(3, 4, 14, 2, 1), FROM_EL2, "CNTHP_CTL_EL2"),
	TIMER(ID(3, 4, 14, 3, 1), FROM_EL2, "CNTHV_CTL_EL2"),

	/* What changes by itself. */
	MOVES(ID(3, 0, 4, 2, 0), ID(3, 0, 4, 3, 7), "SPSel, PAN, ALLINT", "of who reads it: EL3"),
	MOVES(ID(3, 3, 4, 2, 0), ID(3, 3, 4, 2, 7), "NZCV, DAIF, TCO", "of who reads it: EL3"),
	MOVES(ID(3, 3, 2, 4, 0), ID(3, 3, 2, 4, 1), "RNDR", "a random number"),
	MOVES(ID(3, 3, 14, 0, 1), ID(3, 3, 14, 0, 6), "CNTPCT_EL0, CNTVCT", "a counter"),
	MOVES(ID(3, 3, 14, 2, 0), ONE, "CNTP_TVAL_EL0", "a counter"),
	MOVES(ID(3, 3, 14, 3, 0), ONE, "CNTV_TVAL_EL0", "a counter"),
	MOVES(ID(3, 4, 14, 2, 0), ONE, "CNTHP_TVAL_EL2", "a counter"),
	MOVES(ID(3, 4, 14, 3, 0), ONE, "CNTHV_TVAL_EL2", "a counter"),
	MOVES(ID(3, 3, 9, 12, 3), ONE, "PMOVSCLR_EL0", "a counter's overflow"),
	MOVES(ID(3, 3, 9, 14, 3), ONE, "PMOVSSET_EL0", "a counter's overflow"),
	MOVES(ID(3, 3, 9, 13, 0), ONE, "PMCCNTR_EL0", "a counter"),
	MOVES(ID(3, 3, 9, 13, 2), ONE, "PMXEVCNTR_EL0", "a counter"),
	MOVES(ID(3, 3, 14, 8, 0), ID(3, 3, 14, 11, 7), "PMEVCNTR<n>_EL0", "a counter"),
	MOVES(ID(3, 4, 4, 0, 0), ID(3, 4, 4, 0, 1), "SPSR_EL2, ELR_EL2", "of the last exception"),
	MOVES(ID(3, 4, 5, 2, 0), ONE, "ESR_EL2", "of the last exception"),
	MOVES(ID(3, 4, 6, 0, 0), ONE, "FAR_EL2", "of the last exception"),

	/* Debug: masked by PSTATE.D until a kernel has set it up. */
	RANGE(ID(2, 0, 0, 2, 2), ONE, "MDSCR_EL1",
	      "PSTATE.D masks it; each kernel sets it"),
	RANGE(ID(2, 0, 0, 0, 0), ID(2, 0, 0, 15, 7), "DBG*",
	      "PSTATE.D masks it; each kernel sets it"),
	RANGE(ID(2, 0, 1, 0, 0), ID(2, 0, 7, 15, 7), "OS*, DBG*", "for a debugger from outside"),
	RANGE(ID(2, 2, 0, 0, 0), ID(2, 3, 15, 15, 7), "TEECR32_EL1, DBGDTR",
	      "AArch32's; a debugger's"),
	RANGE(ID(2, 4, 0, 7, 0), ONE, "DBGVCR32_EL2", "AArch32's"),

	/* EL1's and EL0's. */
	RANGE(ID(3, 0, 1, 0, 1), ONE, "ACTLR_EL1", "the implementation's own"),
	RANGE(ID(3, 0, 1, 0, 2), ONE, "CPACR_EL1", "each kernel sets it"),
	RANGE(ID(3, 0, 1, 0, 3), ONE, "SCTLR2_EL1", "up to 7.3 only KVM writes it, for guests"),
	RANGE(ID(3, 0, 1, 0, 5), ID(3, 0, 1, 0, 6), "RGSR_EL1, GCR_EL1",
	      "of tags, which nothing checks"),
	RANGE(ID(3, 0, 1, 2, 0), ID(3, 0, 1, 2, 6), "ZCR, SMPRI, SMCR_EL1", "each kernel sets it"),
	RANGE(ID(3, 0, 2, 0, 0), ID(3, 0, 2, 0, 2), "TTBR0, TTBR1, TCR",
	      "of translation, which is off"),
	RANGE(ID(3, 0, 2, 1, 0), ID(3, 0, 2, 3, 7), "AP*KEY*_EL1", "keys, which SCTLR has off"),
	RANGE(ID(3, 0, 2, 5, 1), ONE, "GCSPR_EL1",
	      "of guarded stacks, which are off"),
	RANGE(ID(3, 0, 4, 0, 0), ID(3, 0, 4, 1, 0), "SPSR, ELR, SP_EL0", "of the last exception"),
	RANGE(ID(3, 0, 5, 1, 0), ID(3, 0, 6, 0, 7), "ESR, FAR, AFSR, ERX*",
	      "of the last exception"),
	RANGE(ID(3, 0, 7, 4, 0), ONE, "PAR_EL1", "of the last translation that was asked for"),
	RANGE(ID(3, 0, 9, 14, 1), ID(3, 0, 9, 14, 2), "PMINTEN*_EL1", "each kernel sets it"),
	RANGE(ID(3, 0, 10, 2, 0), ID(3, 0, 10, 3, 7), "MAIR, PIR, POR_EL1",
	      "of translation, which is off"),
	RANGE(ID(3, 0, 10, 4, 0), ID(3, 0, 10, 4, 7), "LOR*_EL1", "a kernel at EL2 turns it off"),
	RANGE(ID(3, 0, 12, 0, 0), ONE, "VBAR_EL1", "the page's, until a kernel has its own"),
	RANGE(ID(3, 0, 12, 1, 1), ONE, "DISR_EL1", "of the last error"),
	RANGE(ID(3, 0, 13, 0, 1), ONE, "CONTEXTIDR_EL1", "for a debugger from outside"),
	RANGE(ID(3, 0, 13, 0, 4), ID(3, 0, 13, 0, 7), "TPIDR_EL1, SCXTNUM",
	      "the old kernel's word"),
	RANGE(ID(3, 0, 14, 1, 0), ONE, "CNTKCTL_EL1", "each kernel sets it"),
	RANGE(ID(3, 1, 0, 0, 0), ONE, "CCSIDR_EL1", "of the cache that CSSELR_EL1 names"),
	RANGE(ID(3, 2, 0, 0, 0), ONE, "CSSELR_EL1", "the cache that was asked for last"),
	RANGE(ID(3, 3, 2, 5, 1), ONE, "GCSPR_EL0",
	      "of guarded stacks, which are off"),
	RANGE(ID(3, 3, 4, 4, 0), ID(3, 3, 4, 4, 2), "FPCR, FPSR, FPMR", "of the last program"),
	RANGE(ID(3, 3, 9, 12, 0), ID(3, 3, 9, 14, 7), "PM*_EL0", "its driver resets it"),
	RANGE(ID(3, 3, 10, 2, 4), ONE, "POR_EL0", "of translation, which is off"),
	RANGE(ID(3, 3, 13, 0, 2), ID(3, 3, 13, 0, 7), "TPIDR*_EL0, SCXTNUM", "of the last program"),
	RANGE(ID(3, 3, 14, 2, 2), ONE, "CNTP_CVAL_EL0", "of a timer that is off"),
	RANGE(ID(3, 3, 14, 3, 2), ONE, "CNTV_CVAL_EL0", "of a timer that is off"),
	RANGE(ID(3, 3, 14, 12, 0), ID(3, 3, 14, 15, 7), "PMEVTYPER<n>_EL0", "its driver resets it"),

	/* EL2's. */
	RANGE(ID(3, 4, 0, 0, 0), ID(3, 4, 0, 0, 5), "VPIDR, VMPIDR_EL2", "what a guest sees"),
	RANGE(ID(3, 4, 1, 0, 1), ONE, "ACTLR_EL2", "the implementation's own"),
	RANGE(ID(3, 4, 1, 0, 3), ONE, "SCTLR2_EL2", "no kernel up to 7.3 writes it"),
	RANGE(ID(3, 4, 1, 1, 4), ID(3, 4, 1, 1, 6), "HFG*TR_EL2",
	      "kernels that know it leave no trap in it"),
	RANGE(ID(3, 4, 1, 1, 7), ONE, "HACR_EL2", "the implementation's own"),
	RANGE(ID(3, 4, 1, 2, 0), ID(3, 4, 1, 2, 6), "ZCR, SMPRIMAP, SMCR", "each kernel sets it"),
	RANGE(ID(3, 4, 2, 0, 0), ID(3, 4, 2, 0, 1), "TTBR0, TTBR1_EL2",
	      "of translation, which is off"),
	RANGE(ID(3, 4, 2, 1, 0), ID(3, 4, 2, 1, 2), "VTTBR, VTCR_EL2",
	      "of the second stage, which is off"),
	RANGE(ID(3, 4, 2, 2, 0), ONE, "VNCR_EL2", "of nested guests, which HCR_EL2 has off"),
	RANGE(ID(3, 4, 2, 5, 1), ONE, "GCSPR_EL2", "of guarded stacks, which are off"),
	RANGE(ID(3, 4, 3, 0, 0), ONE, "DACR32_EL2", "AArch32's"),
	RANGE(ID(3, 4, 3, 1, 0), ID(3, 4, 3, 1, 7), "H*FG*2_EL2",
	      "kernels that know it leave no trap in it"),
	RANGE(ID(3, 4, 4, 0, 2), ID(3, 4, 4, 3, 7), "SP_EL1, SPSR_*", "of the last exception"),
	RANGE(ID(3, 4, 5, 0, 0), ID(3, 4, 6, 0, 7), "AFSR, VSESR, HPFAR", "of the last exception"),
	RANGE(ID(3, 4, 10, 1, 0), ID(3, 4, 10, 3, 7), "MAIR, PIR, S2PIR_EL2",
	      "of translation, which is off"),
	RANGE(ID(3, 4, 10, 8, 0), ID(3, 4, 10, 9, 1), "MECID*_EL2", "of the memory of realms"),
	RANGE(ID(3, 4, 12, 0, 0), ONE, "VBAR_EL2", "the page's, until a kernel has its own"),
	RANGE(ID(3, 4, 12, 1, 1), ONE, "VDISR_EL2", "of a guest's last error"),
	RANGE(ID(3, 4, 13, 0, 1), ID(3, 4, 13, 0, 7), "TPIDR, CONTEXTIDR", "the old kernel's word"),
	RANGE(ID(3, 4, 14, 0, 6), ONE, "CNTPOFF_EL2", "CNTHCTL_EL2 has it off"),
	RANGE(ID(3, 4, 14, 2, 2), ONE, "CNTHP_CVAL_EL2", "of a timer that is off"),
	RANGE(ID(3, 4, 14, 3, 2), ONE, "CNTHV_CVAL_EL2", "of a timer that is off"),
};

const struct exit_rule *exit_rule_at(unsigned int i)
{
	return i < sizeof(rules) / sizeof(rules[0]) ? &rules[i] : NULL;
}

bool exit_rule_is_of(const struct exit_rule *rule, u16 id)
{
	return id == rule->first || (id > rule->first && id <= rule->last);
}

const struct exit_rule *exit_rule_find(u16 id)
{
	const struct exit_rule *rule;
	unsigned int i;

	for (i = 0; (rule = exit_rule_at(i)); i++)
		if (exit_rule_is_of(rule, id))
			return rule;
	return NULL;
}

bool exit_is_reset(u16 id, enum level level)
{
	const struct exit_rule *rule = exit_rule_find(id);

	return rule && (rule->levels & 1 << level);
}

u64 exit_wrong(const struct exit_seen *seen, enum level level, u64 value)
{
	const struct exit_rule *rule = exit_rule_find(seen->id);
	u64 before = value ^ seen->at_power_on;

	if (!rule)
		return before;
	if (!exit_is_reset(seen->id, level))
		return 0;
	return (before & rule->as_before & seen->can) |
	       ((value ^ rule->reset) & ~rule->as_before & seen->can);
}

/* Bits that stay as they are, and where; a register may stand here twice. */
static const struct kept {
	u16 id;
	u8 levels;
	u64 bits;
} kept[] = {
	/* Nobody's at these levels: EL3's stack pointer and PSTATE, a reset, secure state. */
	{ ID(3, 0, 4, 2, 0), ANY_EL, ALL },		/* SPSel */
	{ ID(3, 0, 4, 2, 3), ANY_EL, ALL },		/* PAN */
	{ ID(3, 0, 4, 2, 4), ANY_EL, ALL },		/* UAO */
	{ ID(3, 0, 4, 3, 0), ANY_EL, ALL },		/* ALLINT */
	{ ID(3, 0, 4, 3, 1), ANY_EL, ALL },		/* PM */
	{ ID(3, 3, 4, 2, 0), ANY_EL, ALL },		/* NZCV */
	{ ID(3, 3, 4, 2, 1), ANY_EL, ALL },		/* DAIF */
	{ ID(3, 3, 4, 2, 2), ANY_EL, ALL },		/* SVCR: module/leave/jump.c */
	{ ID(3, 3, 4, 2, 5), ANY_EL, ALL },		/* DIT */
	{ ID(3, 3, 4, 2, 6), ANY_EL, ALL },		/* SSBS */
	{ ID(3, 3, 4, 2, 7), ANY_EL, ALL },		/* TCO */
	{ ID(3, 0, 12, 0, 2), ANY_EL, ALL },		/* RMR_EL1 */
	{ ID(3, 4, 12, 0, 2), ANY_EL, ALL },		/* RMR_EL2 */
	{ ID(3, 3, 14, 0, 0), ANY_EL, ALL },		/* CNTFRQ_EL0, which EL3 writes */
	{ ID(3, 4, 1, 3, 1), ANY_EL, ALL },		/* SDER32_EL2 */
	{ ID(3, 4, 2, 6, 0), ANY_EL, ALL },		/* VSTTBR_EL2 */
	{ ID(3, 4, 2, 6, 2), ANY_EL, ALL },		/* VSTCR_EL2 */
	{ ID(3, 4, 14, 4, 0), ANY_EL, ALL },		/* CNTHVS_TVAL_EL2 */
	{ ID(3, 4, 14, 4, 1), ANY_EL, ALL },		/* CNTHVS_CTL_EL2 */
	{ ID(3, 4, 14, 4, 2), ANY_EL, ALL },		/* CNTHVS_CVAL_EL2 */
	{ ID(3, 4, 14, 5, 0), ANY_EL, ALL },		/* CNTHPS_TVAL_EL2 */
	{ ID(3, 4, 14, 5, 1), ANY_EL, ALL },		/* CNTHPS_CTL_EL2 */
	{ ID(3, 4, 14, 5, 2), ANY_EL, ALL },		/* CNTHPS_CVAL_EL2 */

	/* The old kernel's translation, vectors and stack. */
	{ ID(3, 0, 1, 0, 0), EXIT_EL1 | EXIT_EL2, ALL },	/* SCTLR_EL1 */
	{ ID(3, 0, 2, 0, 0), EXIT_EL1 | EXIT_EL2, ALL },	/* TTBR0_EL1 */
	{ ID(3, 0, 2, 0, 1), EXIT_EL1 | EXIT_EL2, ALL },	/* TTBR1_EL1 */
	{ ID(3, 0, 2, 0, 2), EXIT_EL1 | EXIT_EL2, ALL },	/* TCR_EL1 */
	{ ID(3, 0, 10, 2, 0), EXIT_EL1 | EXIT_EL2, ALL },	/* MAIR_EL1 */
	{ ID(3, 0, 12, 0, 0), EXIT_EL1 | EXIT_EL2, ALL },	/* VBAR_EL1 */
	{ ID(3, 4, 4, 1, 0), EXIT_EL1 | EXIT_EL2, ALL },	/* SP_EL1 */
	{ ID(3, 4, 1, 0, 0), EXIT_VHE, ALL },			/* SCTLR_EL2 */
	{ ID(3, 4, 2, 0, 0), EXIT_VHE, ALL },			/* TTBR0_EL2 */
	{ ID(3, 4, 2, 0, 1), EXIT_VHE, ALL },			/* TTBR1_EL2 */
	{ ID(3, 4, 2, 0, 2), EXIT_VHE, ALL },			/* TCR_EL2 */
	{ ID(3, 4, 10, 2, 0), EXIT_VHE, ALL },			/* MAIR_EL2 */
	{ ID(3, 4, 12, 0, 0), EXIT_VHE | EXIT_EL2, ALL },	/* VBAR_EL2: the page's */

	/* TCR2: its tables are of another kind. Only AIE and E0POE are free. */
	{ ID(3, 0, 2, 0, 3), EXIT_EL1 | EXIT_EL2, ~0x14ULL },
	{ ID(3, 4, 2, 0, 3), EXIT_VHE, ~0x14ULL },
	/* GCSCR: PCRSEL and EXLOCKEN, as calls would need a guarded stack. */
	{ ID(3, 0, 2, 5, 0), EXIT_EL1 | EXIT_EL2, 0x41 },
	{ ID(3, 4, 2, 5, 0), EXIT_VHE | EXIT_EL2, 0x41 },

	/* EL2 as the hyp stub has it: MMU off, this byte order. */
	{ ID(3, 4, 1, 0, 0), EXIT_EL2, SCTLR_M | FK_SCTLR_EE },
	/*
	 * HCR_EL2 decides where it runs (E2H, TGE, RW), gives it second-stage tables (VM, PTW,
	 * DC, FWB), traps what each kernel does all the time (TTLB, TVM, TRVM, TPU, TPCP, TOCU,
	 * TSC) or takes its call away (HCD, NV, NV1, NV2).
	 */
	{ ID(3, 4, 1, 1, 0), EXIT_EL2, 0x00106c04ef881005ULL },
	{ ID(3, 4, 1, 1, 0), EXIT_VHE, HCR_E2H | HCR_TGE | HCR_RW },
	/* MDCR_EL2.TDE: its debug exceptions would go to EL2, unmasked. */
	{ ID(3, 4, 1, 1, 1), EXIT_EL2, 1 << 8 },
	/* HCRX_EL2: TCR2En and GCSEn, without which it has no such registers. */
	{ ID(3, 4, 1, 2, 2), EXIT_EL2, 1 << 14 | 1 << 22 },
	/* HFGRTR_EL2, HFGWTR_EL2, HFGITR_EL2: as HCR_EL2's traps. */
	{ ID(3, 4, 1, 1, 4), EXIT_EL2, ALL },
	{ ID(3, 4, 1, 1, 5), EXIT_EL2, ALL },
	{ ID(3, 4, 1, 1, 6), EXIT_EL2, ALL },
};

u64 exit_kept(u16 id, enum level level)
{
	u64 bits = level == LEVEL_EL1 && SYSREG_OP1(id) == 4 ? ALL : 0;
	unsigned int i;

	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (kept[i].id == id && (kept[i].levels & 1 << level))
			bits |= kept[i].bits;
	return bits;
}
