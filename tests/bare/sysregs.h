/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every system register below EL3 that the CPU has, found by trying all encodings.
 * At EL3 each name is that register itself, whatever HCR_EL2.E2H says.
 */
#ifndef BARE_SYSREGS_H
#define BARE_SYSREGS_H

#include "core/types.h"

/* Ordered as the Arm ARM lists them: op0, op1, CRn, CRm, op2. */
#define SYSREG_ID(op0, op1, crn, crm, op2) \
	((op0) << 14 | (op1) << 11 | (crn) << 7 | (crm) << 3 | (op2))
#define SYSREG_OP0(id)		((id) >> 14 & 3)
#define SYSREG_OP1(id)		((id) >> 11 & 7)
#define SYSREG_CRN(id)		((id) >> 7 & 15)
#define SYSREG_CRM(id)		((id) >> 3 & 15)
#define SYSREG_OP2(id)		((id) & 7)

/* sysregs.S: the instruction at sysreg_insn, and the room for it. */
u64 sysreg_try(u64 value, u64 *esr);
extern u32 sysreg_insn[];

#define SYSREGS_MAX		512

/**
 * struct sysregs - a register each
 * @nr: of them
 * @id: SYSREG_ID(), in rising order
 */
struct sysregs {
	unsigned int nr;
	u16 id[SYSREGS_MAX];
};

/**
 * sysregs_find() - those that can be read
 * @regs: filled in
 *
 * Lets EL3 reach those of SVE and SME. Does not return if one traps.
 */
void sysregs_find(struct sysregs *regs);

/** sysreg_read() - a register that was found */
u64 sysreg_read(u16 id);

/**
 * sysreg_write() - write it
 * @id: SYSREG_ID()
 * @value: for it
 *
 * Return: whether it can be written.
 */
bool sysreg_write(u16 id, u64 value);

#endif /* BARE_SYSREGS_H */
