// SPDX-License-Identifier: GPL-2.0
/*
 * EFI's memory map: cut, whole again, and in a device tree.
 */
#include "fake_device.h"

#include <libfdt.h>

#include "cells.h"
#include "dtb_efi.h"
#include "efi_later.h"
#include "efi_maps.h"

#define MOST		64
#define TREE_SIZE	65536

static uint8_t tree_bytes[TREE_SIZE];
static struct blob tree = { tree_bytes, TREE_SIZE };
static struct efi_map map, before;
static struct ranges nodes, reserved;
static struct fastkexec_piece pieces[4];
static struct efi_later_request request;

static void begin(uint32_t step)
{
	efi_map_free(&map);
	map = (struct efi_map){ .bytes = fake_alloc(MOST * step), .step = step };
}

/* All memory is node 0's, and nothing is wanted. */
static void begin_cut(void)
{
	const struct dtb_range everything = { 0, UINT64_MAX };

	assert_int_equal(fdt_create_empty_tree(tree_bytes, TREE_SIZE), 0);
	fdt_setprop_u32(tree_bytes, 0, "#address-cells", 2);
	fdt_setprop_u32(tree_bytes, 0, "#size-cells", 2);
	fdt_add_subnode(tree_bytes, 0, "chosen");
	ranges_free(&nodes);
	ranges_free(&reserved);
	assert_int_equal(ranges_add(&nodes, &everything, 0), 0);
	memset(pieces, 0, sizeof(pieces));
	request = (struct efi_later_request){
		.tree = tree_bytes,
		.pieces = pieces,
		.reserved = &reserved,
		.nodes = &nodes,
	};
	begin(48);
}

static void add_node(uint64_t start, uint64_t end, unsigned int node)
{
	const struct dtb_range range = { start, end };

	if (nodes.item[0].range.end == UINT64_MAX)
		nodes.nr = 0;
	assert_int_equal(ranges_add(&nodes, &range, node), 0);
}

static struct later cut_at(size_t most, uint64_t least, int expected)
{
	struct later later = { .unit = GB, .least = least };

	efi_map_free(&before);
	before = (struct efi_map){ fake_alloc(map.size), map.size, map.step };
	memcpy(before.bytes, map.bytes, map.size);
	assert_int_equal(efi_later_cut(&map, most, &request, &later), expected);
	return later;
}

static struct later cut(uint64_t least)
{
	const struct later later = cut_at(MOST, least, 0);

	assert_int_equal(efi_map_later_bytes(&map), later.later);
	return later;
}

static void assert_as_before(void)
{
	assert_int_equal(map.size, before.size);
	assert_memory_equal(map.bytes, before.bytes, map.size);
}

static void assert_comes_back(void)
{
	efi_map_restore(&map);
	assert_as_before();
	assert_int_equal(efi_map_later_bytes(&map), 0);
}

#define CUT_TEST(words)	TOOL_TEST_WITH(words, begin_cut)

TOOL_TEST("memory for later is none to Linux, and says what it was")
{
	struct efi_memory memory = { .type = 7, .start = GB, .pages = 1, .attributes = 0x1000f };

	efi_map_put_off(&memory, 3);
	assert_int_equal(memory.type, 0xfa570003);
	assert_int_equal(memory.attributes, 0);
	assert_int_equal(memory.virtual, 0x1000f);
	assert_false(efi_map_is_memory(&memory));
	assert_false(efi_map_is_free(&memory));
	assert_true(efi_map_is_later(&memory));
	assert_int_equal(efi_map_later_node(&memory), 3);
	memory.type = 0xfa57ffff;
	assert_true(efi_map_is_later(&memory));
	assert_int_equal(efi_map_later_node(&memory), 65535);
	memory.attributes = 8;
	assert_false(efi_map_is_later(&memory));
	memory.attributes = 0;
	memory.type = 0xfa580000;
	assert_false(efi_map_is_later(&memory));
	memory.type = 0x7a570000;
	assert_false(efi_map_is_later(&memory));
}

