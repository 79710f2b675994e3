// SPDX-License-Identifier: GPL-2.0
#include "numa.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "root.h"

#define NODES	"/sys/devices/system/node"
#define BLOCKS	"/sys/devices/system/memory"

/**
 * struct reading - while the kernel is asked
 * @numa: takes the answer
 * @block: bytes of a memory block
 * @node: the one that is looked at
 * @nr_nodes: how many there are
 * @ret: 0, or -1
 */
struct reading {
	struct numa *numa;
	uint64_t block;
	unsigned int node;
	unsigned int nr_nodes;
	int ret;
};

/* The number in a name that begins with @what: "node3". */
static bool number_in(const char *name, const char *what, unsigned int *number)
{
	const size_t length = strlen(what);
	char *end;

	if (strncmp(name, what, length))
		return false;
	*number = strtoul(name + length, &end, 10);
	return name[length] && !*end;
}

int numa_add(struct numa *numa, const struct dtb_range *range, unsigned int node)
{
	struct numa_range *grown;

	if (numa->nr == numa->room) {
		numa->room = 2 * numa->room + 64;
		grown = realloc(numa->range, numa->room * sizeof(*grown));
		if (!grown)
			return out_fail("out of memory");
		numa->range = grown;
	}
	numa->range[numa->nr++] = (struct numa_range){ *range, node };
	return 0;
}

static void add_block(void *ctx, const char *name)
{
	struct reading *reading = ctx;
	struct dtb_range range;
	unsigned int number;

	if (!number_in(name, "memory", &number) || reading->ret)
		return;
	range.start = number * reading->block;
	range.end = range.start + reading->block;
	reading->ret = numa_add(reading->numa, &range, reading->node);
}

static void add_node(void *ctx, const char *name)
{
	struct reading *reading = ctx;
	char path[PATH_MAX];

	if (!number_in(name, "node", &reading->node))
		return;
	reading->nr_nodes++;
	snprintf(path, sizeof(path), NODES "/%s", name);
	root_each(path, add_block, reading);
}

static int by_start(const void *a, const void *b)
{
	const struct numa_range *left = a, *right = b;

	return left->range.start < right->range.start ? -1 :
	       left->range.start > right->range.start;
}

/* Blocks that follow each other become one range. */
static void merge(struct numa *numa)
{
	struct numa_range *last = numa->range;
	unsigned int i;

	qsort(numa->range, numa->nr, sizeof(*last), by_start);
	for (i = 1; i < numa->nr; i++) {
		if (numa->range[i].node == last->node &&
		    numa->range[i].range.start == last->range.end)
			last->range.end = numa->range[i].range.end;
		else
			*++last = numa->range[i];
	}
	numa->nr = last + 1 - numa->range;
}

static int read_nodes(struct reading *reading)
{
	const struct dtb_range everything = { 0, UINT64_MAX };
	struct numa *numa = reading->numa;
	char line[32];

	root_read(line, sizeof(line), BLOCKS "/block_size_bytes");
	reading->block = strtoull(line, NULL, 16);
	root_each(NODES, add_node, reading);
	if (reading->ret)
		return -1;
	if (reading->nr_nodes < 2) {
		numa->nr = 0;
		return numa_add(numa, &everything, 0);
	}
	if (!numa->nr || !reading->block)
		return out_fail("this kernel does not say which memory belongs to which NUMA node ("
				NODES ")");
	merge(numa);
	return 0;
}

int numa_read(struct numa *numa)
{
	struct reading reading = { .numa = numa };
	int ret;

	*numa = (struct numa){ 0 };
	ret = read_nodes(&reading);
	if (ret)
		numa_free(numa);
	return ret;
}

int numa_node(const struct numa *numa, uint64_t at)
{
	unsigned int i;

	for (i = 0; i < numa->nr; i++)
		if (numa->range[i].range.start <= at && at < numa->range[i].range.end)
			return numa->range[i].node;
	return -1;
}

void numa_free(struct numa *numa)
{
	free(numa->range);
	*numa = (struct numa){ 0 };
}
