// SPDX-License-Identifier: GPL-2.0
/* Files that may be device trees or overlays: what is made of one can be read. */
#include <libfdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dtb.h"
#include "dtb_dom0.h"
#include "dtb_efi.h"
#include "dtb_later.h"
#include "dtb_memory.h"
#include "efi_later.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t running[8192];

/* A machine with memory, and with what a tree from a file is given. */
static void make_running(void)
{
	int node;

	fdt_create_empty_tree(running, sizeof(running));
	fdt_setprop_u32(running, 0, "#address-cells", 2);
	fdt_setprop_u32(running, 0, "#size-cells", 2);
	fdt_add_subnode(running, 0, "chosen");
	node = fdt_add_subnode(running, 0, "memory@40000000");
	fdt_setprop_string(running, node, "device_type", "memory");
	fdt_appendprop_addrrange(running, 0, node, "reg", 0x40000000, 0x40000000);
	fdt_setprop_string(running, 0, "serial-number", "1");
	fdt_add_mem_rsv(running, 0x48000000, 0x1000);
}

static const char *const nodes[] = {
	"chosen", "memory@0", "reserved-memory", "region@0", "aliases", "cpus", "cpu@0", "psci",
	"firmware", "system", "ethernet@0", "dom0-kernel", "fragment@0", "__overlay__",
	"__symbols__", "__fixups__",
};

