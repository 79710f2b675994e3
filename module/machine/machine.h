/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this machine is, and whether it can be left.
 */
#ifndef FK_MACHINE_H
#define FK_MACHINE_H

#include <linux/fastkexec.h>

#include "core/pgtable.h"
#include "psci.h"
#include "report.h"
#include "core/tables.h"

/**
 * struct fk_machine - facts read from registers and firmware tables
 * @level: enum fastkexec_level
 * @blockers: FASTKEXEC_BLOCK_*
 * @psci: the power interface
 * @geometry: of the running kernel's upper range
 * @regs: what the descriptor needs
 * @granules: FASTKEXEC_GRANULE_*
 * @big_endian: the CPU can run big-endian code at EL1 and EL2
 */
struct fk_machine {
	u32 level;
	u64 blockers;
	struct fk_psci psci;
	struct fk_pt_geometry geometry;
	struct fk_reloc_regs regs;
	u32 granules;
	bool big_endian;
};

/**
 * fk_machine_read() - look at the machine
 * @machine: filled in
 * @report: takes the reason
 *
 * Done anew for each call: lockdown, LPIs, CPUs and KVM can change. Sleeps.
 *
 * Return: 0 or -ENOMEM.
 */
int fk_machine_read(struct fk_machine *machine, struct fk_report *report);

/**
 * fk_machine_check() - may an image be loaded?
 * @machine: read before
 * @report: takes the reason
 *
 * Return: 0, -EPERM (lockdown) or -EOPNOTSUPP.
 */
int fk_machine_check(const struct fk_machine *machine, struct fk_report *report);

#endif /* FK_MACHINE_H */
