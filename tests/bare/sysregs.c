// SPDX-License-Identifier: GPL-2.0
#include "sysregs.h"
#include "console.h"
#include "cpu.h"
#include "memory.h"

#define INSN_MSR		0xd5000000U	/* x0 */
#define INSN_MRS		0xd5200000U

#define ESR_EXECUTED		(~0ULL)
#define EC_UNKNOWN		0
#define EC_SYSREG		0x18

#define CPTR_EZ			(1ULL << 8)
#define CPTR_ESM		(1ULL << 12)

static u32 encoded(u16 id)
{
	return SYSREG_OP0(id) << 19 | SYSREG_OP1(id) << 16 | SYSREG_CRN(id) << 12 |
	       SYSREG_CRM(id) << 8 | SYSREG_OP2(id) << 5;
}

/* With FEAT_IDST an ID register that does not exist says its name. */
static void must_be_undefined(u16 id, u64 esr)
{
	bool identity = SYSREG_OP0(id) == 3 && SYSREG_CRN(id) == 0;

	if (esr >> 26 != (identity ? EC_SYSREG : EC_UNKNOWN) && esr >> 26 != EC_UNKNOWN)
		fail("register %lx, %lx, %lx, %lx, %lx traps at EL3: ESR %lx",
		     (u64)SYSREG_OP0(id), (u64)SYSREG_OP1(id), (u64)SYSREG_CRN(id),
		     (u64)SYSREG_CRM(id), (u64)SYSREG_OP2(id), esr);
}

static bool try(u32 insn, u16 id, u64 *value)
{
	u64 esr = ESR_EXECUTED;

	sysreg_insn[0] = insn | encoded(id);
	memory_publish();
	*value = sysreg_try(*value, &esr);
	if (esr == ESR_EXECUTED)
		return true;
	must_be_undefined(id, esr);
	return false;
}

u64 sysreg_read(u16 id)
{
	u64 value = 0;

	if (!try(INSN_MRS, id, &value))
		fail("register %lx has gone", (u64)id);
	return value;
}

bool sysreg_write(u16 id, u64 value)
{
	return try(INSN_MSR, id, &value);
}

/* op1 5 has other names, 6 and 7 belong to EL3. */
static bool is_below_el3(u16 id)
{
	return SYSREG_OP0(id) >= 2 && SYSREG_OP1(id) <= 4;
}

void sysregs_find(struct sysregs *regs)
{
	u64 value;
	u32 id;

	write_sysreg(read_sysreg(cptr_el3) | CPTR_EZ | CPTR_ESM, cptr_el3);
	isb();
	regs->nr = 0;
	for (id = 0; id < 0x10000; id++) {
		if (!is_below_el3(id) || !try(INSN_MRS, id, &value))
			continue;
		if (regs->nr == SYSREGS_MAX)
			fail("more than %lu registers", (u64)SYSREGS_MAX);
		regs->id[regs->nr++] = id;
	}
}
