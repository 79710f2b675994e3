// SPDX-License-Identifier: GPL-2.0
/*
 * A next kernel that starts with a part of memory, on a machine that boots by EFI.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cells.h"
#include "checks/checks.h"
#include "efi_maps.h"
#include "kernel_file.h"
#include "root.h"

#define WANTED		"/etc/systemd/system/multi-user.target.wants/fastkexec-memory.service"
#define BLOCK_SIZE	"/sys/devices/system/memory/block_size_bytes"
#define MAP		"fastkexec,efi-map"
#define FIRMWARE_MAP	0x7e000000

/* With no piece and nothing reserved but what put_iomem() says. */
#define WHOLE	"type11 0x9000000-0x9001000; free 1-9; type6 9-0x240010000; free 0x240010000-17"
#define PART	"type11 0x9000000-0x9001000; free 1-2; later0 2-5; free 5-6; later0 6-9; " \
		"type6 9-0x240010000; free 0x240010000-11; later0 11-16; free 16-17"

/* With 9 GiB, of which services have none. */
#define MORE	"type11 0x9000000-0x9001000; free 1-8; later0 8-9; type6 9-0x240010000; " \
		"free 0x240010000-11; later0 11-16; free 16-17"

static uint8_t kernel[20000];
static const char *kernel_file;
static uint8_t firmware[65536];
static struct efi_map map;
static uint8_t running[65536];

static void set_number(const char *name, uint64_t value)
{
	assert_int_equal(fdt_setprop_u64(running, fdt_path_offset(running, "/chosen"), name,
					 value), 0);
	fake.dtb = fake_file("fdt", running, sizeof(running));
}

static void put_tree(void)
{
	assert_int_equal(fdt_create_empty_tree(running, sizeof(running)), 0);
	fdt_setprop_u32(running, 0, "#address-cells", 2);
	fdt_setprop_u32(running, 0, "#size-cells", 2);
	fdt_add_subnode(running, 0, "chosen");
	set_number("linux,uefi-system-table", 0x7f000000);
	set_number("linux,uefi-mmap-start", FIRMWARE_MAP);
	set_number("linux,uefi-mmap-size", map.size);
	set_number("linux,uefi-mmap-desc-size", map.step);
	set_number("linux,uefi-mmap-desc-ver", 1);
}

static void take_map(void)
{
	fake.efi_map = map.bytes;
	fake.efi_map_size = map.size;
	fake.efi_map_step = map.step;
}

static void put_iomem(void)
{
	fake_put("/proc/iomem", "09000000-09000fff : /pl011@9000000\n"
				"40000000-43fffffff : System RAM\n"
				"  147ff0000-147ffffff : reserved\n"
				"  1c0000000-1c0ffffff : Kernel code\n");
}

/* 16 GiB, with services in between. */
static void good_machine(void)
{
	map = (struct efi_map){ .bytes = firmware, .step = 48 };
	put_descriptor(&map, EFI_DEVICES, 0x9000000, 0x9001000, EFI_RUNTIME | EFI_UNCACHED);
	put_descriptor(&map, EFI_FREE, GB, 9 * GB, EFI_CACHED);
	put_descriptor(&map, EFI_SERVICES, 9 * GB, 9 * GB + 0x10000, EFI_RUNTIME | EFI_CACHED);
	put_descriptor(&map, EFI_FREE, 9 * GB + 0x10000, 17 * GB, EFI_CACHED);
	take_map();
	put_tree();
	put_iomem();
	put_header(kernel, 0, 3 << 20, 0xa);
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	fake.cmdline = fake_file("cmdline", "ro\n", 3);
	fake.efi = true;
	fake.ram.start = GB;
	fake.ram.end = 11 * GB;
	fake_put(WANTED, "");
}

#define EFI_TEST(words)	TOOL_TEST_WITH(words, good_machine)

/* A load with a word more, or without. */
static int load_with(const char *word)
{
	return fake_run("load", kernel_file, "--append=ro", "--no-initrd", word, NULL);
}

static const void *next_property(const char *name, int *length)
{
	const void *tree = fake_memory(fake.load.dtb, 64);

	assert_int_equal(fdt_check_full(tree, fdt_totalsize(tree)), 0);
	return fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), name, length);
}

static uint64_t next_number(const char *name)
{
	int length;
	const fdt32_t *value = next_property(name, &length);

	assert_non_null(value);
	assert_int_equal(length, 8);
	return cells_read(value, 2);
}

/* The map that the next kernel finds, which lies in its tree. */
static struct efi_map next_map(void)
{
	const uint64_t start = next_number("linux,uefi-mmap-start");
	struct efi_map found = {
		.size = next_number("linux,uefi-mmap-size"),
		.step = next_number("linux,uefi-mmap-desc-size"),
	};
	const uint8_t *value;
	int length;

