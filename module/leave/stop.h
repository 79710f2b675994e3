/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Turning every other CPU off.
 */
#ifndef FK_STOP_H
#define FK_STOP_H

#include "machine/cpus.h"

/**
 * fk_stop_init() - get what will be needed, while it can be had
 *
 * Return: 0 or -ENOMEM.
 */
int fk_stop_init(void);

/**
 * fk_stop_exit() - undo fk_stop_init()
 */
void fk_stop_exit(void);

/**
 * fk_stop_others() - turn every other CPU off
 * @psci: how
 * @cpus: those that firmware named when the image was loaded
 *
 * Called on the CPU that will jump, at the shutdown stage, interrupts on, CPU hotplug
 * frozen. Each CPU that is online is told by an interrupt to turn itself off, and the
 * firmware is asked until it says OFF of all. It has one second, and one more from each
 * CPU on that goes off: some power the CPUs of a cluster off one after the other. Time
 * is the kernel's own measure of the counter (loops_per_jiffy, as udelay() has it), not
 * CNTFRQ_EL0, which firmware may leave wrong. Then no CPU of @cpus may be on, online or
 * not. Does not sleep, allocate or wait for a lock; prints one line if it fails.
 *
 * Return: 0; -ETIMEDOUT if a CPU does not go off, -EPERM if the firmware refuses to turn one
 * off or a trusted OS resides on another CPU than this, -EBUSY if a CPU of @cpus is on and
 * was not online. An ordinary restart is still possible. Interrupts and softirqs are off in
 * all cases.
 */
int fk_stop_others(const struct fk_psci *psci, const struct fk_cpus *cpus);

#endif /* FK_STOP_H */