TOOL_TEST("memory that somebody has a use for is not free")
{
	static const struct {
		uint32_t type;
		uint64_t attributes;
		bool is_free, is_usable, is_memory;
	} cases[] = {
		{ 7, 0xf, true, true, true }, { 7, 0x8, true, true, true },
		{ 7, 0x8000f, true, true, true }, { 7, 0x1000f, false, true, true },
		{ 7, 0x4, false, false, true }, { 7, 0x2, false, false, true },
		{ 7, 0x1, false, false, false }, { 7, 0x10, false, false, false },
		{ 7, 0, false, false, false }, { 7, 0x4000f, false, false, true },
		{ 7, EFI_RUNTIME | 0xf, false, true, true }, { 0, 0xf, false, false, true },
		{ 1, 0xf, false, true, true }, { 2, 0xf, false, true, true },
		{ 3, 0xf, false, true, true }, { 4, 0xf, false, true, true },
		{ 5, 0xf, false, false, true }, { 6, EFI_RUNTIME | 0xf, false, false, true },
		{ 9, 0xf, false, true, true }, { 10, 0xf, false, false, true },
		{ 11, EFI_RUNTIME | 1, false, false, false }, { 14, 0xf, false, true, true },
		{ 15, 0xf, false, false, true }, { 39, 0xf, false, false, true },
		{ 0x80000007, 0xf, false, false, true },
	};
	struct efi_memory memory = { .start = GB, .pages = 1 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memory.type = cases[i].type;
		memory.attributes = cases[i].attributes;
		assert_int_equal(efi_map_is_free(&memory), cases[i].is_free);
		assert_int_equal(efi_map_is_usable(&memory), cases[i].is_usable);
		assert_int_equal(efi_map_is_memory(&memory), cases[i].is_memory);
	}
}

CUT_TEST("what was cut comes back to the byte, however long descriptors are")
{
	static const uint32_t steps[] = { 40, 48, 64 };
	struct later later;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		begin(steps[i]);
		put_descriptor(&map, EFI_DEVICES, 0, 0x1000, EFI_RUNTIME | EFI_UNCACHED);
		put_descriptor(&map, EFI_BOOT_DATA, GB, GB + 0x3000, EFI_CACHED);
		put_descriptor(&map, EFI_FREE, GB + 0x3000, 5 * GB, EFI_CACHED);
		put_descriptor(&map, EFI_FREE, 5 * GB, 8 * GB, EFI_CACHED | EFI_CRYPTO);
		put_descriptor(&map, EFI_SERVICES, 8 * GB, 9 * GB, EFI_RUNTIME | EFI_CACHED);
		put_descriptor(&map, EFI_FREE, 9 * GB, 17 * GB, EFI_CACHED);
		put_descriptor(&map, EFI_PERSISTENT, 20 * GB, 30 * GB, EFI_CACHED);
		later = cut(GB);
		assert_string_equal(map_text(&map),
				    "type11 0-0x1000; type4 1-0x40003000; free 0x40003000-2; "
				    "later0 2-5; later0 5-8; type6 8-9; later0 9-17; type14 20-30");
		assert_int_equal(later.first, 11 * GB);
		assert_int_equal(later.later, 14 * GB);
		assert_comes_back();
	}
}

CUT_TEST("what is not cut stays to the byte, and all of it")
{
	struct efi_map left;
	size_t i;

	put_descriptor(&map, EFI_BOOT_DATA, GB, 2 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 2 * GB, 3 * GB, EFI_UNCACHED);
	put_descriptor(&map, EFI_FREE, 3 * GB, 4 * GB, EFI_CACHED | EFI_SPECIAL);
	put_descriptor(&map, EFI_FREE, 4 * GB, 5 * GB, EFI_CACHED | EFI_RUNTIME);
	put_descriptor(&map, EFI_PERSISTENT, 5 * GB, 6 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 6 * GB, 6 * GB, EFI_CACHED);
	put_descriptor(&map, 0x80000000, 6 * GB, 7 * GB, 0);
	put_descriptor(&map, EFI_FREE, 7 * GB, 8 * GB, EFI_CACHED | EFI_RELIABLE);
	left = map;
	left.bytes = fake_alloc(map.size);
	memcpy(left.bytes, map.bytes, map.size);
	put_descriptor(&map, EFI_FREE, 8 * GB, 10 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_SERVICES, 10 * GB, 11 * GB, EFI_CACHED);

	assert_int_equal(cut(GB).later, 2 * GB);
	assert_int_equal(map.size, before.size);
	assert_memory_equal(map.bytes, left.bytes, left.size);
	i = map.size - map.step;
	assert_memory_equal(map.bytes + i, before.bytes + i, map.step);
	assert_comes_back();
	efi_map_free(&left);
}

