// SPDX-License-Identifier: GPL-2.0
#include "dtb_base.h"

#include <libfdt.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "array.h"
#include "cells.h"
#include "dtb_memory.h"
#include "out.h"

/* The longest path of a node that is looked at. */
#define PATH_SIZE	256

#define MAC_SIZE	6

/* Where there is nothing to do. */
static int if_found(int ret)
{
	return ret == -FDT_ERR_NOTFOUND ? 0 : ret;
}

static int copy_property(void *tree, int to, const void *running, int from, const char *name)
{
	const void *value;
	int length;

	value = fdt_getprop(running, from, name, &length);
	return value ? fdt_setprop(tree, to, name, value, length) : 0;
}

/* The same number in @cells of a property that grows. */
static int append_number(void *tree, int node, const char *name, uint64_t value, int cells)
{
	if (cells > 1)
		return fdt_appendprop_u64(tree, node, name, value);
	if (value > UINT32_MAX)
		return -FDT_ERR_BADVALUE;
	return fdt_appendprop_u32(tree, node, name, value);
}

/**
 * struct cells - how wide addresses and sizes are below a node
 * @address: words of an address
 * @size: words of a size
 */
struct cells {
	int address;
	int size;
};

static struct cells cells_of(const void *tree, int parent)
{
	return (struct cells){ fdt_address_cells(tree, parent), fdt_size_cells(tree, parent) };
}

static bool are_usable(struct cells cells)
{
	return cells.address >= 1 && cells.address <= 2 && cells.size >= 1 && cells.size <= 2;
}

/* Ranges, in the width that the other tree has for them. */
static int copy_ranges(void *tree, int to, struct cells to_cells, const void *running, int from,
		       struct cells from_cells, const char *name)
{
	const int step = from_cells.address + from_cells.size;
	const fdt32_t *value;
	int length, ret;

	value = fdt_getprop(running, from, name, &length);
	if (!value)
		return 0;
	if (!are_usable(from_cells) || !are_usable(to_cells))
		return -FDT_ERR_BADNCELLS;
	ret = if_found(fdt_delprop(tree, to, name));
	for (length /= 4; length >= step && !ret; length -= step, value += step) {
		ret = append_number(tree, to, name, cells_read(value, from_cells.address),
				    to_cells.address);
		if (!ret)
			ret = append_number(tree, to, name,
					    cells_read(value + from_cells.address, from_cells.size),
					    to_cells.size);
	}
	return ret;
}

static bool is_memory(const void *tree, int node)
{
	return fdt_stringlist_search(tree, node, "device_type", "memory") == 0;
}

static int drop_memory(void *tree)
{
	int node, ret = 0;

	for (node = fdt_first_subnode(tree, 0); node >= 0 && !ret;) {
		if (!is_memory(tree, node)) {
			node = fdt_next_subnode(tree, node);
			continue;
		}
		ret = fdt_del_node(tree, node);
		node = fdt_first_subnode(tree, 0);
	}
	return ret;
}

static int copy_memory_node(void *tree, const void *running, int from)
{
	static const char *const plain[] = {
		"device_type", "status", "numa-node-id", "hotpluggable",
	};
	static const char *const ranges[] = { "reg", "linux,usable-memory" };
	int node = fdt_add_subnode(tree, 0, fdt_get_name(running, from, NULL));
	int ret = node < 0 ? node : 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plain) && !ret; i++)
		ret = copy_property(tree, node, running, from, plain[i]);
	for (i = 0; i < ARRAY_SIZE(ranges) && !ret; i++)
		ret = copy_ranges(tree, node, cells_of(tree, 0), running, from,
				  cells_of(running, 0), ranges[i]);
	return ret;
}

/* A machine of EFI has no memory nodes, and the next kernel asks for none. */
static int take_memory(void *tree, const void *running)
{
	int node, ret;

	if (!dtb_memory_any(running))
		return 0;
	ret = drop_memory(tree);
	fdt_for_each_subnode(node, running, 0)
		if (!ret && is_memory(running, node))
			ret = copy_memory_node(tree, running, node);
	return ret;
}

/* What tells dtb_edit() which reservations were the running kernel's alone. */
static int take_chosen(void *tree, const void *running)
{
	static const char *const names[] = {
		"linux,initrd-start", "linux,initrd-end", "linux,elfcorehdr",
		"linux,ima-kexec-buffer", "fastkexec,keeps",
	};
	int from = fdt_path_offset(running, "/chosen");
	int to = fdt_path_offset(tree, "/chosen");
	int ret = 0;
	size_t i;

	if (to == -FDT_ERR_NOTFOUND)
		to = fdt_add_subnode(tree, 0, "chosen");
	if (to < 0)
		return to;
	for (i = 0; i < ARRAY_SIZE(names) && !ret; i++) {
		ret = if_found(fdt_delprop(tree, to, names[i]));
		if (!ret && from >= 0)
			ret = copy_property(tree, to, running, from, names[i]);
	}
	return ret;
}

