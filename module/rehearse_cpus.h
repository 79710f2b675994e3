/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trying whether CPUs can be turned off, and on again.
 */
#ifndef FK_REHEARSE_CPUS_H
#define FK_REHEARSE_CPUS_H

#include "report.h"

/**
 * fk_rehearse_cpus() - turn each CPU but the first one off and on again
 * @report: takes the reason of a failure, with the CPU's number
 *
 * By the kernel's own CPU hotplug, one after the other: some firmware never starts again
 * a CPU that was off, and the next kernel would do without it. A CPU that does not come
 * back stays off. Every CPU must answer interrupts (fk_cpus_judge()). Sleeps, about
 * 50 ms a CPU.
 *
 * Return: 0, -EINTR, -EBUSY (a CPU runs no tasks) or -EIO.
 */
int fk_rehearse_cpus(struct fk_report *report);

#endif /* FK_REHEARSE_CPUS_H */
