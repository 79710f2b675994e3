// SPDX-License-Identifier: GPL-2.0
#include "dtb_later.h"

#include <libfdt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dtb_memory.h"
#include "layout.h"

/* Bytes that a range of memory may need. */
#define RANGE_SIZE	16

/**
 * struct cut - while a tree is cut
 * @tree: the tree
 * @pieces: what stays for sure
 * @nr: how many
 * @all: where the node that is cut begins and ends
 * @kept: what stays of it
 * @nr_kept: how many ranges
 */
struct cut {
	void *tree;
	const struct fastkexec_piece *pieces;
	unsigned int nr;
	struct dtb_range all;
	struct dtb_range *kept;
	unsigned int nr_kept;
};

/* A node that was cut short; negative: there is none. */
static int find_cut(const void *tree)
{
	int node;

	fdt_for_each_subnode(node, tree, 0)
		if (fdt_getprop(tree, node, FASTKEXEC_WHOLE_REG, NULL))
			break;
	return node;
}

/* What it has takes the place of itself, so the tree need not grow. */
static int restore_node(void *tree, int node)
{
	const void *value;
	void *whole;
	int length, ret;

	value = fdt_getprop(tree, node, FASTKEXEC_WHOLE_REG, &length);
	whole = malloc(length + 1);
	if (!whole)
		return -FDT_ERR_NOSPACE;
	memcpy(whole, value, length);
	ret = fdt_delprop(tree, node, FASTKEXEC_WHOLE_REG);
	if (!ret)
		ret = fdt_setprop(tree, node, "reg", whole, length);
	free(whole);
	return ret;
}

int dtb_later_restore(struct blob *tree)
{
	int node, ret = 0;

	if (!tree->size || fdt_check_full(tree->data, tree->size))
		return 0;
	while (!ret && (node = find_cut(tree->data)) >= 0)
		ret = restore_node(tree->data, node);
	return ret;
}

static unsigned int count_ranges(const void *tree, int node, const char *name)
{
	struct dtb_range range;
	unsigned int nr = 0;

	while (dtb_memory_range(tree, node, name, nr, &range))
		nr++;
	return nr;
}

/*
 * How many reasons there are for a unit to stay. In each range of memory the parts before
 * the first multiple of a unit and behind the last one stay, too. A reason that reaches
 * over several ranges takes all of those in its middle.
 */
static unsigned int count_reasons(const void *tree)
{
	int parent = fdt_path_offset(tree, "/reserved-memory");
	unsigned int nr = LAYOUT_MAX + fdt_num_mem_rsv(tree) + 3;
	int node, length;

	if (parent < 0)
		return nr;
	fdt_for_each_subnode(node, tree, parent) {
		if (fdt_getprop(tree, node, "reg", &length))
			nr += length / 8;
		if (fdt_getprop(tree, node, "alloc-ranges", &length))
			nr += length / 8;
	}
	return nr;
}

static size_t most_kept(const void *tree, int node)
{
	return 2 * ((size_t)count_ranges(tree, node, "reg") + count_reasons(tree));
}

static bool can_be_cut(const void *tree, int node)
{
	return dtb_memory_is(tree, node) &&
	       !fdt_getprop(tree, node, "linux,usable-memory", NULL) &&
	       !fdt_getprop(tree, node, FASTKEXEC_WHOLE_REG, NULL);
}

size_t dtb_later_room(const void *tree)
{
	size_t room = 64;
	int node;

	fdt_for_each_subnode(node, tree, 0)
		if (can_be_cut(tree, node))
			room += 64 + RANGE_SIZE * (count_ranges(tree, node, "reg") +
						   most_kept(tree, node));
	return room;
}

/* Where the node begins and ends. */
static struct dtb_range extent(const void *tree, int node)
{
	struct dtb_range all = { UINT64_MAX, 0 }, range;
	int i;

	for (i = 0; dtb_memory_range(tree, node, "reg", i, &range); i++) {
		if (range.start >= range.end)
			continue;
		if (range.start < all.start)
			all.start = range.start;
		if (range.end > all.end)
			all.end = range.end;
	}
	return all;
}

static bool must_stay(void *ctx, const struct dtb_range *part)
{
	const struct cut *cut = ctx;

	return part->start == cut->all.start || part->end == cut->all.end ||
	       later_has_piece(cut->pieces, cut->nr, part) ||
	       dtb_memory_is_wanted(cut->tree, part);
}