	assert_int_equal(start % 8, 0);
	assert_int_equal(next_number("linux,uefi-mmap-desc-ver"), 1);
	found.bytes = (uint8_t *)fake_memory(start, found.size);
	value = next_property(MAP, &length);
	assert_non_null(value);
	assert_in_range(found.bytes - value, 0, 4);
	assert_true(found.size <= (size_t)length - (found.bytes - value));
	return found;
}

static void assert_next(const char *expected)
{
	const struct efi_map found = next_map();

	assert_string_equal(map_text(&found), expected);
}

static void assert_next_whole(void)
{
	const struct efi_map found = next_map();

	assert_string_equal(map_text(&found), map_text(&map));
	assert_int_equal(found.size, map.size);
	assert_memory_equal(found.bytes, map.bytes, map.size);
}

/* Its tree as a file. */
static const char *next_tree(const char *name)
{
	const void *tree = fake_memory(fake.load.dtb, 64);

	return fake_file(name, tree, fdt_totalsize(tree));
}

/* The next kernel is the running one. */
static void jump(void)
{
	static uint8_t bytes[sizeof(firmware)];
	const struct efi_map found = next_map();

	assert_true(found.size <= sizeof(bytes));
	memcpy(bytes, found.bytes, found.size);
	fake.efi_map = bytes;
	fake.efi_map_size = found.size;
	fake.efi_map_step = found.step;
	fake.dtb = next_tree("fdt");
}

static void refused(const char *word, const char *sentence)
{
	const bool loaded = fake.loaded;
	const uint64_t entry = fake.load.entry;

	assert_int_equal(load_with(word), 1);
	assert_has(fake_heard()->err, sentence);
	assert_int_equal(fake.loaded, loaded);
	assert_int_equal(fake.load.entry, entry);
}

EFI_TEST("the next kernel is given a map in its tree, and the rest is for later")
{
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next(PART);
	assert_int_equal(load_with("--boot-memory=9G"), 0);
	assert_next(MORE);
}

EFI_TEST("a kernel that has all memory finds EFI's own map")
{
	assert_int_equal(load_with(NULL), 0);
	assert_null(next_property(MAP, NULL));
	assert_int_equal(next_number("linux,uefi-mmap-start"), FIRMWARE_MAP);
	assert_int_equal(next_number("linux,uefi-mmap-size"), map.size);
	assert_int_equal(load_with("--boot-memory=16G"), 0);
	assert_has(fake_heard()->err, "starts with all memory, 16.0 GiB");
	assert_next_whole();
}

EFI_TEST("a kernel that was told of a part tells the next one of all")
{
	int i;

	assert_int_equal(load_with("--boot-memory=1G"), 0);
	jump();
	for (i = 0; i < 2; i++) {
		assert_int_equal(load_with("--boot-memory=9G"), 0);
		assert_next(MORE);
		assert_int_equal(load_with("--boot-memory=1G"), 0);
		assert_next(PART);
		jump();
		assert_int_equal(load_with(NULL), 0);
		assert_next_whole();
		jump();
	}
}

static int load_tree(const char *file, const char *word, const char *more)
{
	return fake_run("load", kernel_file, "--append=ro", "--no-initrd", "--dtb", file, word,
			more, NULL);
}

EFI_TEST("a tree from a file is given the running kernel's map, too")
{
	static const char *const words[] = { "--quiet", "--dtb-as-is" };
	static uint8_t tree[8192];
	const char *plain, *old;
	size_t i;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	plain = fake_file("plain", tree, sizeof(tree));
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		assert_int_equal(load_tree(plain, words[i], "--boot-memory=1G"), 0);
		assert_next(PART);
		old = next_tree("old");
		jump();
		assert_int_equal(load_tree(plain, words[i], "--boot-memory=1G"), 0);
		assert_next(PART);
		assert_int_equal(load_tree(plain, words[i], NULL), 0);
		assert_next_whole();
		/* The tree of a kernel that ran before the firmware started this one. */
		put_tree();
		take_map();
		assert_int_equal(load_tree(old, words[i], NULL), 0);
		assert_next_whole();
		assert_int_equal(load_tree(old, words[i], "--boot-memory=1G"), 0);
		assert_next(PART);
	}
}

