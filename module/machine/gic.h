/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the interrupt controller does to memory.
 */
#ifndef FK_GIC_H
#define FK_GIC_H

#include <linux/types.h>

/**
 * fk_gic_lpis_in_use() - do redistributors use tables that nothing protects?
 *
 * With GICR_CTLR.EnableLPIs set, a redistributor writes its pending table, at an
 * address that cannot be changed until reset (Arm IHI 0069, 12.11.2). Booted
 * through EFI, the kernel has those tables reserved for every kernel to come.
 *
 * A GICv5 keeps its state in memory too, and is taken to do so always.
 *
 * Return: true on a device-tree boot without EFI, if one redistributor has them
 * enabled.
 */
bool fk_gic_lpis_in_use(void);

#endif /* FK_GIC_H */
