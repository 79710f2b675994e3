/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The firmware's power interface: Arm DEN 0022 (PSCI), 0.2 and later.
 */
#ifndef FK_PSCI_H
#define FK_PSCI_H

#include <linux/types.h>

/** FK_PSCI_NO_CPU - the affinity of no CPU */
#define FK_PSCI_NO_CPU		(~0ULL)

/** FK_PSCI_UNKNOWN_CPU - the affinity of a CPU that firmware does not tell */
#define FK_PSCI_UNKNOWN_CPU	(~0ULL - 1)

/**
 * struct fk_psci - how to reach the firmware
 * @present: PSCI 0.2 or later answers
 * @conduit: FK_CONDUIT_*, as the device tree's /psci node or the FADT says
 * @resident: affinity fields of the CPU that must not be turned off, because a
 *	uniprocessor trusted OS resides there (MIGRATE_INFO_TYPE, MIGRATE_INFO_UP_CPU);
 *	FK_PSCI_UNKNOWN_CPU, or FK_PSCI_NO_CPU if there is no such OS
 * @sdei: there is SDEI, too (sdei.h)
 */
struct fk_psci {
	bool present;
	u64 conduit;
	u64 resident;
	bool sdei;
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
 * Every exception must be masked.
 *
 * Return: only if the firmware refuses: its error, e.g. -3 (DENIED).
 */
long fk_psci_cpu_off(const struct fk_psci *psci);

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

#endif /* FK_PSCI_H */
