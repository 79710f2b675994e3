/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the interrupt controller does to memory.
 */
#ifndef FK_GIC_H
#define FK_GIC_H

#include "core/range.h"

/**
 * fk_gic_is_v5() - is the interrupt controller a GICv5?
 *
 * It keeps its state in memory that the running kernel has given it, whatever the boot,
 * and no next kernel takes that over.
 *
 * Return: true if the device tree or the MADT names one.
 */
bool fk_gic_is_v5(void);

/**
 * fk_gic_list_tables() - which memory do the redistributors of a GICv3 use?
 * @tables: takes the ranges, each in whole 64 KB; empty at first, with room for two
 *	ranges a CPU
 *
 * With GICR_CTLR.EnableLPIs set, a redistributor reads its property table and writes its
 * pending table, at addresses that cannot be changed until reset (Arm IHI 0069, 12.11.2).
 * Linux takes over what it finds in memory that is reserved for it. Where it was booted
 * through EFI it has its own tables reserved for every kernel to come. Sleeps.
 *
 * Return: 0; @tables stays empty if no redistributor has LPIs enabled. -ENOMEM if a
 * redistributor cannot be mapped; -ENXIO if there is no room, or firmware describes one in a
 * way that is not understood.
 */
int fk_gic_list_tables(struct fk_ranges *tables);

#endif /* FK_GIC_H */
