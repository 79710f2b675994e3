// SPDX-License-Identifier: GPL-2.0
/*
 * Trees that tell of a part of memory, and of all of it again.
 */
#include "fake_device.h"

#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "dtb_later.h"
#include "dtb_memory.h"

#define GB	(1ULL << 30)

static uint8_t bytes[16384];
static uint8_t before[sizeof(bytes)];
static struct blob tree = { bytes, sizeof(bytes) };

static void begin(uint32_t cells)
{
	assert_int_equal(fdt_create_empty_tree(bytes, sizeof(bytes)), 0);
	fdt_setprop_u32(bytes, 0, "#address-cells", cells);
	fdt_setprop_u32(bytes, 0, "#size-cells", cells);
	fdt_add_subnode(bytes, 0, "chosen");
}

static void add_range(const char *name, uint64_t start, uint64_t end)
{
	int node = fdt_subnode_offset(bytes, 0, name);

	if (node < 0) {
		node = fdt_add_subnode(bytes, 0, name);
		fdt_setprop_string(bytes, node, "device_type", "memory");
	}
	assert_int_equal(fdt_appendprop_addrrange(bytes, 0, node, "reg", start, end - start), 0);
}

static void reserve(const char *property, uint64_t start, uint64_t end)
{
	int parent = fdt_path_offset(bytes, "/reserved-memory");
	int node;

	if (parent < 0) {
		parent = fdt_add_subnode(bytes, 0, "reserved-memory");
		fdt_setprop_u32(bytes, parent, "#address-cells", 2);
		fdt_setprop_u32(bytes, parent, "#size-cells", 2);
		fdt_setprop_empty(bytes, parent, "ranges");
	}
	node = fdt_add_subnode(bytes, parent, property);
	assert_int_equal(fdt_appendprop_addrrange(bytes, parent, node, property, start,
						  end - start), 0);
}

/* The ranges of a property, in GiB: "1-2 5-6"; what is no whole GiB in hexadecimal. */
static const char *ranges(const char *name, const char *property)
{
	static char text[512];
	int node = fdt_subnode_offset(bytes, 0, name);
	struct dtb_range range;
	size_t at = 0;
	int i;

	text[0] = '\0';
	for (i = 0; dtb_memory_range(bytes, node, property, i, &range); i++)
		at += snprintf(text + at, sizeof(text) - at,
			       range.start % GB || range.end % GB ? "%s%#llx-%#llx" : "%s%llu-%llu",
			       i ? " " : "",
			       (unsigned long long)(range.start % GB || range.end % GB ?
						    range.start : range.start / GB),
			       (unsigned long long)(range.start % GB || range.end % GB ?
						    range.end : range.end / GB));
	return text;
}

static struct later cut(uint64_t least, uint64_t piece)
{
	const struct fastkexec_piece pieces[] = { { .addr = piece, .memsz = 0x200000 } };
	struct later later = { .unit = GB, .least = least };
	size_t room = dtb_later_room(bytes);
	size_t used = fdt_off_dt_strings(bytes) + fdt_size_dt_strings(bytes);

	memcpy(before, bytes, sizeof(bytes));
	assert_int_equal(dtb_later_cut(&tree, pieces, piece ? 1 : 0, &later), 0);
	assert_int_equal(fdt_check_full(bytes, sizeof(bytes)), 0);
	assert_true(fdt_off_dt_strings(bytes) + fdt_size_dt_strings(bytes) <= used + room);
	assert_int_equal(dtb_later_bytes(bytes), later.later);
	return later;
}

static void restored(const char *name, const char *expected)
{
	assert_int_equal(dtb_later_restore(&tree), 0);
	assert_string_equal(ranges(name, "reg"), expected);
	assert_int_equal(fdt_getprop(bytes, fdt_subnode_offset(bytes, 0, name),
				     FASTKEXEC_WHOLE_REG, NULL) == NULL, true);
	assert_int_equal(dtb_later_bytes(bytes), 0);
}

TOOL_TEST("the first and the last GiB stay, and what has a piece in it")
{
	struct later later;

	begin(2);
	add_range("memory", GB, 65 * GB);
	later = cut(GB, 10 * GB + 0x3ff00000);
	assert_string_equal(ranges("memory", "reg"), "1-2 10-12 64-65");
	assert_string_equal(ranges("memory", FASTKEXEC_WHOLE_REG), "1-65");
	assert_int_equal(later.first, 4 * GB);
	assert_int_equal(later.later, 60 * GB);
	restored("memory", "1-65");
}

TOOL_TEST("the lowest stay until there is as much as was asked for")
{
	begin(2);
	add_range("memory", GB, 65 * GB);
	assert_int_equal(cut(5 * GB + 1, 20 * GB).first, 6 * GB);
	assert_string_equal(ranges("memory", "reg"), "1-5 20-21 64-65");
	restored("memory", "1-65");
	assert_int_equal(cut(3 * GB, 20 * GB).first, 3 * GB);
	assert_string_equal(ranges("memory", "reg"), "1-2 20-21 64-65");
}

