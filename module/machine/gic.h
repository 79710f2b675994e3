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

struct fk_gic_frame;

/**
 * struct fk_gic - the redistributors of a GICv3, mapped
 * @frames: each of them; NULL: there are none
 * @frames_nr: how many there are, whether this kernel uses their CPUs or not
 */
struct fk_gic {
	struct fk_gic_frame *frames;
	unsigned int frames_nr;
};

/**
 * fk_gic_open() - find the redistributors and map them
 * @gic: filled in; free with fk_gic_close()
 *
 * Sleeps.
 *
 * Return: 0, also without a GICv3; -ENOMEM if they cannot be mapped; -ENXIO if firmware
 * describes them in a way that is not understood. @gic holds nothing after a failure.
 */
int fk_gic_open(struct fk_gic *gic);

/**
 * fk_gic_list_tables() - which memory do the redistributors use?
 * @gic: open
 * @tables: takes the ranges, each in whole 64 KB; empty at first, with room for two
 *	ranges a frame
 *
 * With GICR_CTLR.EnableLPIs set, a redistributor reads its property table and writes its
 * pending table, at addresses that cannot be changed until reset (Arm IHI 0069, 12.11.2).
 * Linux takes over what it finds in memory that is reserved for it. Where it was booted
 * through EFI it has its own tables reserved for every kernel to come. Allocates nothing.
 *
 * Return: 0; @tables stays empty if no redistributor has LPIs enabled. -ENOMEM if there
 * is less room.
 */
int fk_gic_list_tables(const struct fk_gic *gic, struct fk_ranges *tables);

/**
 * fk_gic_close() - forget the redistributors
 * @gic: may be all zero; then it is
 */
void fk_gic_close(struct fk_gic *gic);

#endif /* FK_GIC_H */
