// SPDX-License-Identifier: GPL-2.0
#include "dtb_efi.h"

#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "cells.h"

#define SYSTEM_TABLE	"linux,uefi-system-table"
#define MAP_START	"linux,uefi-mmap-start"
#define MAP_SIZE	"linux,uefi-mmap-size"
#define MAP_STEP	"linux,uefi-mmap-desc-size"

/* Ours: a memory map, at the first multiple of 8 in there. */
#define MAP		"fastkexec,efi-map"
#define ALIGNED		8

/* A property begins at a multiple of 4. */
#define SLACK		4

/* Of a map that grows here; a kernel maps 256 KB, whole pages, when it starts (NR_FIX_BTMAPS). */
#define LARGEST		(128 << 10)

static int find_chosen(const void *tree)
{
	return fdt_path_offset(tree, "/chosen");
}

bool dtb_is_efi(const struct blob *tree)
{
	if (!tree->size || fdt_check_full(tree->data, tree->size))
		return false;
	return fdt_getprop(tree->data, find_chosen(tree->data), SYSTEM_TABLE, NULL);
}

static bool is_efi_property(const char *name)
{
	return !strncmp(name, "linux,uefi-", strlen("linux,uefi-"));
}

/* Room for a map; what it is filled with comes when its place is known. */
static int make_room(void *tree, int chosen, size_t size)
{
	uint8_t *zeroes = calloc(1, size + SLACK);
	int ret;

	if (!zeroes)
		return -FDT_ERR_NOSPACE;
	ret = fdt_setprop(tree, chosen, MAP, zeroes, size + SLACK);
	free(zeroes);
	return ret;
}

/* The EFI stub does the same with a tree that the user gives it. */
int dtb_efi_copy(void *tree, int chosen, const void *firmware)
{
	int from = find_chosen(firmware);
	const char *name;
	const void *value;
	int property, length, ret;

	if (from < 0)
		return 0;
	if (fdt_getprop(firmware, from, MAP, NULL)) {
		ret = make_room(tree, chosen, 0);
		if (ret)
			return ret;
	}
	fdt_for_each_property_offset(property, firmware, from) {
		value = fdt_getprop_by_offset(firmware, property, &name, &length);
		if (!value || !is_efi_property(name))
			continue;
		ret = fdt_setprop(tree, chosen, name, value, length);
		if (ret)
			return ret;
	}
	return 0;
}

/* A number of /chosen; 0: it is not there. */
static uint64_t number(const void *tree, const char *name)
{
	const fdt32_t *value;
	int length;

	value = fdt_getprop(tree, find_chosen(tree), name, &length);
	return value && (length == 4 || length == 8) ? cells_read(value, length / 4) : 0;
}

bool dtb_efi_map(const void *tree, struct efi_map *map)
{
	const uint8_t *value;
	int length;

	value = fdt_getprop(tree, find_chosen(tree), MAP, &length);
	if (!value || (value - (const uint8_t *)tree) % SLACK)
		return false;
	*map = (struct efi_map){
		.bytes = (uint8_t *)value + (value - (const uint8_t *)tree) % ALIGNED,
		.size = length > SLACK ? length - SLACK : 0,
		.step = number(tree, MAP_STEP),
	};
	return true;
}

bool dtb_efi_has_map(const struct blob *tree)
{
	struct efi_map map;

	return dtb_efi_map(tree->data, &map);
}

size_t dtb_efi_room(const void *tree)
{
	const uint64_t size = number(tree, MAP_SIZE), step = number(tree, MAP_STEP);

	if (!size || size > LARGEST || step < sizeof(struct efi_memory) || step > 1024)
		return 0;
	return size + DTB_EFI_MORE * step + sizeof(struct fdt_property) + sizeof(MAP) + 64;
}

static int set_number(void *tree, const char *name, uint64_t value)
{
	const int chosen = find_chosen(tree);
	int length;

	if (!fdt_getprop(tree, chosen, name, &length))
		return -FDT_ERR_NOTFOUND;
	if (length == 4 && value > UINT32_MAX)
		return -FDT_ERR_BADVALUE;
	return length == 4 ? fdt_setprop_inplace_u32(tree, chosen, name, value) :
			     fdt_setprop_inplace_u64(tree, chosen, name, value);
}

int dtb_efi_put(struct blob *tree, const struct efi_map *map, uint64_t address_pa)
{
	struct efi_map place;
	int ret;

	ret = make_room(tree->data, find_chosen(tree->data), map->size);
	if (ret)
		return ret;
	if (!dtb_efi_map(tree->data, &place))
		return -FDT_ERR_NOTFOUND;
	memcpy(place.bytes, map->bytes, map->size);
	ret = set_number(tree->data, MAP_START, address_pa + (place.bytes - tree->data));
	return ret ? ret : set_number(tree->data, MAP_SIZE, map->size);
}
