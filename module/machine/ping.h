/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does every CPU answer interrupts?
 */
#ifndef FK_PING_H
#define FK_PING_H

#include <linux/types.h>

/** FK_PING_OFFLINE - the affinity of a CPU that was not online */
#define FK_PING_OFFLINE		(~0ULL)

/**
 * fk_ping() - ask each CPU that is online for its affinity, by an interrupt
 * @mpidr: takes nr_cpu_ids of them: affinity fields of MPIDR_EL1, or FK_PING_OFFLINE
 *
 * A CPU that is stuck with its interrupts masked never answers. It would hold a call
 * that waits for ever, and so this waits two seconds, without a lock of the kernel's.
 * The question stays with such a CPU. The module cannot be unloaded before a later call
 * has seen its answer.
 * Sleeps.
 *
 * Return: true if all have answered.
 */
bool fk_ping(u64 *mpidr);

#endif /* FK_PING_H */