static int take_memreserve(void *tree, const void *running)
{
	uint64_t start, size;
	int i, ret = 0;

	while (!ret && fdt_num_mem_rsv(tree) > 0)
		ret = fdt_del_mem_rsv(tree, 0);
	for (i = 0; i < fdt_num_mem_rsv(running) && !ret; i++) {
		ret = fdt_get_mem_rsv(running, i, &start, &size);
		if (!ret)
			ret = fdt_add_mem_rsv(tree, start, size);
	}
	return ret;
}

/* /reserved-memory of @tree, made if it is not there. */
static int find_reserved(void *tree)
{
	const struct cells cells = cells_of(tree, 0);
	int node = fdt_path_offset(tree, "/reserved-memory");
	int ret;

	if (node != -FDT_ERR_NOTFOUND)
		return node;
	node = fdt_add_subnode(tree, 0, "reserved-memory");
	if (node < 0)
		return node;
	ret = fdt_setprop_u32(tree, node, "#address-cells", cells.address);
	if (!ret)
		ret = fdt_setprop_u32(tree, node, "#size-cells", cells.size);
	if (!ret)
		ret = fdt_setprop_empty(tree, node, "ranges");
	return ret ? ret : node;
}

static bool is_phandle(const char *name)
{
	return !strcmp(name, "phandle") || !strcmp(name, "linux,phandle");
}

/* What @to lacks of @from's properties, but the number of the node. */
static int add_properties(void *tree, int to, const void *running, int from)
{
	const char *name;
	const void *value;
	int property, length, ret;

	fdt_for_each_property_offset(property, running, from) {
		value = fdt_getprop_by_offset(running, property, &name, &length);
		if (!value || is_phandle(name) || fdt_getprop(tree, to, name, NULL))
			continue;
		ret = fdt_setprop(tree, to, name, value, length);
		if (ret)
			return ret;
	}
	return 0;
}

/* The firmware's range counts. Devices of @tree may refer to the node, so it stays. */
static int take_range(void *tree, const void *running, int running_parent, int from)
{
	const char *name = fdt_get_name(running, from, NULL);
	int parent = find_reserved(tree);
	int node = parent < 0 ? parent : fdt_subnode_offset(tree, parent, name);
	int ret;

	if (node == -FDT_ERR_NOTFOUND)
		node = fdt_add_subnode(tree, parent, name);
	if (node < 0)
		return node;
	ret = copy_ranges(tree, node, cells_of(tree, parent), running, from,
			  cells_of(running, running_parent), "reg");
	return ret ? ret : add_properties(tree, node, running, from);
}

static int take_reserved(void *tree, const void *running)
{
	int parent = fdt_path_offset(running, "/reserved-memory");
	int node, ret = 0;

	if (parent < 0)
		return 0;
	fdt_for_each_subnode(node, running, parent)
		if (!ret && fdt_getprop(running, node, "reg", NULL))
			ret = take_range(tree, running, parent, node);
	return ret;
}

/* The node that an alias stands for. */
static int resolve_alias(const void *tree, const char *name)
{
	int length;
	const char *path = fdt_getprop(tree, fdt_path_offset(tree, "/aliases"), name, &length);

	if (!path || length < 2 || path[0] != '/' || !memchr(path, '\0', length))
		return -FDT_ERR_NOTFOUND;
	return fdt_path_offset(tree, path);
}

/* The node of @tree that has the same alias as node @from of @running. */
static int find_by_alias(const void *tree, const void *running, int from)
{
	int aliases = fdt_path_offset(running, "/aliases");
	const char *name;
	int property, to;

	fdt_for_each_property_offset(property, running, aliases) {
		if (!fdt_getprop_by_offset(running, property, &name, NULL) ||
		    resolve_alias(running, name) != from)
			continue;
		to = resolve_alias(tree, name);
		if (to >= 0)
			return to;
	}
	return -FDT_ERR_NOTFOUND;
}

static bool is_hardware_address(const void *value, int length)
{
	static const uint8_t none[MAC_SIZE];

	return value && length == MAC_SIZE && memcmp(value, none, MAC_SIZE);
}

static int take_address(void *tree, const void *running, int from, const char *name)
{
	char path[PATH_SIZE];
	const void *value;
	int length, to;

	value = fdt_getprop(running, from, name, &length);
	if (!is_hardware_address(value, length) || fdt_get_path(running, from, path, sizeof(path)))
		return 0;
	to = fdt_path_offset(tree, path);
	if (to < 0)
		to = find_by_alias(tree, running, from);
	return to < 0 ? 0 : fdt_setprop(tree, to, name, value, length);
}

