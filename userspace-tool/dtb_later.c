// SPDX-License-Identifier: GPL-2.0
#include "dtb_later.h"

#include <libfdt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dtb_memory.h"
#include "layout.h"

/* No arm64 machine addresses more. */
#define MOST		(1ULL << 52)

/* Bytes that a range of memory may need. */
#define RANGE_SIZE	16

/**
 * struct cut - while a tree is cut
 * @tree: the tree
 * @pieces: what stays for sure
 * @nr: how many
 * @unit: what comes later does so by so many bytes
 * @left: bytes of what need not stay that stays
 * @stays: bytes that stay
 * @goes: bytes that come later
 * @kept: what stays of the node that is cut; NULL: only count
 * @nr_kept: how many ranges
 */
struct cut {
	void *tree;
	const struct fastkexec_piece *pieces;
	unsigned int nr;
	uint64_t unit;
	uint64_t left;
	uint64_t stays;
	uint64_t goes;
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

static bool has_piece(const struct cut *cut, const struct dtb_range *part)
{
	unsigned int i;

	for (i = 0; i < cut->nr; i++)
		if (cut->pieces[i].addr < part->end &&
		    part->start < cut->pieces[i].addr + cut->pieces[i].memsz)
			return true;
	return false;
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

static bool must_stay(const struct cut *cut, const struct dtb_range *all,
		      const struct dtb_range *part)
{
	return part->end - part->start < cut->unit || part->start == all->start ||
	       part->end == all->end || has_piece(cut, part) ||
	       dtb_memory_is_wanted(cut->tree, part);
}

static void keep(struct cut *cut, const struct dtb_range *part)
{
	struct dtb_range *kept = cut->kept;

	cut->stays += part->end - part->start;
	if (!kept)
		return;
	if (cut->nr_kept && kept[cut->nr_kept - 1].end == part->start)
		kept[cut->nr_kept - 1].end = part->end;
	else
		kept[cut->nr_kept++] = *part;
}

static void take_part(struct cut *cut, const struct dtb_range *all, const struct dtb_range *part)
{
	if (must_stay(cut, all, part)) {
		keep(cut, part);
	} else if (cut->left) {
		cut->left -= cut->left < cut->unit ? cut->left : cut->unit;
		keep(cut, part);
	} else {
		cut->goes += cut->unit;
	}
}

/* What lies between two multiples of a unit is a part. */
static void take_range(struct cut *cut, const struct dtb_range *all,
		       const struct dtb_range *range)
{
	struct dtb_range part = *range;

	if (range->end > MOST) {
		keep(cut, range);
		return;
	}
	for (; part.start < range->end; part.start = part.end) {
		part.end = (part.start / cut->unit + 1) * cut->unit;
		if (part.end > range->end)
			part.end = range->end;
		take_part(cut, all, &part);
	}
}

static void take_node(struct cut *cut, int node)
{
	const struct dtb_range all = extent(cut->tree, node);
	struct dtb_range range;
	int i;

	for (i = 0; dtb_memory_range(cut->tree, node, "reg", i, &range); i++)
		if (range.start < range.end)
			take_range(cut, &all, &range);
}

static void take_nodes(struct cut *cut)
{
	int node;

	fdt_for_each_subnode(node, cut->tree, 0)
		if (can_be_cut(cut->tree, node))
			take_node(cut, node);
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

static int cut_node(struct cut *cut, int node)
{
	int ret = 0;

	cut->goes = 0;
	cut->nr_kept = 0;
	cut->kept = calloc(most_kept(cut->tree, node), sizeof(*cut->kept));
	if (!cut->kept)
		return -FDT_ERR_NOSPACE;
	take_node(cut, node);
	if (cut->goes)
		ret = copy_reg(cut->tree, node);
	if (cut->goes && !ret)
		ret = write_ranges(cut, node);
	free(cut->kept);
	return ret;
}

/* A node that was cut is none that can be. */
static int cut_nodes(struct cut *cut)
{
	int node, ret = 0;

	for (node = fdt_first_subnode(cut->tree, 0); node >= 0 && !ret;
	     node = fdt_next_subnode(cut->tree, node))
		if (can_be_cut(cut->tree, node))
			ret = cut_node(cut, node);
	return ret;
}

int dtb_later_cut(struct blob *tree, const struct fastkexec_piece pieces[], unsigned int nr,
		  struct dtb_later *later)
{
	struct cut cut = {
		.tree = tree->data,
		.pieces = pieces,
		.nr = nr,
		.unit = later->unit,
	};

	take_nodes(&cut);
	if (later->least > cut.stays)
		cut.left = later->least - cut.stays;
	later->first = cut.stays + (cut.left + cut.unit - 1) / cut.unit * cut.unit;
	later->later = 0;
	if (later->first >= cut.stays + cut.goes) {
		later->first = cut.stays + cut.goes;
		return 0;
	}
	later->later = cut.stays + cut.goes - later->first;
	return cut_nodes(&cut);
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
