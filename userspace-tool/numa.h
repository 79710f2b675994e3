/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which NUMA node the running kernel's memory belongs to.
 */
#ifndef FASTKEXEC_NUMA_H
#define FASTKEXEC_NUMA_H

#include <stdint.h>

#include "ranges.h"

/**
 * numa_read() - ask the running kernel
 * @nodes: takes the answer, memory with the number of its node; needs ranges_free() after
 *	success
 *
 * A kernel that knows no nodes, or one alone, has all memory in node 0.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int numa_read(struct ranges *nodes);

/**
 * numa_node() - the node of an address
 * @nodes: as read, and what somebody has added
 * @at: physical address
 *
 * Return: its node; -1 if nothing is known of that address, or more than one node has it
 */
int numa_node(const struct ranges *nodes, uint64_t at);

#endif /* FASTKEXEC_NUMA_H */
