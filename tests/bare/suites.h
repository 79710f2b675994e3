/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the program can be asked to do. A suite that finds something wrong says what,
 * and does not return.
 */
#ifndef BARE_SUITES_H
#define BARE_SUITES_H

#include "world.h"

/**
 * suite_relocate() - the relocation page with random images and copy lists
 * @level: of the old kernel
 * @seed: of the first round
 * @rounds: how many
 */
void suite_relocate(enum level level, u64 seed, u64 rounds);

/**
 * suite_rehearse() - the same, but with a few rehearsals before each jump
 * @level: of the old kernel
 * @seed: of the first round
 * @rounds: how many
 */
void suite_rehearse(enum level level, u64 seed, u64 rounds);

/**
 * suite_translate() - random tables, tried by the CPU
 * @level: whose translation regime
 * @ram_start: of memory that nothing else uses
 * @ram_end: past it
 * @seed: of the first round
 * @rounds: how many
 */
void suite_translate(enum level level, u64 ram_start, u64 ram_end, u64 seed, u64 rounds);

/**
 * suite_trace() - the order of maintenance and translation register writes
 * @level: LEVEL_EL1
 * @seed: of the first round
 * @rounds: how many
 */
void suite_trace(enum level level, u64 seed, u64 rounds);

/**
 * suite_vectors() - every slot of the vector table
 * @level: of the old kernel
 */
void suite_vectors(enum level level);

/**
 * suite_machine() - from one kernel to the next, and a fault, with real PSCI
 * @level: of the old kernel
 * @mark: a word of RAM that nothing loads or clears when the machine restarts
 *
 * Returns after the restart.
 */
void suite_machine(enum level level, u64 mark);

#endif /* BARE_SUITES_H */
