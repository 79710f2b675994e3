/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which NUMA node the running kernel's memory belongs to.
 */
#ifndef FASTKEXEC_NUMA_H
#define FASTKEXEC_NUMA_H

#include <stdint.h>

#include "dtb_memory.h"

/**
 * struct numa_range - memory of one node
 * @range: where
 * @node: its number
 */
struct numa_range {
	struct dtb_range range;
	unsigned int node;
};

/**
 * struct numa - all memory that the running kernel has; all zero knows nothing
 * @range: the ranges
 * @nr: how many
 * @room: for how many there is memory
 */
struct numa {
	struct numa_range *range;
	unsigned int nr;
	unsigned int room;
};

/**
 * numa_read() - ask the running kernel
 * @numa: takes the answer; needs numa_free() after success
 *
 * A kernel that knows no nodes, or one alone, has all memory in node 0.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int numa_read(struct numa *numa);

/**
 * numa_add() - what the running kernel does not have
 * @numa: as read
 * @range: memory
 * @node: its node
 *
 * Return: 0, or -1 after having said what was wrong
 */
int numa_add(struct numa *numa, const struct dtb_range *range, unsigned int node);

/**
 * numa_node() - the node of an address
 * @numa: as read
 * @at: physical address
 *
 * Return: its node; -1 if nothing is known of that address
 */
int numa_node(const struct numa *numa, uint64_t at);

/**
 * numa_free() - give the memory back
 * @numa: may be all zero; knows nothing afterwards
 */
void numa_free(struct numa *numa);

#endif /* FASTKEXEC_NUMA_H */