CUT_TEST("descriptors of the same memory that never were one stay apart")
{
	put_descriptor(&map, EFI_FREE, 0, 4 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 4 * GB, 8 * GB, EFI_CACHED | EFI_CRYPTO);
	put_descriptor(&map, EFI_FREE, 9 * GB, 12 * GB, EFI_CACHED | EFI_CRYPTO);
	put_descriptor(&map, EFI_BOOT_DATA, 12 * GB, 13 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_BOOT_DATA, 13 * GB, 14 * GB, EFI_CACHED);
	cut(GB);
	assert_string_equal(map_text(&map), "free 0-1; later0 1-4; later0 4-8; later0 9-12; "
			    "type4 12-13; type4 13-14");
	assert_comes_back();
}

CUT_TEST("a map that nothing was cut of is left as it is")
{
	put_descriptor(&map, EFI_FREE, GB, 3 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_BOOT_DATA, 3 * GB, 4 * GB, EFI_CACHED);
	assert_int_equal(cut(4 * GB).later, 0);
	assert_as_before();
	assert_comes_back();
	/* The first unit and the last one are all that there is. */
	begin(48);
	put_descriptor(&map, EFI_FREE, GB, 3 * GB, EFI_CACHED);
	assert_int_equal(cut(0).first, 2 * GB);
	assert_as_before();
}

CUT_TEST("the lowest stay until there is as much as was asked for")
{
	struct later later;

	put_descriptor(&map, EFI_FREE, GB, 17 * GB, EFI_CACHED);
	later = cut(4 * GB + 1);
	assert_string_equal(map_text(&map), "free 1-5; later0 5-16; free 16-17");
	assert_int_equal(later.first, 5 * GB);
	assert_int_equal(later.later, 11 * GB);
	assert_comes_back();
}

CUT_TEST("what has a piece in it stays, or anything that somebody wants")
{
	int node;

	put_descriptor(&map, EFI_FREE, GB, 33 * GB, EFI_CACHED);
	pieces[0] = (struct fastkexec_piece){ .addr = 5 * GB - 0x1000, .memsz = 0x2000 };
	pieces[1] = (struct fastkexec_piece){ .addr = 9 * GB, .memsz = 0x1000 };
	request.nr = 2;
	ranges_add(&reserved, &(struct dtb_range){ 12 * GB - 1, 12 * GB }, 0);
	ranges_add(&reserved, &(struct dtb_range){ 14 * GB, 14 * GB + 1 }, 0);
	fdt_add_mem_rsv(tree_bytes, 20 * GB, 0x1000);
	node = fdt_add_subnode(tree_bytes, 0, "reserved-memory");
	fdt_setprop_u32(tree_bytes, node, "#address-cells", 2);
	fdt_setprop_u32(tree_bytes, node, "#size-cells", 2);
	node = fdt_add_subnode(tree_bytes, node, "region");
	fdt_appendprop_addrrange(tree_bytes, fdt_parent_offset(tree_bytes, node), node, "reg",
				 25 * GB, 0x1000);
	cut(GB);
	assert_string_equal(map_text(&map),
			    "free 1-2; later0 2-4; free 4-6; later0 6-9; free 9-10; "
			    "later0 10-11; free 11-12; later0 12-14; free 14-15; later0 15-20; "
			    "free 20-21; later0 21-25; free 25-26; later0 26-32; free 32-33");
	assert_comes_back();
}

CUT_TEST("what is no whole unit stays, and what no machine addresses")
{
	put_descriptor(&map, EFI_FREE, GB + 0x1000, 6 * GB - 0x1000, EFI_CACHED);
	put_descriptor(&map, EFI_BOOT_DATA, 6 * GB - 0x1000, 6 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 6 * GB, 8 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, (1ULL << 52) - 4 * GB, (1ULL << 52) + 4 * GB, EFI_CACHED);
	cut(GB);
	assert_string_equal(map_text(&map),
			    "free 0x40001000-2; later0 2-5; free 5-0x17ffff000; "
			    "type4 0x17ffff000-6; later0 6-8; free 4194300-4194308");
	assert_comes_back();
}

CUT_TEST("each node keeps its first unit and its last one, and later memory names the node")
{
	put_descriptor(&map, EFI_FREE, GB, 6 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_SERVICES, 6 * GB, 7 * GB, EFI_RUNTIME | EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 7 * GB, 24 * GB, EFI_CACHED);
	add_node(0, 7 * GB, 0);
	add_node(7 * GB, 12 * GB, 5);
	add_node(12 * GB, 16 * GB, 65535);
	add_node(20 * GB, 100 * GB, 0);
	cut(GB);
	/* Services have the last unit of no node: node 0 goes on above. */
	assert_string_equal(map_text(&map),
			    "free 1-2; later0 2-6; type6 6-7; free 7-8; later5 8-11; free 11-13; "
			    "later65535 13-15; free 15-20; later0 20-23; free 23-24");
	assert_comes_back();
}

