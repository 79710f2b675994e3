// SPDX-License-Identifier: GPL-2.0
#include "efi_later.h"

#include <stdlib.h>

#include "numa.h"
#include "out.h"

/*
 * Linux has room for 128 regions of memory when it reads the map, and loses what is more
 * (INIT_MEMBLOCK_REGIONS; from 6.0 on it has eight times as much).
 */
#define MOST_REGIONS	120

/**
 * struct cut - while a map is cut
 * @from: the map
 * @to: takes the descriptors
 * @most: descriptors that it has room for
 * @request: what stays
 * @i: the descriptor that is cut
 * @memory: what it begins with
 * @node: whose lowest and highest memory are known; -1: none
 * @extent: where those are
 */
struct cut {
	const struct efi_map *from;
	struct efi_map to;
	size_t most;
	const struct efi_later_request *request;
	size_t i;
	struct efi_memory memory;
	int node;
	struct dtb_range extent;
};

static uint64_t higher(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t lower(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The memory that @range and the node's ranges share is part of the node's. */
static void widen(struct cut *cut, const struct dtb_range *range)
{
	const struct ranges *nodes = cut->request->nodes;
	struct dtb_range *extent = &cut->extent;
	unsigned int i;

	for (i = 0; i < nodes->nr; i++) {
		const struct dtb_range *own = &nodes->item[i].range;

		if ((int)nodes->item[i].number != cut->node || !ranges_overlap(own, range))
			continue;
		extent->start = lower(extent->start, higher(own->start, range->start));
		extent->end = higher(extent->end, lower(own->end, range->end));
	}
}

static void find_extent(struct cut *cut, int node)
{
	struct efi_memory memory;
	struct dtb_range range;
	size_t i;

	if (cut->node == node)
		return;
	cut->node = node;
	cut->extent = (struct dtb_range){ UINT64_MAX, 0 };
	for (i = 0; efi_map_get(cut->from, i, &memory); i++) {
		range = efi_map_range(&memory);
		if (efi_map_is_memory(&memory))
			widen(cut, &range);
	}
}

static bool is_reserved(const struct efi_later_request *request, const struct dtb_range *part)
{
	unsigned int i;

	for (i = 0; i < request->reserved->nr; i++)
		if (ranges_overlap(&request->reserved->item[i].range, part))
			return true;
	return dtb_memory_is_wanted(request->tree, part);
}

static bool must_stay(void *ctx, const struct dtb_range *part)
{
	struct cut *cut = ctx;
	const struct efi_later_request *request = cut->request;
	const int node = numa_node(request->nodes, part->start);

	if (node < 0 || node != numa_node(request->nodes, part->end - 1))
		return true;
	find_extent(cut, node);
	return part->start <= cut->extent.start || part->end >= cut->extent.end ||
	       later_has_piece(request->pieces, request->nr, part) || is_reserved(request, part);
}

/* The last descriptor of the new map, while it is written. */
static void replace_last(struct cut *cut, const struct efi_memory *memory)
{
	cut->to.size -= cut->to.step;
	efi_map_add(&cut->to, memory, cut->from, cut->i);
}

static bool is_full(const struct cut *cut)
{
	return cut->to.size / cut->to.step >= cut->most;
}

/* A part of what is cut becomes a descriptor of its own, or makes the last one longer. */
static void write_part(void *ctx, const struct dtb_range *part, bool stays)
{
	struct cut *cut = ctx;
	const int node = numa_node(cut->request->nodes, part->start);
	struct efi_memory memory = cut->memory, last;

	memory.start = part->start;
	memory.pages = (part->end - part->start) >> 12;
	if (!stays)
		efi_map_put_off(&memory, node);
	if (part->start != cut->memory.start &&
	    efi_map_get(&cut->to, cut->to.size / cut->to.step - 1, &last) &&
	    last.type == memory.type) {
		last.pages += memory.pages;
		replace_last(cut, &last);
	} else if (!is_full(cut)) {
		efi_map_add(&cut->to, &memory, cut->from, cut->i);
	}
}

static void divide(struct later_cut *later)
{
	struct cut *cut = later->ctx;
	struct efi_memory *memory = &cut->memory;
	struct dtb_range range;

	for (cut->i = 0; efi_map_get(cut->from, cut->i, memory); cut->i++) {
		range = efi_map_range(memory);
		if (efi_map_is_free(memory) && memory->pages) {
			later_cut_range(later, &range);
			continue;
		}
		if (efi_map_is_usable(memory))
			later->stays += range.end - range.start;
		if (later->take && !is_full(cut))
			efi_map_add(&cut->to, memory, cut->from, cut->i);
	}
}

/* How many regions Linux makes of it; too many if descriptors are in no order. */
static unsigned int count_regions(const struct efi_map *map)
{
	struct efi_memory memory, last = { 0 };
	unsigned int nr = 0;
	size_t i;

	for (i = 0; efi_map_get(map, i, &memory); i++) {
		if (!efi_map_is_memory(&memory))
			continue;
		if (!nr || efi_map_range(&last).end != memory.start ||
		    efi_map_is_usable(&last) != efi_map_is_usable(&memory))
			nr++;
		last = memory;
	}
	return nr;
}

/* What @cut has of the new map is empty if nothing would come later. */
static int try_cut(struct cut *cut, struct later *later)
{
	struct later_cut divided = { .unit = later->unit, .ctx = cut, .must_stay = must_stay };
	uint8_t *bytes;

	cut->to = (struct efi_map){ 0 };
	divide(&divided);
	if (!later_divide(later, &divided))
		return 0;
	bytes = calloc(cut->most, cut->from->step);
	if (!bytes)
		return out_fail("out of memory");
	cut->to = (struct efi_map){ .bytes = bytes, .step = cut->from->step };
	divided.take = write_part;
	divide(&divided);
	return 0;
}

/*
 * Larger units leave fewer holes. Those of the whole map are the firmware's, which the next
 * kernel has to do with anyway.
 */
int efi_later_cut(struct efi_map *map, size_t most, const struct efi_later_request *request,
		  struct later *later)
{
	struct cut cut = { .from = map, .most = most, .request = request, .node = -1 };
	unsigned int allowed = count_regions(map);

	if (allowed < MOST_REGIONS)
		allowed = MOST_REGIONS;
	if (try_cut(&cut, later))
		return -1;
	while (cut.to.bytes && (is_full(&cut) || count_regions(&cut.to) > allowed)) {
		efi_map_free(&cut.to);
		later->unit *= 2;
		if (try_cut(&cut, later))
			return -1;
	}
	if (!cut.to.bytes)
		return 0;
	efi_map_free(map);
	*map = cut.to;
	return 0;
}
