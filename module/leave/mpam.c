// SPDX-License-Identifier: GPL-2.0
/*
 * MPAM on the way out. Contract in mpam.h.
 */
#include <linux/bits.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "compat.h"
#include "mpam.h"

/* Not known by name to every supported kernel. */
#define FK_SYS_MPAM1_EL1	sys_reg(3, 0, 10, 5, 0)
#define FK_SYS_MPAM0_EL1	sys_reg(3, 0, 10, 5, 1)
#define FK_SYS_MPAMSM_EL1	sys_reg(3, 0, 10, 5, 3)

#define MPAM1_MPAMEN		BIT_ULL(63)

void fk_mpam_reset(void)
{
	if (!fk_uses_mpam())
		return;
	if (fk_uses_mpamsm())
		write_sysreg_s(0, FK_SYS_MPAMSM_EL1);
	write_sysreg_s(0, FK_SYS_MPAM0_EL1);
	write_sysreg_s(read_sysreg_s(FK_SYS_MPAM1_EL1) & MPAM1_MPAMEN, FK_SYS_MPAM1_EL1);
	isb();
}