static const char *const properties[] = {
	"reg", "ranges", "#address-cells", "#size-cells", "device_type", "compatible", "status",
	"phandle", "enable-method", "method", "ethernet0", "local-mac-address", "mac-address",
	"serial-number", "bootargs", "linux,initrd-start", "linux,initrd-end",
	"linux,elfcorehdr", "linux,usable-memory-range", "linux,uefi-system-table",
	"target-path", "target", "no-map", "size", "model", "alloc-ranges",
	"fastkexec,whole-reg", "fastkexec,efi-map", "linux,uefi-mmap-start",
	"linux,uefi-mmap-size", "linux,uefi-mmap-desc-size",
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* Four bytes say what a descriptor is; one in 16 of them is damaged. */
static void add_descriptor(struct efi_map *map, const uint8_t *said)
{
	static const uint32_t types[] = { 7, 7, 7, 4, 6, FASTKEXEC_EFI_LATER };
	const struct efi_memory memory = {
		.type = types[said[0] % COUNT(types)] + (said[0] == 0xff),
		.start = (uint64_t)said[1] << 37,
		.virtual = said[3] & 0x10 ? 0x40008 : 8,
		.pages = (uint64_t)said[2] << (said[3] >= 0xf0 ? 50 : 25),
		.attributes = said[3] & 3 ? 8 : (uint64_t)said[3] << 16 | 0xe,
	};

	memcpy(map->bytes + map->size, &memory, sizeof(memory));
	map->size += map->step;
}

/* A tree of an EFI machine, with a map in it. */
static void add_map(void *tree, const uint8_t *said, size_t nr)
{
	uint8_t bytes[64 * 48] = { 0 };
	struct efi_map map = { .bytes = bytes, .step = 48 };
	struct blob blob = { .data = tree, .size = fdt_totalsize(tree) };
	int chosen = fdt_path_offset(tree, "/chosen");
	size_t i;

	for (i = 0; i < nr; i++)
		add_descriptor(&map, said + 4 * i);
	if (chosen < 0)
		chosen = fdt_add_subnode(tree, 0, "chosen");
	fdt_setprop_u64(tree, chosen, "linux,uefi-system-table", 0x7f000000);
	fdt_setprop_u64(tree, chosen, "linux,uefi-mmap-start", 0x7e000000);
	fdt_setprop_u64(tree, chosen, "linux,uefi-mmap-size", map.size);
	fdt_setprop_u32(tree, chosen, "linux,uefi-mmap-desc-size", map.step);
	dtb_efi_put(&blob, &map, 0x40000000);
}

/* A tree that is right, of nodes and properties that mean something, as @data says. */
static void make_given(uint8_t *tree, size_t room, const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size;
	int node = 0;

	fdt_create_empty_tree(tree, room);
	while (end - data >= 2) {
		const uint8_t what = *data++, bytes = *data++;
		int added;

		if (what >= 0xf0) {
			node = 0;
		} else if (what >= 0xb0 && what < 0xb8 && end - data >= 4 * (bytes % 64)) {
			add_map(tree, data, bytes % 64);
			data += 4 * (bytes % 64);
			node = 0;
		} else if (what >= 0xc0) {
			added = fdt_add_subnode(tree, node, nodes[what % COUNT(nodes)]);
			node = added < 0 ? node : added;
		} else if (what >= 0xb8 && end - data >= 16) {
			fdt_add_mem_rsv(tree, fdt64_ld((const fdt64_t *)data),
					fdt64_ld((const fdt64_t *)data + 1));
			data += 16;
		} else if (bytes <= end - data) {
			fdt_setprop(tree, node, properties[what % COUNT(properties)], data, bytes);
			data += bytes;
		}
	}
}

/* The sanitizer knows where this one ends. */
static struct efi_map copy_map(const struct efi_map *map)
{
	struct efi_map copy = { malloc(map->size), map->size, map->step };

	memcpy(copy.bytes, map->bytes, map->size);
	return copy;
}

/* Whether all of what Linux reads is the same. */
static bool are_same(const struct efi_map *map, const struct efi_map *other)
{
	struct efi_memory one, two;
	size_t i;

	for (i = 0; efi_map_get(map, i, &one) && efi_map_get(other, i, &two); i++)
		if (one.type != two.type || one.start != two.start || one.pages != two.pages ||
		    one.attributes != two.attributes)
			return false;
	return map->size == other->size;
}

/* What is cut can be made whole, and is as it was. */
static void cut_map(const void *tree, struct efi_map *map, const struct fastkexec_piece *piece)
{
	const struct ranges_item halves[] = { { { 0, 1ULL << 40 }, 0 },
					     { { 1ULL << 40, UINT64_MAX }, 3 } };
	const struct ranges_item wanted = { { 0x90000000, 0x90001000 }, 0 };
	const struct ranges numa = { (struct ranges_item *)halves, 2, 2 };
	const struct ranges reserved = { (struct ranges_item *)&wanted, 1, 1 };
	const struct efi_later_request request = { tree, piece, 1, &reserved, &numa };
	struct later later = { .unit = 1ULL << 38, .least = 0x40000000 };
	struct efi_map whole = copy_map(map);

	if (!efi_later_cut(map, map->size / map->step + 64, &request, &later)) {
		if (!efi_map_is_right(map) || efi_map_later_bytes(map) != later.later)
			abort();
		efi_map_restore(map);
		if (!are_same(map, &whole))
			abort();
	}
	efi_map_free(&whole);
}

/* The map of a tree is where the tree says. */
static void put_map(struct blob *tree, const struct efi_map *map)
{
	struct efi_map put;

	if (dtb_efi_put(tree, map, 0x40000000))
		return;
	if (fdt_check_full(tree->data, tree->size) || !dtb_efi_map(tree->data, &put) ||
	    (put.bytes - tree->data) % 8 || put.size != map->size ||
	    memcmp(put.bytes, map->bytes, map->size))
		abort();
}

/* A map that a tree came with, as it is read by the checks and by a load. */
static void read_map(const struct blob *given, struct blob *tree,
		     const struct fastkexec_piece *piece)
{
	struct efi_map map;

	if (fdt_check_full(given->data, given->size) || !dtb_efi_map(given->data, &map))
		return;
	map = copy_map(&map);
	efi_map_later_bytes(&map);
	if (efi_map_is_right(&map)) {
		efi_map_restore(&map);
		cut_map(tree->data, &map, piece);
		if (dtb_is_efi(tree))
			put_map(tree, &map);
	} else {
		efi_map_restore(&map);
	}
	efi_map_free(&map);
}

/* There is room, and what was cut can be made whole. */
static void cut(struct blob *tree, const struct fastkexec_piece *piece)
{
	struct later later = { .unit = 0x8000000, .least = 0x40000000 };

	if (dtb_later_cut(tree, piece, 1, &later) || fdt_check_full(tree->data, tree->size) ||
	    dtb_later_restore(tree) || fdt_check_full(tree->data, tree->size) ||
	    dtb_later_bytes(tree->data))
		abort();
}

static void build(const struct dtb_request *request)
{
	const struct fastkexec_piece piece = { .addr = 0x41000000, .memsz = 0x10000 };
	struct blob tree;

	if (dtb_build(&tree, request))
		return;
	if (fdt_check_full(tree.data, tree.size))
		abort();
	dtb_dom0_place(&tree, DTB_DOM0_KERNEL, 0x41000000, 0x10000);
	if (fdt_check_full(tree.data, tree.size))
		abort();
	dtb_memory_check(&tree, "input", &piece, 1);
	dtb_bootargs(&tree);
	if (!dtb_is_efi(&tree))
		cut(&tree, &piece);
	read_map(request->source, &tree, &piece);
	blob_free(&tree);
}

/* As it is, and as a list of what to build. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t given[32768];
	const struct blob made = { .data = given, .size = sizeof(given) };
	static const struct dtb_seeds seeds;
	static const struct calls_keeps keeps;
	struct blob file = { .data = malloc(size + 1), .size = size };
	const struct blob known = { .data = running, .size = sizeof(running) };
	struct dtb_overlays overlays = { .nr = 0 };
	struct dtb_request request = {
		.source = &file,
		.source_name = "input",
		.firmware = &known,
		.base = true,
		.overlays = &overlays,
		.bootargs = "ro",
		.initrd = true,
		.dom0_cmdline = "quiet",
		.later = true,
		.seeds = &seeds,
		.keeps = &keeps,
	};

	make_running();
	make_given(given, sizeof(given), data, size);
	request.source = &made;
	build(&request);
	request.source = &known;
	request.firmware = &made;
	build(&request);
	request.source = &file;
	request.firmware = &known;
	memcpy(file.data, data, size);
	build(&request);
	/* libfdt changes an overlay, and wants to have checked it. */
	if (!fdt_check_full(file.data, file.size)) {
		overlays = (struct dtb_overlays){ .nr = 1, .path = { "input" }, .blob = { file } };
		request.source = &known;
		request.firmware = NULL;
		build(&request);
	}
	free(file.data);
	return 0;
}
