/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine that is left: a level, an old kernel in the upper range, the registers
 * of both, and how long anything may take.
 */
#ifndef BARE_WORLD_H
#define BARE_WORLD_H

#include "cpu.h"
#include "geometry.h"
#include "core/reloc.h"

/**
 * enum level - where the old kernel runs, and where the next one has to start
 * @LEVEL_EL1: EL1, and EL1; somebody else holds EL2
 * @LEVEL_EL2: EL1, and EL2: EL2 without VHE
 * @LEVEL_VHE: EL2, and EL2, with HCR_EL2.E2H and TGE set
 */
enum level {
	LEVEL_EL1,
	LEVEL_EL2,
	LEVEL_VHE,
};

/**
 * struct world - all of one old kernel that the relocation page can depend on
 * @level: see enum level
 * @regime: of the level that it runs at
 * @vbar_el2: only unless LEVEL_VHE
 * @hcr_el2: interrupt routing and the like, on top of what @level asks for
 * @watch_by_irq: what hangs is ended by an IRQ to EL3, so that FIQs stay below
 * @upper: the old kernel's upper range
 * @offset: added to an address of this image, its address in @upper
 */
struct world {
	enum level level;
	struct regime regime;
	u64 vbar_el2;
	u64 hcr_el2;
	bool watch_by_irq;
	struct fk_pgtable upper;
	u64 offset;
};

/* Bits of HCR_EL2 and SCTLR_ELx. */
#define HCR_FMO			(1ULL << 3)
#define HCR_IMO			(1ULL << 4)
#define HCR_AMO			(1ULL << 5)
#define HCR_VF			(1ULL << 6)
#define HCR_VI			(1ULL << 7)
#define HCR_VSE			(1ULL << 8)
#define HCR_TSC			(1ULL << 19)
#define HCR_TGE			(1ULL << 27)
#define HCR_RW			(1ULL << 31)
#define HCR_TDZ			(1ULL << 28)	/* and DCZID_EL0 says: no DC ZVA */
#define HCR_E2H			(1ULL << 34)

#define SCTLR_M			(1ULL << 0)
#define SCTLR_C			(1ULL << 2)
#define SCTLR_SA		(1ULL << 3)
#define SCTLR_I			(1ULL << 12)
#define SCTLR_WXN		(1ULL << 19)

/* SCTLR_EL2 without E2H, MMU and all else off: its RES1 bits. */
#define SCTLR_EL2_OFF		0x30c50830ULL

/**
 * world_level() - by name: el1, el2, vhe
 * @name: of the level
 *
 * Does not return if there is no such name, or this CPU lacks it.
 */
enum level world_level(const char *name);

/**
 * world_init() - an old kernel with its image mapped in the upper range
 * @world: filled in; MMU on, vectors that end in CALL_OLD_*
 * @level: where
 * @lower_va_bits: size of the lower range that it starts with, which is empty
 * @ops: memory for its tables
 */
void world_init(struct world *world, enum level level, u8 lower_va_bits,
		const struct fk_pt_ops *ops);

/** world_map_self() - map a range of physical memory to itself, or do not return */
void world_map_self(struct fk_pgtable *pt, u64 pa, u64 size, enum fk_pt_prot prot);

/** world_pstate() - that of the old kernel: exceptions masked, its level's own stack */
u64 world_pstate(const struct world *world);

/** world_install() - load every register of @world; nothing cached is left */
void world_install(const struct world *world);

/** world_regime() - the registers of the old kernel's level as they are now */
struct regime world_regime(const struct world *world);

/**
 * enum ending - how a run ended
 * @ENDING_CALL: an SMC
 * @ENDING_WATCH: it did not end in time
 * @ENDING_OTHER: anything else
 */
enum ending {
	ENDING_CALL,
	ENDING_WATCH,
	ENDING_OTHER,
};

/**
 * world_run() - run code in a world that is installed
 * @guest: its registers, in and out
 * @microseconds: it may take; a million instructions take a thousand
 * @call: out: the SMC's immediate
 */
enum ending world_run(struct guest *guest, u64 microseconds, unsigned int *call);

/* What a run may take at most when it is not expected to hang. */
#define WORLD_LONG		2000000
#define WORLD_SHORT		100

/** world_explain() - print a run's end and the registers that tell why */
void world_explain(const struct world *world, const struct guest *guest, enum ending ending,
		   unsigned int call);

/* What a level was told of an exception that it took. */
struct fault {
	u64 esr;
	u64 far;
	u64 elr;
	u64 spsr;
};

/**
 * world_fault() - the syndrome that the code's own level was given
 * @world: where it ran
 * @el2: ask EL2, not the level of the old kernel
 */
struct fault world_fault(const struct world *world, bool el2);

#define ESR_CLASS(esr)		((esr) >> 26 & 0x3f)
#define ESR_CLASS_HVC		0x16
#define ESR_CLASS_FETCH		0x21	/* Instruction Abort, same level */
#define ESR_CLASS_DATA		0x25	/* Data Abort, same level */
#define ESR_WRITE(esr)		((esr) >> 6 & 1)

/** fault_is_translation() - the abort's status says: nothing is mapped there */
static inline bool fault_is_translation(u64 esr)
{
	return (esr & 0x3c) == 0x04 || (esr & 0x3f) == 0x2b;
}

/** fault_is_permission() - the abort's status says: mapped, but not for this */
static inline bool fault_is_permission(u64 esr)
{
	return (esr & 0x3c) == 0x0c;
}

#endif /* BARE_WORLD_H */
