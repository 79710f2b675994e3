// SPDX-License-Identifier: GPL-2.0
#include "dtb_keeps.h"

#include <libfdt.h>
#include <stdbool.h>

#include "cells.h"

#define PROPERTY	"fastkexec,keeps"

/* Cells of a range in the property, and in a /memreserve/. */
#define CELLS		4

size_t dtb_keeps_room(const struct calls_keeps *keeps)
{
	/* A /memreserve/ and its copy in the property; the property's head and name. */
	return 2 * CELLS * sizeof(fdt32_t) * keeps->nr + 64;
}

/* Which /memreserve/ is this one; -1: there is no such. */
static int find(const void *tree, uint64_t start, uint64_t size)
{
	uint64_t at, bytes;
	int i;

	for (i = fdt_num_mem_rsv(tree) - 1; i >= 0; i--)
		if (!fdt_get_mem_rsv(tree, i, &at, &bytes) && at == start && bytes == size)
			break;
	return i;
}

/* Range number @i that an earlier jump has written; false: there are no more. */
static bool get_written(const void *tree, int chosen, int i, uint64_t *start, uint64_t *size)
{
	const fdt32_t *value;
	int length;

	value = fdt_getprop(tree, chosen, PROPERTY, &length);
	if (!value || length / (int)sizeof(*value) / CELLS <= i)
		return false;
	*start = cells_read(value + i * CELLS, 2);
	*size = cells_read(value + i * CELLS + 2, 2);
	return true;
}

static int drop_written(void *tree, int chosen)
{
	uint64_t start, size;
	int i, at, ret;

	for (i = 0; get_written(tree, chosen, i, &start, &size); i++) {
		at = find(tree, start, size);
		ret = at < 0 ? 0 : fdt_del_mem_rsv(tree, at);
		if (ret)
			return ret;
	}
	ret = fdt_delprop(tree, chosen, PROPERTY);
	return ret == -FDT_ERR_NOTFOUND ? 0 : ret;
}

static bool is_reserved(const void *tree, const struct fastkexec_keep *keep)
{
	uint64_t at, size;
	int i;

	for (i = 0; i < fdt_num_mem_rsv(tree); i++)
		if (!fdt_get_mem_rsv(tree, i, &at, &size) && at <= keep->start &&
		    keep->end - at <= size)
			return true;
	return false;
}

static int add(void *tree, int chosen, const struct fastkexec_keep *keep)
{
	const uint64_t size = keep->end - keep->start;
	const fdt64_t range[] = { cpu_to_fdt64(keep->start), cpu_to_fdt64(size) };
	int ret;

	ret = fdt_add_mem_rsv(tree, keep->start, size);
	if (ret)
		return ret;
	return fdt_appendprop(tree, chosen, PROPERTY, range, sizeof(range));
}

int dtb_keeps_write(void *tree, int chosen, const struct calls_keeps *keeps)
{
	unsigned int i;
	int ret;

	ret = drop_written(tree, chosen);
	for (i = 0; i < keeps->nr && !ret; i++)
		if (!is_reserved(tree, &keeps->keep[i]))
			ret = add(tree, chosen, &keeps->keep[i]);
	return ret;
}
