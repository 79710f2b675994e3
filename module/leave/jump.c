// SPDX-License-Identifier: GPL-2.0
/*
 * Leaving. Contract in jump.h.
 */
#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "machine/el2.h"
#include "jump.h"
#include "mpam.h"
#include "trace.h"

#define FK_SYS_SVCR		sys_reg(3, 3, 4, 2, 2)
#define PFR1_FIELD_SME		GENMASK_ULL(27, 24)
#define CPACR_SME_AT_EL1	BIT_ULL(24)

/*
 * A task that was preempted in streaming mode may have left this CPU in it. Then the
 * next kernel's first instruction that streaming mode does not allow would trap. A
 * kernel that does not know SME traps SVCR for everybody (CPACR_EL1.SMEN): no task can
 * have entered the mode.
 */
static void leave_streaming_mode(void)
{
	if (!FIELD_GET(PFR1_FIELD_SME, read_sysreg(id_aa64pfr1_el1)) ||
	    !(read_sysreg(cpacr_el1) & CPACR_SME_AT_EL1))
		return;
	write_sysreg_s(0, FK_SYS_SVCR);
	isb();
}

void fk_jump(const struct fk_descriptor *desc, const struct fk_record *record)
{
	u64 daif;

	asm volatile("mrs %0, daif\n\tmsr daifset, #0xf" : "=r" (daif) : : "memory");
	fk_trace_stop();
	fk_mpam_reset();
	leave_streaming_mode();
	if (!(desc->leave & FK_LEAVE_HVC) || fk_el2_take(desc->page + FK_RELOC_VECTORS)) {
		fk_record_hand_over(record);
		fk_reloc_enter(desc);
	}
	asm volatile("msr daif, %0" : : "r" (daif) : "memory");
}