/* Two kinds of memory by turns, a page each: the map is larger than most trees. */
EFI_TEST("a long map goes into any tree")
{
	static uint8_t tree[4096];
	const char *file;
	uint64_t at;

	map.size = 0;
	for (at = GB; map.size < 600 * map.step; at += 0x1000)
		put_descriptor(&map, at / 0x1000 % 2 ? EFI_BOOT_DATA : EFI_FREE, at, at + 0x1000,
			       EFI_CACHED);
	put_descriptor(&map, EFI_FREE, at, 17 * GB, EFI_CACHED);
	take_map();
	put_tree();
	fdt_create_empty_tree(tree, sizeof(tree));
	file = fake_file("plain", tree, sizeof(tree));
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_int_equal(next_map().size, map.size + 6 * map.step);
	jump();
	assert_int_equal(load_with(NULL), 0);
	assert_next_whole();
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--no-initrd", "--dtb", file,
				  "--dtb-as-is", NULL), 0);
	assert_next_whole();
}

/* Every second GiB of 400 has something in it: a kernel has no room for so many holes. */
EFI_TEST("where holes would be too many, larger ones are made")
{
	static char iomem[65536];
	size_t at = snprintf(iomem, sizeof(iomem), "40000000-43fffffff : System RAM\n"
						   "  147ff0000-147ffffff : reserved\n");
	uint64_t i;

	put_descriptor(&map, EFI_FREE, 20 * GB, 1220 * GB, EFI_CACHED);
	take_map();
	put_tree();
	for (i = 20; i < 420; i += 2)
		at += snprintf(iomem + at, sizeof(iomem) - at, "%llx-%llx : reserved\n",
			       (unsigned long long)(i * GB), (unsigned long long)(i * GB + 0xfff));
	assert_true(at < sizeof(iomem));
	fake_put("/proc/iomem", iomem);
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next("type11 0x9000000-0x9001000; free 1-2; later0 2-4; free 4-6; later0 6-8; "
		    "free 8-9; type6 9-0x240010000; free 0x240010000-12; later0 12-16; free 16-17; "
		    "free 20-420; later0 420-1218; free 1218-1220");
	jump();
	assert_int_equal(load_with(NULL), 0);
	assert_next_whole();
}

EFI_TEST("whoever would miss the rest is told how it comes")
{
	char path[PATH_MAX];

	assert_int_equal(unlink(root_path(path, sizeof(path), "%s", WANTED)), 0);
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_has(fake_heard()->err, "starts with 5.0 GiB of memory");
	assert_has(fake_heard()->err, "adds the other 11.0 GiB");
}

EFI_TEST("without knowing what is reserved nothing is put off")
{
	static const char sentence[] = "--boot-memory: /proc/iomem does not say what is reserved";
	char path[PATH_MAX];

	assert_int_equal(load_with("--boot-memory=1G"), 0);
	fake_put("/proc/iomem", "00000000-00000000 : System RAM\n"
				"  00000000-00000000 : reserved\n");
	refused("--boot-memory=1G", sentence);
	fake_put("/proc/iomem", "");
	refused("--boot-memory=1G", sentence);
	assert_int_equal(unlink(root_path(path, sizeof(path), "/proc/iomem")), 0);
	refused("--boot-memory=1G", sentence);
	/* The whole map needs nobody's word. */
	jump();
	assert_int_equal(load_with(NULL), 0);
	assert_next_whole();
}

EFI_TEST("a tree that does not say how large EFI's map is, is refused")
{
	assert_int_equal(fdt_delprop(running, fdt_path_offset(running, "/chosen"),
				     "linux,uefi-mmap-size"), 0);
	set_number("linux,uefi-mmap-start", FIRMWARE_MAP);
	refused("--boot-memory=auto", "the device tree does not say where EFI's memory map is");
	assert_int_equal(load_with(NULL), 0);
}

EFI_TEST("a map that the module does not show is no map")
{
	int *error = &fake.call_error[_IOC_NR(FASTKEXEC_EFI_MAP)];

	assert_int_equal(load_with("--boot-memory=1G"), 0);
	jump();
	fake.explanation = "no memory to map EFI's memory map";
	*error = ENOMEM;
	refused("--boot-memory=1G",
		"cannot ask what EFI said of memory: no memory to map EFI's memory map");
	refused(NULL, "cannot ask what EFI said of memory");
	*error = ENOTTY;
	refused(NULL, "load the module that belongs to this tool");
	*error = 0;
	fake.efi_map = NULL;
	refused(NULL, "cannot ask what EFI said of memory: this kernel was not started by EFI");
	refused("--boot-memory=1G", "this kernel was not started by EFI");
}

EFI_TEST("a damaged map is not used, and what is loaded stays")
{
	const uint64_t pages = UINT64_MAX;

	assert_int_equal(load_with("--boot-memory=1G"), 0);
	jump();
	fake.efi_map = map.bytes;
	fake.efi_map_size = map.size;
	memcpy(map.bytes + 2 * 48 + 24, &pages, sizeof(pages));
	refused("--boot-memory=1G", "EFI's memory map is damaged");
	assert_has(fake_heard()->err, "load it without --boot-memory");
	refused(NULL, "EFI's memory map is damaged");
	assert_has(fake_heard()->err, "reboot through the firmware");
	fake.efi_map_step = 0;
	refused("--boot-memory=1G", "EFI's memory map is damaged");
	fake.efi_map_size = 0;
	fake.efi_map_step = 48;
	refused("--boot-memory=1G", "EFI's memory map is damaged");
}