CUT_TEST("what is of two nodes stays, and what is of none")
{
	put_descriptor(&map, EFI_FREE, 0, 16 * GB, EFI_CACHED);
	add_node(0, 5 * GB + GB / 2, 0);
	add_node(5 * GB + GB / 2, 8 * GB, 1);
	add_node(10 * GB, 15 * GB, 1);
	/* One block in the middle of both of them. */
	add_node(12 * GB, 13 * GB, 0);
	add_node(15 * GB, 16 * GB, 0);
	cut(0);
	assert_string_equal(map_text(&map),
			    "free 0-1; later0 1-5; free 5-6; later1 6-8; free 8-10; later1 10-12; "
			    "free 12-13; later1 13-14; free 14-16");
	assert_comes_back();
}

CUT_TEST("units grow until a map is short enough, or nothing is put off")
{
	struct later later;
	int i;

	put_descriptor(&map, EFI_FREE, 0, 16 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_BOOT_DATA, 16 * GB, 17 * GB, EFI_CACHED);
	for (i = 0; i < 3; i++)
		pieces[i] = (struct fastkexec_piece){ .addr = (4 + 4 * i) * GB, .memsz = 1 };
	request.nr = 3;
	for (i = 1; i <= 9; i++) {
		later = cut_at(i, GB, 0);
		assert_true(later.unit > GB);
		assert_int_equal(efi_map_later_bytes(&map), later.later);
		assert_true(!later.later || map.size < i * map.step);
		assert_comes_back();
	}
	later = cut_at(10, GB, 0);
	assert_int_equal(later.unit, GB);
	assert_int_equal(map.size, 9 * map.step);
	assert_comes_back();
}

TOOL_TEST("a map that cannot be one is told from one that is right")
{
	static const struct {
		uint64_t start, pages;
	} wrong[] = {
		{ GB, UINT64_MAX >> 12 }, { GB, UINT64_MAX }, { GB, 1ULL << 52 },
		{ UINT64_MAX << 12, 1 }, { 4 * GB + 1, 1 }, { 4 * GB + 0x800, 1 },
	};
	size_t i, step;

	begin(48);
	assert_false(efi_map_is_right(&map));
	put_descriptor(&map, EFI_BOOT_DATA, GB, 2 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 2 * GB, 4 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 8 * GB, 16 * GB, EFI_CACHED);
	assert_true(efi_map_is_right(&map));
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		memcpy(map.bytes + 48 + 8, &wrong[i].start, 8);
		memcpy(map.bytes + 48 + 24, &wrong[i].pages, 8);
		assert_false(efi_map_is_right(&map));
		efi_map_restore(&map);
		efi_map_later_bytes(&map);
		map.size = 3 * 48;
	}
	begin(48);
	put_descriptor(&map, EFI_FREE, 2 * GB, 4 * GB, EFI_CACHED);
	map.size--;
	assert_false(efi_map_is_right(&map));
	map.size = 49;
	assert_false(efi_map_is_right(&map));
	map.size = 48;
	assert_true(efi_map_is_right(&map));
	for (step = 0; step < 40; step++) {
		map.step = step;
		assert_false(efi_map_is_right(&map));
	}
	map.step = 49;
	assert_false(efi_map_is_right(&map));
}

static int chosen_node(void)
{
	return fdt_path_offset(tree_bytes, "/chosen");
}

static uint64_t number(const char *name)
{
	int length;
	const fdt32_t *value = fdt_getprop(tree_bytes, chosen_node(), name, &length);

	assert_non_null(value);
	return cells_read(value, length / 4);
}

/* A tree of an EFI machine whose map has @size bytes; numbers have one or two cells. */
static void make_tree(uint64_t size, uint32_t step, int cells)
{
	static const char *const names[] = { "start", "size", "desc-size", "desc-ver" };
	const uint64_t values[] = { 0x7e000000, size, step, 1 };
	char name[32];
	size_t i;

	begin_cut();
	begin(step);
	fdt_setprop_u64(tree_bytes, chosen_node(), "linux,uefi-system-table", 0x7f000000);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(name, sizeof(name), "linux,uefi-mmap-%s", names[i]);
		if (cells == 1)
			fdt_setprop_u32(tree_bytes, chosen_node(), name, values[i]);
		else
			fdt_setprop_u64(tree_bytes, chosen_node(), name, values[i]);
	}
}

