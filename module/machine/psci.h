/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The firmware's power interface: Arm DEN 0022 (PSCI), 0.2 and later.
 */
#ifndef FK_PSCI_H
#define FK_PSCI_H

#include <linux/types.h>

/**
 * struct fk_psci - how to reach the firmware
 * @present: PSCI 0.2 or later answers
 * @conduit: FK_CONDUIT_*, as the device tree's /psci node or the FADT says
 */
struct fk_psci {
	bool present;
	u64 conduit;
};

/**
 * fk_psci_find() - look PSCI up
 * @psci: filled in
 */
void fk_psci_find(struct fk_psci *psci);

/**
 * fk_psci_call() - call the firmware
 * @psci: found before
 * @function: SMCCC function identifier
 * @arg0: first argument
 * @arg1: second argument
 *
 * Return: x0; -1 where the firmware does not know @function.
 */
u64 fk_psci_call(const struct fk_psci *psci, u32 function, u64 arg0, u64 arg1);

/**
 * fk_psci_cpu_off() - turn the calling CPU off
 * @psci: found before
 *
 * Every exception must be masked. Returns only if the firmware refuses.
 */
void fk_psci_cpu_off(const struct fk_psci *psci);

/**
 * fk_psci_cpu_is_off() - is another CPU off?
 * @psci: found before
 * @mpidr: its affinity fields (MPIDR_HWID_BITMASK)
 *
 * Return: true once AFFINITY_INFO says OFF.
 */
bool fk_psci_cpu_is_off(const struct fk_psci *psci, u64 mpidr);

/**
 * fk_psci_cpu_is_on() - is another CPU on?
 * @psci: found before
 * @mpidr: its affinity fields
 *
 * Return: true if AFFINITY_INFO says ON, or on its way; false for a CPU that the
 * firmware does not know.
 */
bool fk_psci_cpu_is_on(const struct fk_psci *psci, u64 mpidr);

/**
 * fk_psci_resident_cpu() - does a trusted OS forbid turning one CPU off?
 * @psci: found before
 * @mpidr: set to the affinity of that CPU
 *
 * Return: true if MIGRATE_INFO_TYPE tells of a uniprocessor trusted OS.
 */
bool fk_psci_resident_cpu(const struct fk_psci *psci, u64 *mpidr);

#endif /* FK_PSCI_H */