static void keep(void *ctx, const struct dtb_range *part, bool stays)
{
	struct cut *cut = ctx;
	struct dtb_range *kept = cut->kept;

	if (!stays)
		return;
	if (cut->nr_kept && kept[cut->nr_kept - 1].end == part->start)
		kept[cut->nr_kept - 1].end = part->end;
	else
		kept[cut->nr_kept++] = *part;
}

static void divide_node(struct later_cut *later, int node)
{
	struct cut *cut = later->ctx;
	struct dtb_range range;
	int i;

	cut->all = extent(cut->tree, node);
	for (i = 0; dtb_memory_range(cut->tree, node, "reg", i, &range); i++)
		if (range.start < range.end)
			later_cut_range(later, &range);
}

static void count(struct later_cut *later)
{
	const struct cut *cut = later->ctx;
	int node;

	fdt_for_each_subnode(node, cut->tree, 0)
		if (can_be_cut(cut->tree, node))
			divide_node(later, node);
}

/* The ranges of @cut, in the form of the property "reg". */
static int write_ranges(const struct cut *cut, int node)
{
	unsigned int i;
	int ret;

	ret = fdt_delprop(cut->tree, node, "reg");
	for (i = 0; i < cut->nr_kept && !ret; i++)
		ret = fdt_appendprop_addrrange(cut->tree, 0, node, "reg", cut->kept[i].start,
					       cut->kept[i].end - cut->kept[i].start);
	return ret;
}

static int copy_reg(void *tree, int node)
{
	const void *value;
	void *reg;
	int length, ret;

	value = fdt_getprop(tree, node, "reg", &length);
	reg = malloc(length + 1);
	if (!reg)
		return -FDT_ERR_NOSPACE;
	memcpy(reg, value, length);
	ret = fdt_setprop(tree, node, FASTKEXEC_WHOLE_REG, reg, length);
	free(reg);
	return ret;
}

static int cut_node(struct later_cut *later, int node)
{
	struct cut *cut = later->ctx;
	struct dtb_range *kept;
	int ret = 0;

	kept = calloc(most_kept(cut->tree, node), sizeof(*kept));
	if (!kept)
		return -FDT_ERR_NOSPACE;
	later->goes = 0;
	cut->nr_kept = 0;
	cut->kept = kept;
	divide_node(later, node);
	if (later->goes)
		ret = copy_reg(cut->tree, node);
	if (later->goes && !ret)
		ret = write_ranges(cut, node);
	free(kept);
	return ret;
}

/* A node that was cut is none that can be. */
static int cut_nodes(struct later_cut *later)
{
	const struct cut *cut = later->ctx;
	int node, ret = 0;

	later->take = keep;
	for (node = fdt_first_subnode(cut->tree, 0); node >= 0 && !ret;
	     node = fdt_next_subnode(cut->tree, node))
		if (can_be_cut(cut->tree, node))
			ret = cut_node(later, node);
	return ret;
}

int dtb_later_cut(struct blob *tree, const struct fastkexec_piece pieces[], unsigned int nr,
		  struct later *later)
{
	struct cut cut = { .tree = tree->data, .pieces = pieces, .nr = nr };
	struct later_cut divided = { .unit = later->unit, .ctx = &cut, .must_stay = must_stay };

	count(&divided);
	return later_divide(later, &divided) ? cut_nodes(&divided) : 0;
}

static uint64_t sum(const void *tree, int node, const char *name)
{
	struct dtb_range range;
	uint64_t bytes = 0;
	int i;

	for (i = 0; dtb_memory_range(tree, node, name, i, &range); i++)
		if (range.start < range.end)
			bytes += range.end - range.start;
	return bytes;
}

uint64_t dtb_later_bytes(const void *tree)
{
	uint64_t whole = 0, told = 0;
	int node;

	fdt_for_each_subnode(node, tree, 0) {
		if (!fdt_getprop(tree, node, FASTKEXEC_WHOLE_REG, NULL))
			continue;
		whole += sum(tree, node, FASTKEXEC_WHOLE_REG);
		told += sum(tree, node, "reg");
	}
	return whole > told ? whole - told : 0;
}