/* What a kernel that finds the tree at @address_pa reads. */
static void assert_told(uint64_t address_pa, const struct efi_map *expected)
{
	const uint64_t start = number("linux,uefi-mmap-start"), at = start - address_pa;
	const uint8_t *value;
	int length;

	assert_int_equal(start % 8, 0);
	assert_int_equal(number("linux,uefi-mmap-size"), expected->size);
	assert_int_equal(number("linux,uefi-mmap-desc-size"), expected->step);
	assert_int_equal(number("linux,uefi-mmap-desc-ver"), 1);
	value = fdt_getprop(tree_bytes, chosen_node(), "fastkexec,efi-map", &length);
	assert_non_null(value);
	assert_in_range(at, value - tree_bytes, value - tree_bytes + 4);
	assert_true(at + expected->size <= (size_t)(value - tree_bytes) + length);
	assert_memory_equal(tree_bytes + at, expected->bytes, expected->size);
}

TOOL_TEST("a map lies at a multiple of 8 wherever its property does")
{
	struct efi_map found;
	int cells, i;
	bool shifted[2] = { false };

	for (cells = 1; cells <= 2; cells++) {
		for (i = 0; i < 4; i++) {
			const uint64_t address_pa = cells == 1 ? 0x80000000 : 0x12345600000;
			const uint8_t *value;

			make_tree(96, 48, cells);
			fdt_setprop(tree_bytes, 0, "compatible", "12345678901234567890", 4 * i);
			assert_false(dtb_efi_has_map(&tree));
			put_descriptor(&map, EFI_FREE, GB, 2 * GB, EFI_CACHED);
			assert_int_equal(dtb_efi_put(&tree, &map, address_pa), 0);
			assert_told(address_pa, &map);
			put_descriptor(&map, EFI_FREE, 2 * GB, 4 * GB, EFI_CACHED | EFI_CRYPTO);
			put_descriptor(&map, EFI_SERVICES, 4 * GB, 5 * GB, EFI_CACHED);
			assert_int_equal(dtb_efi_put(&tree, &map, address_pa), 0);
			assert_told(address_pa, &map);
			map.size -= map.step;
			assert_int_equal(dtb_efi_put(&tree, &map, address_pa), 0);
			assert_told(address_pa, &map);

			assert_true(dtb_efi_has_map(&tree));
			assert_true(dtb_efi_map(tree_bytes, &found));
			assert_string_equal(map_text(&found), "free 1-2; free 2-4");
			assert_int_equal(found.step, 48);
			value = fdt_getprop(tree_bytes, chosen_node(), "fastkexec,efi-map", NULL);
			shifted[(value - tree_bytes) % 8 / 4] = true;
		}
	}
	assert_true(shifted[0] && shifted[1]);
}

TOOL_TEST("a map does not go where its address cannot be told")
{
	static const char *const names[] = { "linux,uefi-mmap-start", "linux,uefi-mmap-size" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		make_tree(48, 48, 2);
		put_descriptor(&map, EFI_FREE, GB, 2 * GB, EFI_CACHED);
		fdt_delprop(tree_bytes, chosen_node(), names[i]);
		assert_int_equal(dtb_efi_put(&tree, &map, GB), -FDT_ERR_NOTFOUND);
		fdt_setprop(tree_bytes, chosen_node(), names[i], "123456789012", 12);
		assert_int_equal(dtb_efi_put(&tree, &map, GB), -FDT_ERR_NOSPACE);
	}
	make_tree(48, 48, 1);
	put_descriptor(&map, EFI_FREE, GB, 2 * GB, EFI_CACHED);
	assert_int_equal(dtb_efi_put(&tree, &map, 4 * GB), -FDT_ERR_BADVALUE);
	assert_int_equal(dtb_efi_put(&tree, &map, 3 * GB), 0);
}

