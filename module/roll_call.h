/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does every CPU still run tasks?
 */
#ifndef FK_ROLL_CALL_H
#define FK_ROLL_CALL_H

#include <linux/types.h>

/**
 * fk_roll_call() - have every CPU that is online run a task
 * @silent: set to the first CPU that does not
 *
 * Some functions of the kernel wait for a task on each CPU, with no bound: a claim of
 * memory in place (lru_add_drain_all()), and stop_machine(). A CPU in an interrupt storm,
 * or one that a real-time task holds, runs none. This function waits for two seconds, and
 * not at all for a CPU that has been found silent and is so still.
 *
 * Context: may sleep. Calls must not overlap: of the calls of the ABI that change
 * something one runs at a time.
 *
 * Return: true if all do.
 */
bool fk_roll_call(unsigned int *silent);

/** fk_roll_call_init() - before the first call */
void fk_roll_call_init(void);

/** fk_roll_call_exit() - after the last call: no CPU is asked any more */
void fk_roll_call_exit(void);

#endif /* FK_ROLL_CALL_H */
