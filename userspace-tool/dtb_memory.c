// SPDX-License-Identifier: GPL-2.0
#include "dtb_memory.h"

#include <inttypes.h>
#include <libfdt.h>
#include <string.h>

#include "cells.h"
#include "dtb.h"
#include "names.h"
#include "out.h"

/* As the kernel sees it: a node without a status counts. */
static bool is_disabled(const void *tree, int node)
{
	const char *status = fdt_getprop(tree, node, "status", NULL);

	return status && strcmp(status, "okay") && strcmp(status, "ok");
}

/* Range number @i of a property of @node, whose parent is @parent; false: it has no more. */
static bool get_range(const void *tree, int parent, int node, const char *name, int i,
		      struct dtb_range *range)
{
	const int address_cells = fdt_address_cells(tree, parent);
	const int size_cells = fdt_size_cells(tree, parent);
	const int step = address_cells + size_cells;
	const fdt32_t *reg;
	int length;

	reg = fdt_getprop(tree, node, name, &length);
	if (!reg || address_cells < 1 || size_cells < 1 || length / 4 / step <= i)
		return false;
	reg += i * step;
	range->start = cells_read(reg, address_cells);
	range->end = range->start + cells_read(reg + address_cells, size_cells);
	return true;
}

bool dtb_memory_is(const void *tree, int node)
{
	return fdt_stringlist_search(tree, node, "device_type", "memory") == 0 &&
	       !is_disabled(tree, node);
}

bool dtb_memory_range(const void *tree, int node, const char *name, int i,
		      struct dtb_range *range)
{
	return get_range(tree, 0, node, name, i, range);
}

/* The kernel prefers the first of them. */
static const char *ranges_of(const void *tree, int node)
{
	static const char usable[] = "linux,usable-memory";

	return fdt_getprop(tree, node, usable, NULL) ? usable : "reg";
}

bool dtb_memory_any(const void *tree)
{
	struct dtb_range range;
	int node, i;

	fdt_for_each_subnode(node, tree, 0)
		for (i = 0; dtb_memory_is(tree, node) &&
		     get_range(tree, 0, node, ranges_of(tree, node), i, &range); i++)
			if (range.start < range.end)
				return true;
	return false;
}

/* How far memory reaches from @at on, without a gap in this range; @at if there is none. */
static uint64_t reach(const void *tree, uint64_t at)
{
	struct dtb_range range;
	int node, i;

	fdt_for_each_subnode(node, tree, 0)
		for (i = 0; dtb_memory_is(tree, node) &&
		     get_range(tree, 0, node, ranges_of(tree, node), i, &range); i++)
			if (range.start <= at && at < range.end)
				return range.end;
	return at;
}

/* The first byte of @range that no memory node has; its end if there is no such byte. */
static uint64_t first_unknown(const void *tree, const struct dtb_range *range)
{
	uint64_t at = range->start, next;

	for (; at < range->end; at = next) {
		next = reach(tree, at);
		if (next == at)
			return at;
	}
	return range->end;
}

static bool overlap(const struct dtb_range *a, const struct dtb_range *b)
{
	return a->start < a->end && b->start < b->end && a->start < b->end && b->start < a->end;
}

static bool meets_memreserve(const void *tree, const struct dtb_range *range,
			     struct dtb_range *reserved)
{
	uint64_t size;
	int i;

	for (i = 0; i < fdt_num_mem_rsv(tree); i++) {
		if (fdt_get_mem_rsv(tree, i, &reserved->start, &size))
			return false;
		reserved->end = reserved->start + size;
		if (overlap(range, reserved))
			return true;
	}
	return false;
}

static bool meets_reserved_node(const void *tree, const char *name,
				const struct dtb_range *range, struct dtb_range *reserved)
{
	int parent = fdt_path_offset(tree, "/reserved-memory");
	int node, i;

	if (parent < 0)
		return false;
	fdt_for_each_subnode(node, tree, parent)
		for (i = 0; !is_disabled(tree, node) &&
		     get_range(tree, parent, node, name, i, reserved); i++)
			if (overlap(range, reserved))
				return true;
	return false;
}

bool dtb_memory_is_wanted(const void *tree, const struct dtb_range *range)
{
	struct dtb_range reserved;

	return meets_memreserve(tree, range, &reserved) ||
	       meets_reserved_node(tree, "reg", range, &reserved) ||
	       meets_reserved_node(tree, "alloc-ranges", range, &reserved);
}

static int check_piece(const struct blob *tree, const char *path,
		       const struct fastkexec_piece *piece)
{
	const struct dtb_range range = { piece->addr, piece->addr + piece->memsz };
	struct dtb_range reserved;
	uint64_t unknown;

	unknown = dtb_is_efi(tree) ? range.end : first_unknown(tree->data, &range);
	if (unknown < range.end)
		return out_fail("%s does not describe the memory at %#" PRIx64
				", where the next kernel's %s would lie: it has to be this machine's tree",
				path, unknown, names_role(piece->role));
	if (meets_memreserve(tree->data, &range, &reserved) ||
	    meets_reserved_node(tree->data, "reg", &range, &reserved))
		return out_fail("%s reserves the memory from %#" PRIx64 " to %#" PRIx64
				", where the next kernel's %s would lie: it has to be this machine's tree",
				path, reserved.start, reserved.end, names_role(piece->role));
	return 0;
}

int dtb_memory_check(const struct blob *tree, const char *path,
		     const struct fastkexec_piece pieces[], unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (check_piece(tree, path, &pieces[i]))
			return -1;
	return 0;
}