TOOL_TEST("a tree has as much room as a map may need")
{
	static const uint32_t steps[] = { 40, 48, 64 };
	size_t i, size, room;
	int shift;

	for (i = 0; i < 2 * ARRAY_SIZE(steps); i++) {
		shift = i % 2 * 4;
		make_tree(10 * steps[i / 2], steps[i / 2], 2);
		fdt_setprop(tree_bytes, 0, "compatible", "12345678", 4 + shift);
		efi_map_free(&map);
		size = (10 + DTB_EFI_MORE) * steps[i / 2];
		map = (struct efi_map){ fake_alloc(size), size, steps[i / 2] };
		room = dtb_efi_room(tree_bytes);
		assert_true(room >= size && room < size + 256);
		assert_int_equal(fdt_pack(tree_bytes), 0);
		fdt_set_totalsize(tree_bytes, fdt_totalsize(tree_bytes) + room);
		assert_true(fdt_totalsize(tree_bytes) <= TREE_SIZE);
		assert_int_equal(dtb_efi_put(&tree, &map, GB), 0);
		assert_told(GB, &map);
	}
}

TOOL_TEST("a tree that does not say how large EFI's map is has no room for one")
{
	static const struct {
		uint64_t size, step;
	} wrong[] = {
		{ 0, 48 }, { 4800, 0 }, { 4800, 39 }, { 4800, 1025 }, { (128 << 10) + 1, 48 },
		{ 1ULL << 32, 48 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		make_tree(4800, 48, 2);
		assert_true(dtb_efi_room(tree_bytes));
		fdt_setprop_u64(tree_bytes, chosen_node(), "linux,uefi-mmap-size", wrong[i].size);
		fdt_setprop_u64(tree_bytes, chosen_node(), "linux,uefi-mmap-desc-size",
				wrong[i].step);
		assert_int_equal(dtb_efi_room(tree_bytes), 0);
	}
	make_tree(4800, 48, 2);
	fdt_delprop(tree_bytes, chosen_node(), "linux,uefi-mmap-size");
	assert_int_equal(dtb_efi_room(tree_bytes), 0);
	fdt_create_empty_tree(tree_bytes, TREE_SIZE);
	assert_int_equal(dtb_efi_room(tree_bytes), 0);
	assert_false(dtb_efi_has_map(&tree));
}

TOOL_TEST("another tree gets what EFI said, and is told that there was a map")
{
	static uint8_t other[8192];
	struct blob blob = { other, sizeof(other) };
	int length, i;

	make_tree(MOST * 48, 48, 2);
	fdt_setprop_string(tree_bytes, chosen_node(), "bootargs", "ro");
	for (i = 0; i < 2; i++) {
		fdt_create_empty_tree(other, sizeof(other));
		fdt_add_subnode(other, 0, "chosen");
		assert_int_equal(dtb_efi_copy(other, fdt_path_offset(other, "/chosen"),
					      tree_bytes), 0);
		assert_true(dtb_is_efi(&blob));
		assert_int_equal(dtb_efi_has_map(&blob), i);
		assert_int_equal(dtb_efi_room(other), dtb_efi_room(tree_bytes));
		assert_null(fdt_getprop(other, fdt_path_offset(other, "/chosen"), "bootargs",
					&length));
		while (!i && map.size < MOST * map.step)
			put_descriptor(&map, EFI_FREE, GB, 2 * GB, EFI_CACHED);
		assert_int_equal(dtb_efi_put(&tree, &map, GB), 0);
	}
	/* The map itself is made anew. */
	assert_true(fdt_off_dt_strings(other) + fdt_size_dt_strings(other) < 1024);
}

TOOL_TEST("a property that is too short for a map is one with nothing in it")
{
	struct efi_map found = { 0 };

	make_tree(4800, 48, 2);
	fdt_setprop(tree_bytes, chosen_node(), "fastkexec,efi-map", "123", 3);
	assert_true(dtb_efi_has_map(&tree));
	assert_true(dtb_efi_map(tree_bytes, &found));
	assert_int_equal(found.size, 0);
	assert_false(efi_map_is_right(&found));
	assert_int_equal(efi_map_later_bytes(&found), 0);
}

TOOL_TEST_WITH("what is counted is what is for later alone", begin_cut)
{
	efi_map_free(&before);
	efi_map_free(&map);
	ranges_free(&nodes);
	ranges_free(&reserved);
	begin(40);
	put_descriptor(&map, EFI_FREE, GB, 2 * GB, EFI_CACHED);
	put_descriptor(&map, 0xfa570001, 2 * GB, 4 * GB, 0);
	put_descriptor(&map, 0xfa570000, 8 * GB, 16 * GB, 0);
	put_descriptor(&map, 0xfa580000, 16 * GB, 32 * GB, 0);
	assert_int_equal(efi_map_later_bytes(&map), 10 * GB);
	efi_map_free(&map);
}