static int take_addresses(void *tree, const void *running)
{
	static const char *const names[] = {
		"local-mac-address", "mac-address", "address", "local-bd-address",
	};
	int node, ret = 0;
	size_t i;

	for (node = fdt_next_node(running, -1, NULL); node >= 0 && !ret;
	     node = fdt_next_node(running, node, NULL))
		for (i = 0; i < ARRAY_SIZE(names) && !ret; i++)
			ret = take_address(tree, running, node, names[i]);
	return ret;
}

/* The CPU of @tree with this number. */
static int find_cpu(const void *tree, uint64_t number)
{
	int cpus = fdt_path_offset(tree, "/cpus");
	const fdt32_t *reg;
	int node, length;

	fdt_for_each_subnode(node, tree, cpus) {
		reg = fdt_getprop(tree, node, "reg", &length);
		if (reg && length >= 4 && cells_read(reg, length / 4) == number)
			return node;
	}
	return -FDT_ERR_NOTFOUND;
}

/* The firmware that is there says how CPUs are started, and not the file. */
static int take_cpus(void *tree, const void *running)
{
	int cpus = fdt_path_offset(running, "/cpus");
	const fdt32_t *reg;
	int node, to, length, ret;

	fdt_for_each_subnode(node, running, cpus) {
		reg = fdt_getprop(running, node, "reg", &length);
		to = reg && length >= 4 ? find_cpu(tree, cells_read(reg, length / 4)) : -1;
		if (to < 0)
			continue;
		ret = copy_property(tree, to, running, node, "enable-method");
		if (!ret)
			ret = copy_property(tree, to, running, node, "cpu-release-addr");
		if (ret)
			return ret;
	}
	return 0;
}

static int take_psci(void *tree, const void *running)
{
	static const char *const names[] = {
		"compatible", "method", "cpu_suspend", "cpu_off", "cpu_on", "migrate",
	};
	int from = fdt_path_offset(running, "/psci");
	int to = fdt_path_offset(tree, "/psci");
	int ret = 0;
	size_t i;

	if (from < 0)
		return 0;
	if (to == -FDT_ERR_NOTFOUND)
		to = fdt_add_subnode(tree, 0, "psci");
	if (to < 0)
		return to;
	for (i = 0; i < ARRAY_SIZE(names) && !ret; i++)
		ret = copy_property(tree, to, running, from, names[i]);
	return ret;
}

/* Whether a property holds numbers of other nodes, as far as firmware nodes have such. */
static bool refers(const void *tree, int node)
{
	static const char *const names[] = {
		"clocks", "interrupt-parent", "interrupts-extended", "iommus", "mboxes",
		"memory-region", "power-domains", "resets", "shmem",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (fdt_getprop(tree, node, names[i], NULL))
			return true;
	return false;
}

/* The node at @path, made if it is not there; its parent is. */
static int make_node(void *tree, const char *path)
{
	char *slash = strrchr(path, '/');
	int parent = slash == path ? 0 : fdt_path_offset_namelen(tree, path, slash - path);

	return parent < 0 ? parent : fdt_add_subnode(tree, parent, slash + 1);
}

/* What @tree lacks of a node and of those below it. */
static int add_branch(void *tree, const void *running, int from)
{
	char path[PATH_SIZE];
	int node, to, ret;

	if (fdt_get_path(running, from, path, sizeof(path)))
		return 0;
	to = fdt_path_offset(tree, path);
	if (to == -FDT_ERR_NOTFOUND && refers(running, from)) {
		out_note("%s of the running kernel's device tree is left out, as it refers to other nodes",
			 path);
		return 0;
	}
	if (to == -FDT_ERR_NOTFOUND)
		to = make_node(tree, path);
	if (to < 0)
		return to;
	ret = add_properties(tree, to, running, from);
	fdt_for_each_subnode(node, running, from)
		if (!ret)
			ret = add_branch(tree, running, node);
	return ret;
}

static int take_branches(void *tree, const void *running)
{
	static const char *const paths[] = { "/system", "/firmware" };
	int from, ret = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(paths) && !ret; i++) {
		from = fdt_path_offset(running, paths[i]);
		if (from >= 0)
			ret = add_branch(tree, running, from);
	}
	return ret;
}

static int take_serial_number(void *tree, const void *running)
{
	return copy_property(tree, 0, running, 0, "serial-number");
}

int dtb_base_complete(void *tree, const void *running)
{
	static int (*const takes[])(void *tree, const void *running) = {
		take_memory, take_chosen, take_memreserve, take_reserved, take_addresses,
		take_serial_number, take_cpus, take_psci, take_branches,
	};
	int ret = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(takes) && !ret; i++)
		ret = takes[i](tree, running);
	return ret;
}
