/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What each register may be when the next kernel starts, and what of it the old kernel
 * needs until then. A register that neither power-on nor a rule explains is a fault. Of a
 * register that the page resets no bit is free.
 */
#ifndef BARE_EXIT_RULES_H
#define BARE_EXIT_RULES_H

#include "sysregs.h"
#include "world.h"

/**
 * struct exit_rule - one register, or several whose encodings follow each other
 * @first: SYSREG_ID()
 * @last: likewise, 0 for a single one
 * @levels: EXIT_* of the old kernel whose page resets it; at others it may be anything
 * @moves: changes by itself, or with an exception: also in a rehearsal
 * @reset: its value then, in all bits that the CPU can change
 * @as_before: but in these, which are as at power-on
 * @name: as the Arm ARM calls it
 * @why: it need not be as at power-on, or is as it is
 */
struct exit_rule {
	u16 first;
	u16 last;
	u8 levels;
	bool moves;
	u64 reset;
	u64 as_before;
	char name[20];
	char why[72];
};

#define EXIT_EL1		(1 << LEVEL_EL1)
#define EXIT_EL2		(1 << LEVEL_EL2)
#define EXIT_VHE		(1 << LEVEL_VHE)

/** exit_rule_find() - that of a register, or NULL */
const struct exit_rule *exit_rule_find(u16 id);

/** exit_rule_is_of() - whether it is about a register */
bool exit_rule_is_of(const struct exit_rule *rule, u16 id);

/** exit_rule_at() - by number; NULL past the last one */
const struct exit_rule *exit_rule_at(unsigned int i);

/**
 * struct exit_seen - a register, for its judge
 * @id: SYSREG_ID()
 * @at_power_on: its value
 * @can: bits that the CPU can change
 */
struct exit_seen {
	u16 id;
	u64 at_power_on;
	u64 can;
};

/** exit_is_reset() - whether a rule has the page of an old kernel at @level reset it */
bool exit_is_reset(u16 id, enum level level);

/**
 * exit_wrong() - bits that the next kernel must not find
 * @seen: the register
 * @level: of the old kernel
 * @value: at the next kernel's first instruction
 *
 * None of a register that may be anything.
 */
u64 exit_wrong(const struct exit_seen *seen, enum level level, u64 value);

/**
 * exit_kept() - bits of a register that an old kernel has to have as they are
 * @id: SYSREG_ID()
 * @level: of the old kernel
 *
 * Without them it could not run at all, or not reach this register.
 */
u64 exit_kept(u16 id, enum level level);

/* Of SCTLR and TCR of the old kernel's own level. */
#define EXIT_SCTLR_KEPT		(FK_SCTLR_MMU_OFF | FK_SCTLR_EE | SCTLR_M | SCTLR_C | \
				 SCTLR_I | SCTLR_WXN)
#define EXIT_TCR_FREE		0x07ffffe000000000ULL	/* TBI0 to TCMA1 */

#endif /* BARE_EXIT_RULES_H */
