/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine's CPUs, online or not.
 */
#ifndef FK_CPUS_H
#define FK_CPUS_H

#include "psci.h"

/**
 * struct fk_cpus - the CPUs that firmware gives to this kernel
 * @nr: how many
 * @mpidr: affinity fields of each, as PSCI takes them
 */
struct fk_cpus {
	unsigned int nr;
	u64 *mpidr;
};

/**
 * fk_cpus_mpidr() - affinity of the calling CPU
 *
 * Return: the affinity fields of MPIDR_EL1, as PSCI takes them.
 */
u64 fk_cpus_mpidr(void);

/**
 * fk_cpus_list() - list the CPUs that the device tree or the MADT names
 * @cpus: filled in; free with fk_cpus_free()
 *
 * A CPU whose node has another status than "okay", or whose MADT entry has no flag, is
 * not in the list: it may run a program of somebody else's. Sleeps.
 *
 * Return: 0, -ENOMEM, or -ENXIO without a MADT on a machine with ACPI.
 */
int fk_cpus_list(struct fk_cpus *cpus);

/**
 * fk_cpus_free() - forget a list
 * @cpus: listed before, or all zero
 */
void fk_cpus_free(struct fk_cpus *cpus);

/**
 * fk_cpus_judge() - which CPUs stand in the way?
 * @psci: found before
 * @blockers: FASTKEXEC_BLOCK_* are added; what cannot be told counts as a blocker
 *
 * In each of these cases a jump could not be finished, or would overwrite code that a
 * CPU runs:
 *
 * - A CPU does not answer interrupts within two seconds.
 * - The firmware does not say of a CPU that is online that it is on. It is not asked if
 *   there is one CPU alone, which is never turned off.
 * - A CPU of fk_cpus_list() is on and not online: it failed to come up and spins in this
 *   kernel's code, with no way to turn it off.
 * - A trusted OS resides on another CPU than the one that will jump, the first one that
 *   is online (unless reboot= says otherwise, which shows at the jump).
 *
 * Sleeps, but not for ever.
 *
 * Return: 0 or -ENOMEM.
 */
int fk_cpus_judge(const struct fk_psci *psci, u64 *blockers);

/**
 * fk_cpus_find_on() - is one of these CPUs on?
 * @cpus: listed before; the caller's own CPU is passed over
 * @psci: found before
 * @mpidr: set to the first one that is
 *
 * Return: true if there is one.
 */
bool fk_cpus_find_on(const struct fk_cpus *cpus, const struct fk_psci *psci, u64 *mpidr);

#endif /* FK_CPUS_H */
