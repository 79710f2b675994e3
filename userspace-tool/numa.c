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
 * @nodes: takes the answer
 * @block: bytes of a memory block
 * @node: the one that is looked at
 * @nr_nodes: how many there are
 * @ret: 0, or -1
 */
struct reading {
	struct ranges *nodes;
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

static void add_block(void *ctx, const char *name)
{
	struct reading *reading = ctx;
	struct dtb_range range;
	unsigned int number;

	if (!number_in(name, "memory", &number) || reading->ret)
		return;
	range.start = number * reading->block;
	range.end = range.start + reading->block;
	reading->ret = ranges_add(reading->nodes, &range, reading->node);
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
	const struct ranges_item *left = a, *right = b;

	return left->range.start < right->range.start ? -1 :
	       left->range.start > right->range.start;
}

/* Blocks that follow each other become one range. */
static void merge(struct ranges *nodes)
{
	struct ranges_item *last = nodes->item;
	unsigned int i;

	qsort(nodes->item, nodes->nr, sizeof(*last), by_start);
	for (i = 1; i < nodes->nr; i++) {
		if (nodes->item[i].number == last->number &&
		    nodes->item[i].range.start == last->range.end)
			last->range.end = nodes->item[i].range.end;
		else
			*++last = nodes->item[i];
	}
	nodes->nr = last + 1 - nodes->item;
}

static int read_nodes(struct reading *reading)
{
	const struct dtb_range everything = { 0, UINT64_MAX };
	struct ranges *nodes = reading->nodes;
	char line[32];

	root_read(line, sizeof(line), BLOCKS "/block_size_bytes");
	reading->block = strtoull(line, NULL, 16);
	root_each(NODES, add_node, reading);
	if (reading->ret)
		return -1;
	if (reading->nr_nodes < 2) {
		nodes->nr = 0;
		return ranges_add(nodes, &everything, 0);
	}
	if (!nodes->nr || !reading->block)
		return out_fail("this kernel does not say which memory belongs to which NUMA node ("
				NODES ")");
	merge(nodes);
	return 0;
}

int numa_read(struct ranges *nodes)
{
	struct reading reading = { .nodes = nodes };
	int ret;

	*nodes = (struct ranges){ 0 };
	ret = read_nodes(&reading);
	if (ret)
		ranges_free(nodes);
	return ret;
}

int numa_node(const struct ranges *nodes, uint64_t at)
{
	const struct ranges_item *item;
	int node = -1;

	for (item = nodes->item; item < nodes->item + nodes->nr; item++) {
		if (at < item->range.start || at >= item->range.end)
			continue;
		if (node >= 0 && node != (int)item->number)
			return -1;
		node = item->number;
	}
	return node;
}