TOOL_TEST("what is no whole GiB stays")
{
	begin(2);
	add_range("memory", 0x80000000, 0xf0000000);
	add_range("memory", 0x880000000, 0xbd0000000);
	cut(GB, 0);
	assert_string_equal(ranges("memory", "reg"),
			    "0x80000000-0xf0000000 0xbc0000000-0xbd0000000");
	restored("memory", "0x80000000-0xf0000000 0x880000000-0xbd0000000");
}

TOOL_TEST("smaller units leave less")
{
	const struct fastkexec_piece piece = { .addr = 10 * GB + 0x1000, .memsz = 0x8000000 };
	struct later later = { .unit = 0x8000000, .least = GB };

	begin(2);
	add_range("memory", GB, 65 * GB);
	assert_int_equal(dtb_later_cut(&tree, &piece, 1, &later), 0);
	assert_int_equal(later.first, GB);
	assert_int_equal(later.later, 63 * GB);
	/* One at the end, two with the piece, and the lowest five. */
	assert_string_equal(ranges("memory", "reg"),
			    "0x40000000-0x68000000 0x280000000-0x290000000 0x1038000000-0x1040000000");
	restored("memory", "1-65");
}

TOOL_TEST("what is reserved, or may be, stays")
{
	begin(2);
	add_range("memory", 0, 16 * GB);
	fdt_add_mem_rsv(bytes, 3 * GB + 0x1000, 0x10000);
	reserve("reg", 5 * GB - 1, 5 * GB + 1);
	reserve("alloc-ranges", 8 * GB, 10 * GB);
	cut(GB, 0);
	assert_string_equal(ranges("memory", "reg"), "0-1 3-6 8-10 15-16");
}

TOOL_TEST("each node keeps its first and its last GiB")
{
	struct later later;

	begin(2);
	add_range("memory@40000000", GB, 5 * GB);
	add_range("memory@140000000", 5 * GB, 9 * GB);
	later = cut(GB, 0);
	assert_string_equal(ranges("memory@40000000", "reg"), "1-2 4-5");
	assert_string_equal(ranges("memory@140000000", "reg"), "5-6 8-9");
	assert_int_equal(later.first, 4 * GB);
	assert_int_equal(later.later, 4 * GB);
	restored("memory@140000000", "5-9");
	assert_string_equal(ranges("memory@40000000", "reg"), "1-5");
}

TOOL_TEST("a tree of which nothing can come later is not changed")
{
	struct later later;
	int node;

	begin(1);
	add_range("memory", 0x40000000, 0xc0000000);
	later = cut(512 << 20, 0);
	assert_int_equal(later.first, 2 * GB);
	assert_int_equal(later.later, 0);
	assert_memory_equal(bytes, before, sizeof(bytes));

	begin(2);
	add_range("memory", GB, 9 * GB);
	assert_int_equal(cut(8 * GB, 0).later, 0);
	assert_memory_equal(bytes, before, sizeof(bytes));
	assert_int_equal(cut(7 * GB - 1, 0).later, GB);

	begin(2);
	add_range("memory", GB, 9 * GB);
	node = fdt_subnode_offset(bytes, 0, "memory");
	fdt_appendprop_addrrange(bytes, 0, node, "linux,usable-memory", GB, GB);
	assert_int_equal(cut(GB, 0).later, 0);
	fdt_delprop(bytes, fdt_subnode_offset(bytes, 0, "memory"), "linux,usable-memory");
	fdt_setprop_string(bytes, node, "status", "disabled");
	assert_int_equal(cut(GB, 0).later, 0);
}

TOOL_TEST("cells of one and of absurd sizes do not confuse")
{
	begin(1);
	add_range("memory", 0x40000000, 0xff000000);
	cut(GB, 0);
	assert_string_equal(ranges("memory", "reg"), "1-2 0xc0000000-0xff000000");
	restored("memory", "0x40000000-0xff000000");

	begin(2);
	add_range("memory", GB, GB << 33);
	assert_int_equal(cut(GB, 0).later, 0);
	begin(2);
	add_range("memory", 2 * GB, GB);
	assert_int_equal(cut(GB, 0).later, 0);
	begin(2);
	fdt_setprop_u32(bytes, 0, "#size-cells", 0);
	assert_int_equal(cut(GB, 0).later, 0);
}

TOOL_TEST("what is no tree is left alone")
{
	static uint8_t words[] = "rubbish";
	struct blob none = { 0 };
	struct blob rubbish = { words, sizeof(words) };

	assert_int_equal(dtb_later_restore(&none), 0);
	assert_int_equal(dtb_later_restore(&rubbish), 0);
	assert_string_equal((char *)words, "rubbish");
}
