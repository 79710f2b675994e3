// SPDX-License-Identifier: GPL-2.0
/*
 * The interrupt in which a CPU goes off. Contract in ipi.h.
 */
#include <linux/bits.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/cpufeature.h>
#include <asm/sysreg.h>

#include "compat.h"
#include "ipi.h"

/* Arm IHI 0069, 12.2: the running priority where no interrupt is active. */
#define RPR_IDLE	0xff

void fk_ipi_end(void)
{
	if (!fk_uses_gicv3() || (read_sysreg_s(SYS_ICC_RPR_EL1) & RPR_IDLE) == RPR_IDLE)
		return;
	write_sysreg_s(FK_SGI_CALL_FUNCTION, SYS_ICC_EOIR1_EL1);
	isb();
}
