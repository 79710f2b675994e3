/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From "the kernel has shut down its devices" to one CPU with nothing else going
 * on.
 */
#ifndef FK_QUIESCE_H
#define FK_QUIESCE_H

#include "machine/cpus.h"

/**
 * fk_quiesce_init() - get what will be needed, while it can be had
 *
 * Return: 0 or -ENOMEM.
 */
int fk_quiesce_init(void);

/**
 * fk_quiesce_exit() - undo fk_quiesce_init()
 */
void fk_quiesce_exit(void);

/**
 * fk_quiesce_masters() - stop DMA
 *
 * Called at the shutdown stage of a restart: devices and syscore are down, the
 * caller is pinned to the CPU that will jump, interrupts are on, CPU hotplug is
 * frozen. Does not sleep, allocate or print.
 *
 * Comes before the CPUs are turned off: one that is stopped while it holds a lock never
 * gives it back, and a walk over PCI devices takes some.
 */
void fk_quiesce_masters(void);

/**
 * fk_quiesce_cpus() - turn every other CPU off, and keep SDEI off this one
 * @psci: how
 * @cpus: those that firmware named when the image was loaded
 *
 * After fk_quiesce_masters(). Does not sleep, allocate or print, unless it fails.
 *
 * Return: 0, or an error of fk_stop_others(); an ordinary restart is still possible then.
 * Interrupts and softirqs are off in both cases.
 */
int fk_quiesce_cpus(const struct fk_psci *psci, const struct fk_cpus *cpus);

#endif /* FK_QUIESCE_H */
