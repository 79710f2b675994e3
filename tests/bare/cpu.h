/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The CPU as the bare-metal tests see it: a monitor at EL3, which runs code at a
 * lower level as a function call that ends with the next exception to EL3. Read by
 * C and by assembly.
 */
#ifndef BARE_CPU_H
#define BARE_CPU_H

/* Offsets in struct guest. */
#define GUEST_X			0x000
#define GUEST_PC		0x0f8
#define GUEST_PSTATE		0x100
#define GUEST_VECTOR		0x108
#define GUEST_SIZE		0x110

/* Immediates of the SMCs by which code at a lower level ends. */
#define CALL_RELOCATION		0x000		/* the relocation page's own */
#define CALL_OLD_EL1		0x100		/* + vector number: old kernel's VBAR_EL1 */
#define CALL_OLD_EL2		0x200		/* + vector number: VBAR_EL2 before it is ours */
#define CALL_NEXT		0x300		/* the fake next kernel has looked around */
#define CALL_DONE		0x301		/* a stub has done its one thing */
#define VECTOR_SYNC_LOWER	8		/* number of the slot: synchronous, lower EL */

/* Layout of what the fake next kernel takes for its device tree. */
#define TREE_MAGIC		0x00
#define TREE_BACK		0x08
#define TREE_RANGES		0x10
#define TREE_RANGE		0x18
#define TREE_RANGE_MAX		30

#define PSTATE_DAIF		0x3c0
#define PSTATE_NZCV		0xf0000000UL
#define PSTATE_EL0		0x0
#define PSTATE_EL1T		0x4
#define PSTATE_EL1H		0x5
#define PSTATE_EL2T		0x8
#define PSTATE_EL2H		0x9
#define PSTATE_A32_USR		0x10
#define PSTATE_A32_SVC		0x13

#ifndef __ASSEMBLY__
#include "core/types.h"

/**
 * struct guest - registers of the code at a lower level
 * @x: x0 to x30
 * @pc: where it goes on; after a call, where it stopped (ELR_EL3)
 * @pstate: SPSR_EL3
 * @vector: out: offset of the EL3 vector that was taken
 */
struct guest {
	u64 x[31];
	u64 pc;
	u64 pstate;
	u64 vector;
};

static_assert(offsetof(struct guest, pc) == GUEST_PC, "guest.pc");
static_assert(offsetof(struct guest, pstate) == GUEST_PSTATE, "guest.pstate");
static_assert(offsetof(struct guest, vector) == GUEST_VECTOR, "guest.vector");
static_assert(sizeof(struct guest) == GUEST_SIZE, "guest");

/**
 * struct tree - handed to the fake next kernel in place of a device tree
 * @magic: TREE_MAGIC_VALUE
 * @back: where it goes on after it has looked; 0: SMC #CALL_NEXT
 * @nr: ranges in use
 * @range: what it adds up
 *
 * It arrives at @back, or at EL3, with x0 to x3 as it was entered and
 *   x4 CurrentEL   x5 SCTLR_ELx  x6 TCR_ELx   x7 VBAR_ELx  x8 DAIF  x9 SPSel
 *   x10 its entry  x11 the sum of all ranges, rotated by one bit after each word
 * The EL2 registers are those of EL2, by their own names.
 */
struct tree {
	u64 magic;
	u64 back;
	u64 nr;
	struct {
		u64 start;
		u64 size;
	} range[TREE_RANGE_MAX];
};

static_assert(offsetof(struct tree, back) == TREE_BACK, "tree.back");
static_assert(offsetof(struct tree, nr) == TREE_RANGES, "tree.nr");
static_assert(offsetof(struct tree, range) == TREE_RANGE, "tree.range");

#define TREE_MAGIC_VALUE	0x6e657874206b6e6cULL

#define read_sysreg(name) ({					\
	u64 value_;						\
	asm volatile("mrs %0, " #name : "=r" (value_));		\
	value_;							\
})

#define write_sysreg(value, name) \
	asm volatile("msr " #name ", %x0" : : "rZ" ((u64)(value)) : "memory")

static inline void isb(void)
{
	asm volatile("isb" : : : "memory");
}

static inline u64 image_address(const void *symbol)
{
	return (u64)symbol;
}

extern const char image_start[], data_start[], image_end[];

/* The fake next kernel: position-independent, at most NEXT_SIZE bytes. */
extern const char next_start[], next_end[];

/* The old kernel's stack grows down from here. */
extern const char old_stack_top[];

/* Vector tables that end in an SMC: CALL_OLD_EL1 and CALL_OLD_EL2 + number. */
extern const char old_el1_vectors[], old_el2_vectors[];

/* Stubs for code at a lower level; all but the loops end with SMC #CALL_DONE. */
extern const char stubs_start[], stubs_end[];
extern const char stub_translate[];	/* x0: address; PAR_EL1: x1 reading, x2 writing */
extern const char stub_load[];		/* x1 = [x0] */
extern const char stub_store[];		/* [x0] = x1 */
extern const char stub_call[];		/* branch to x0 and come back */
extern const char stub_brk[], stub_svc[], stub_hvc[], stub_smc[], stub_spin[];
extern const char stub_a32_svc[], stub_a32_hvc[], stub_a32_spin[];

/* One instruction that returns, for code that is called where it lies. */
#define INSN_RET		0xd65f03c0U

/**
 * guest_enter() - run code at a lower level until the next exception to EL3
 * @guest: its registers, in and out
 */
void guest_enter(struct guest *guest);

/* The registers of one stage-1 regime, and the stack of what runs in it. */
struct regime {
	u64 ttbr0;
	u64 ttbr1;
	u64 tcr;
	u64 mair;
	u64 vbar;
	u64 sctlr;
	u64 sp;
};

/**
 * regime_enter() - turn the MMU on at this very level and branch
 * @regime: for the registers named as at EL1
 * @pc: where to
 * @x0: argument there
 *
 * @regime's lower range maps this code to itself.
 */
void regime_enter(const struct regime *regime, u64 pc, u64 x0) __attribute__((__noreturn__));

/**
 * regime_drop() - the same from EL2, to EL1
 * @regime: for EL1's registers
 * @pc: where to
 * @x0: argument there
 */
void regime_drop(const struct regime *regime, u64 pc, u64 x0) __attribute__((__noreturn__));

/* Where the fake next kernel goes back to on a machine without EL3. */
extern const char machine_back[];

#endif /* __ASSEMBLY__ */
#endif /* BARE_CPU_H */