static void put_block(unsigned int node, unsigned int nr)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%u/memory%u", node, nr);
	fake_put(path, "");
}

/* Blocks of 1 GiB: node 0 has [1, 8) and 10, node 3 has [11, 17). */
static void put_nodes(void)
{
	unsigned int i;

	fake_put(BLOCK_SIZE, "40000000\n");
	fake_put("/sys/devices/system/node/has_memory", "0,3\n");
	fake_put("/sys/devices/system/node/node0/memory_failure/total", "0\n");
	fake_put("/sys/devices/system/node/node0/memory", "\n");
	for (i = 1; i < 17; i++)
		if (i < 8 || i > 9)
			put_block(i < 11 ? 0 : 3, i);
}

EFI_TEST("memory for later names its node, and each node has some from the start")
{
	static const char part[] =
		"type11 0x9000000-0x9001000; free 1-2; later0 2-5; free 5-6; later0 6-8; free 8-9; "
		"type6 9-0x240010000; free 0x240010000-12; later3 12-16; free 16-17";

	put_nodes();
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next(part);
	/* That kernel knows of no block that it was not given. */
	jump();
	fake_reset();
	good_machine();
	fake_put(BLOCK_SIZE, "40000000\n");
	put_block(0, 1);
	put_block(0, 5);
	put_block(0, 10);
	put_block(3, 11);
	put_block(3, 16);
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next("type11 0x9000000-0x9001000; free 1-9; type6 9-0x240010000; "
		    "free 0x240010000-17");
}

EFI_TEST("what a kernel was not given keeps its node")
{
	char path[PATH_MAX];
	unsigned int i;

	put_nodes();
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	jump();
	for (i = 2; i < 16; i++) {
		root_path(path, sizeof(path), "/sys/devices/system/node/node%u/memory%u",
			  i < 11 ? 0 : 3, i);
		if (i != 5 && i != 8 && i != 9 && i != 10 && i != 11)
			assert_int_equal(unlink(path), 0);
	}
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next("type11 0x9000000-0x9001000; free 1-2; later0 2-5; free 5-6; later0 6-8; "
		    "free 8-9; type6 9-0x240010000; free 0x240010000-12; later3 12-16; free 16-17");
}

EFI_TEST("a block that two nodes have stays")
{
	put_nodes();
	put_block(3, 1);
	put_block(3, 4);
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next("type11 0x9000000-0x9001000; free 1-2; later0 2-4; free 4-6; later0 6-8; "
		    "free 8-9; type6 9-0x240010000; free 0x240010000-11; later3 11-16; free 16-17");
}

EFI_TEST("a kernel that has nodes and does not say what is theirs is refused")
{
	put_nodes();
	fake_put(BLOCK_SIZE, "");
	refused("--boot-memory=1G", "does not say which memory belongs to which NUMA node");
	fake_reset();
	good_machine();
	fake_put(BLOCK_SIZE, "40000000\n");
	fake_put("/sys/devices/system/node/node0/cpulist", "0-1\n");
	fake_put("/sys/devices/system/node/node1/cpulist", "2-3\n");
	refused("--boot-memory=1G", "does not say which memory belongs to which NUMA node");
	/* One node has everything, whatever its blocks are. */
	fake_reset();
	good_machine();
	put_block(0, 1);
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	assert_next(PART);
}

static char found[FINDING_MAX + 16];

static void keep(void *ctx, const struct finding *finding)
{
	(void)ctx;
	if (!strcmp(finding->check, "memory"))
		snprintf(found, sizeof(found), "%u %s", finding->grade, finding->text);
}

EFI_TEST("memory that was not added is found by the checks")
{
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
	assert_int_equal(load_with("--boot-memory=1G"), 0);
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
	jump();
	check_all(keep, NULL);
	assert_has(found, "1 11.0 GiB of memory are not there");
	fake_put("/proc/iomem", "40000000-7fffffff : System RAM\n"
				"80000000-bfffffff : System RAM (fastkexec)\n");
	check_all(keep, NULL);
	assert_has(found, "1 10.0 GiB of memory are not there");
	fake_put("/proc/iomem", "80000000-13fffffff : System RAM (fastkexec)\n"
				"180000000-23fffffff : System RAM (fastkexec)\n"
				"2c0000000-3ffffffff : System RAM (fastkexec)\n");
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
	assert_int_equal(load_with(NULL), 0);
	jump();
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
}
