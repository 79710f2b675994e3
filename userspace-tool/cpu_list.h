/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of CPUs, as the kernel writes them: "0-3,8".
 */
#ifndef FASTKEXEC_CPU_LIST_H
#define FASTKEXEC_CPU_LIST_H

#include <stdbool.h>

#define CPU_LIST_PRESENT	"/sys/devices/system/cpu/present"

/* Those that are possible and not there are among them. */
#define CPU_LIST_OFFLINE	"/sys/devices/system/cpu/offline"

/**
 * cpu_list_each() - visit the CPUs of a set
 * @path: file that holds it; one that is not there, or says something else, has none
 * @visit: called for each, in ascending order
 * @ctx: for @visit
 */
void cpu_list_each(const char *path, void (*visit)(void *ctx, unsigned int cpu), void *ctx);

/**
 * cpu_list_has() - is a CPU in a set?
 * @path: as of cpu_list_each()
 * @cpu: which
 *
 * Return: whether it is
 */
bool cpu_list_has(const char *path, unsigned int cpu);

/**
 * cpu_list_count() - how many CPUs are in a set?
 * @path: as of cpu_list_each()
 *
 * Return: how many
 */
unsigned int cpu_list_count(const char *path);

#endif /* FASTKEXEC_CPU_LIST_H */
