/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine's CPUs, online or not.
 */
#ifndef FK_CPUS_H
#define FK_CPUS_H

#include "psci.h"

/**
 * fk_cpus_mpidr() - affinity of the calling CPU
 *
 * Return: the affinity fields of MPIDR_EL1, as PSCI takes them.
 */
u64 fk_cpus_mpidr(void);

/**
 * fk_cpus_stuck() - does a CPU run that this kernel does not know to be online?
 * @psci: found before
 *
 * One that failed to come up spins in this kernel's code, with no way to turn it
 * off; the code would be overwritten under it. Looks at every CPU that the device
 * tree or the MADT names. Sleeps.
 *
 * Return: true if there is one, or if it cannot be told.
 */
bool fk_cpus_stuck(const struct fk_psci *psci);

#endif /* FK_CPUS_H */
