// SPDX-License-Identifier: GPL-2.0
/*
 * Whether a tree lets the next kernel use the memory that it lies in.
 */
#include "fake_device.h"

#include <libfdt.h>
#include <string.h>

#include "dtb_memory.h"

#define GB	(1ULL << 30)

static uint8_t bytes[16384];
static const struct blob tree = { bytes, sizeof(bytes) };

static void begin(void)
{
	assert_int_equal(fdt_create_empty_tree(bytes, sizeof(bytes)), 0);
	fdt_setprop_u32(bytes, 0, "#address-cells", 2);
	fdt_setprop_u32(bytes, 0, "#size-cells", 2);
	fdt_add_subnode(bytes, 0, "chosen");
}

static int put(int parent, const char *name, const char *property, uint64_t start, uint64_t end)
{
	int node = fdt_add_subnode(bytes, parent, name);

	assert_true(node >= 0);
	fdt_setprop_u64(bytes, node, property, start);
	fdt_appendprop_u64(bytes, node, property, end - start);
	return node;
}

static int put_memory(const char *name, uint64_t start, uint64_t end)
{
	int node = put(0, name, "reg", start, end);

	fdt_setprop_string(bytes, node, "device_type", "memory");
	return node;
}

static int put_reserved(uint64_t start, uint64_t end)
{
	int parent = fdt_add_subnode(bytes, 0, "reserved-memory");

	fdt_setprop_u32(bytes, parent, "#address-cells", 2);
	fdt_setprop_u32(bytes, parent, "#size-cells", 2);
	return put(parent, "region", "reg", start, end);
}

static int check(uint64_t start, uint64_t end)
{
	const struct fastkexec_piece pieces[] = {
		{ .addr = GB, .memsz = 4096, .role = FASTKEXEC_ROLE_KERNEL },
		{ .addr = start, .memsz = end - start, .role = FASTKEXEC_ROLE_INITRD },
	};

	fake_listen();
	return dtb_memory_check(&tree, "FILE", pieces, 2);
}

static void taken(uint64_t start, uint64_t end)
{
	assert_int_equal(check(start, end), 0);
	assert_string_equal(fake_heard()->err, "");
}

static void refused(uint64_t start, uint64_t end, const char *why)
{
	assert_int_equal(check(start, end), -1);
	assert_sentence(why);
}

TOOL_TEST("memory has to be in a memory node")
{
	begin();
	put_memory("memory@40000000", GB, 2 * GB);
	taken(GB + 4096, 2 * GB);
	refused(2 * GB - 4096, 2 * GB + 4096,
		"FILE does not describe the memory at 0x80000000, where the next kernel's initrd would lie");
	refused(3 * GB, 3 * GB + 4096, "at 0xc0000000");
	refused(GB - 4096, GB + 4096, "at 0x3ffff000");
}

TOOL_TEST("memory may be in several nodes that touch")
{
	int node;

	begin();
	put_memory("memory@80000000", 2 * GB, 3 * GB);
	node = put_memory("memory@40000000", GB, GB + GB / 2);
	taken(GB + 4096, GB + GB / 2);
	refused(GB, 2 * GB + 4096, "at 0x60000000");
	/* A second range of the same node fills the gap. */
	node = fdt_path_offset(bytes, "/memory@40000000");
	fdt_appendprop_u64(bytes, node, "reg", GB + GB / 2);
	fdt_appendprop_u64(bytes, node, "reg", GB / 2);
	taken(GB, 3 * GB);
}

TOOL_TEST("a node that the kernel does not count does not count")
{
	int node;

	begin();
	put_memory("memory@40000000", GB, 2 * GB);
	put(0, "other@80000000", "reg", 2 * GB, 3 * GB);
	refused(2 * GB, 2 * GB + 4096, "at 0x80000000");
	node = put_memory("memory@80000000", 2 * GB, 3 * GB);
	taken(2 * GB, 2 * GB + 4096);
	fdt_setprop_string(bytes, node, "status", "disabled");
	refused(2 * GB, 2 * GB + 4096, "at 0x80000000");
	fdt_setprop_string(bytes, node, "status", "okay");
	taken(2 * GB, 2 * GB + 4096);
	fdt_setprop_u64(bytes, node, "linux,usable-memory", 2 * GB + 8192);
	fdt_appendprop_u64(bytes, node, "linux,usable-memory", 4096);
	refused(2 * GB, 2 * GB + 4096, "at 0x80000000");
	taken(2 * GB + 8192, 2 * GB + 12288);
}

TOOL_TEST("what is reserved is not to be used")
{
	int node;

	begin();
	put_memory("memory@40000000", GB, 2 * GB);
	fdt_add_mem_rsv(bytes, GB + 0x10000, 0x1000);
	refused(GB + 0x8000, GB + 0x20000,
		"FILE reserves the memory from 0x40010000 to 0x40011000, where the next kernel's initrd would lie");
	taken(GB + 0x11000, GB + 0x20000);
	taken(GB + 0x8000, GB + 0x10000);

	node = put_reserved(GB + 0x100000, GB + 0x200000);
	refused(GB + 0x1ff000, GB + 0x300000, "from 0x40100000 to 0x40200000");
	taken(GB + 0x200000, GB + 0x300000);
	fdt_setprop_string(bytes, node, "status", "disabled");
	taken(GB + 0x1ff000, GB + 0x300000);
}

TOOL_TEST("a region without a place, or without a size, reserves nothing")
{
	int parent, node;

	begin();
	put_memory("memory@40000000", GB, 2 * GB);
	put_reserved(GB + 0x10000, GB + 0x10000);
	parent = fdt_path_offset(bytes, "/reserved-memory");
	node = fdt_add_subnode(bytes, parent, "anywhere");
	fdt_setprop_u64(bytes, node, "size", 0x10000);
	taken(GB, GB + 0x20000);
}

TOOL_TEST("on an EFI machine EFI says where memory is, and the tree what is reserved")
{
	begin();
	fdt_setprop_u64(bytes, fdt_path_offset(bytes, "/chosen"), "linux,uefi-system-table", 1);
	taken(GB, GB + 4096);
	put_reserved(GB + 0x100000, GB + 0x200000);
	refused(GB + 0x100000, GB + 0x101000, "reserves");
}

TOOL_TEST("cells of one or of an odd number do not confuse")
{
	int node;

	begin();
	fdt_setprop_u32(bytes, 0, "#address-cells", 1);
	fdt_setprop_u32(bytes, 0, "#size-cells", 1);
	node = fdt_add_subnode(bytes, 0, "memory");
	fdt_setprop_string(bytes, node, "device_type", "memory");
	fdt_setprop_u32(bytes, node, "reg", GB);
	refused(GB, GB + 4096, "at 0x40000000");
	fdt_appendprop_u32(bytes, node, "reg", GB);
	taken(GB, 2 * GB);
	fdt_setprop_u32(bytes, 0, "#size-cells", 0);
	refused(GB, GB + 4096, "at 0x40000000");
}
