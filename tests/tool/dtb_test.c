// SPDX-License-Identifier: GPL-2.0
/*
 * The device tree that the next kernel is given.
 */
#include "fake_device.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot_protocol.h"
#include "dtb.h"

#define TREE_ROOM	(16 * 1024)

static uint8_t seeds[64];
static struct dtb_seeds seeds_asked;

/* A tree with memory at 1 GiB, a UART, and an empty /chosen. */
static void *make_tree(size_t room)
{
	void *tree = fake_alloc(room);
	const fdt32_t reg[] = { 0, cpu_to_fdt32(0x40000000), 0, cpu_to_fdt32(0x10000000) };
	int node;

	assert_int_equal(fdt_create_empty_tree(tree, room), 0);
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	fdt_setprop_string(tree, 0, "compatible", "linux,dummy-virt");
	fdt_add_subnode(tree, 0, "chosen");
	node = fdt_add_subnode(tree, 0, "memory@40000000");
	fdt_setprop_string(tree, node, "device_type", "memory");
	assert_int_equal(fdt_setprop(tree, node, "reg", reg, sizeof(reg)), 0);
	node = fdt_add_subnode(tree, 0, "pl011@9000000");
	assert_int_equal(fdt_setprop_string(tree, node, "compatible", "arm,pl011"), 0);
	return tree;
}

static int chosen_of(const void *tree)
{
	int node = fdt_path_offset(tree, "/chosen");

	assert_true(node >= 0);
	return node;
}

static void set_range(void *tree, const char *name, uint64_t start, uint64_t size)
{
	fdt64_t range[2] = { cpu_to_fdt64(start), cpu_to_fdt64(size) };

	assert_int_equal(fdt_setprop(tree, chosen_of(tree), name, range, sizeof(range)), 0);
}

static const void *property(const void *tree, const char *name, int *length)
{
	return fdt_getprop(tree, chosen_of(tree), name, length);
}

static bool has(const void *tree, const char *name)
{
	return property(tree, name, NULL);
}

static uint64_t number(const void *tree, const char *name)
{
	int length;
	const void *value = property(tree, name, &length);

	assert_non_null(value);
	assert_int_equal(length, 8);
	return fdt64_ld(value);
}

static struct fastkexec_keep keep[64];
static struct calls_keeps keeps = { .keep = keep };

static struct dtb_request request_for(const struct blob *source)
{
	struct dtb_request request = {
		.source = source,
		.source_name = "tree",
		.bootargs = "root=/dev/vda1",
		.initrd = true,
		.seeds = &seeds_asked,
		.keeps = &keeps,
	};
	unsigned int i;

	keeps.nr = 0;
	for (i = 0; i < sizeof(seeds); i++)
		seeds[i] = 0xc0 + i;
	memcpy(seeds_asked.kaslr, seeds, sizeof(seeds_asked.kaslr));
	memcpy(seeds_asked.rng, seeds, sizeof(seeds_asked.rng));
	return request;
}

/* Build from a tree; the caller frees both. */
static struct blob build(void *tree, struct dtb_request *request)
{
	struct blob source = { .data = tree, .size = TREE_ROOM };
	struct blob result = { 0 };

	request->source = &source;
	assert_int_equal(dtb_build(&result, request), 0);
	assert_int_equal(fdt_check_full(result.data, result.size), 0);
	assert_int_equal(fdt_totalsize(result.data), result.size);
	request->source = NULL;
	return result;
}

static void refused(const void *tree, size_t size, struct dtb_request *request,
		    const char *why)
{
	struct blob source = { .data = (uint8_t *)tree, .size = size };
	struct blob result = { 0 };

	request->source = &source;
	fake_listen();
	assert_int_equal(dtb_build(&result, request), -1);
	assert_sentence(why);
	assert_null(result.data);
	request->source = NULL;
}

TOOL_TEST("next kernel is told everything")
{
	void *tree = make_tree(TREE_ROOM);
	struct dtb_request request = request_for(NULL);
	struct blob result = build(tree, &request);
	int length;

	assert_string_equal(property(result.data, "bootargs", NULL), "root=/dev/vda1");
	assert_string_equal(dtb_bootargs(&result), "root=/dev/vda1");
	assert_int_equal(number(result.data, "linux,initrd-start"), 0);
	assert_int_equal(number(result.data, "linux,initrd-end"), 0);
	dtb_set_initrd(&result, 0x4123450000, 0x1234567);
	assert_int_equal(number(result.data, "linux,initrd-start"), 0x4123450000);
	assert_int_equal(number(result.data, "linux,initrd-end"), 0x4124684567);

	assert_memory_equal(property(result.data, "kaslr-seed", &length), seeds, 8);
	assert_int_equal(length, 8);
	assert_memory_equal(property(result.data, "rng-seed", &length), seeds, 64);
	assert_int_equal(length, 64);
	assert_non_null(property(result.data, "linux,booted-from-kexec", &length));
	assert_int_equal(length, 0);

	/* What was there stays. */
	assert_true(fdt_path_offset(result.data, "/memory@40000000") > 0);
	assert_true(fdt_path_offset(result.data, "/pl011@9000000") > 0);
	blob_free(&result);
	free(tree);
}

TOOL_TEST("chosen is made where there is none")
{
	void *tree = make_tree(TREE_ROOM);
	struct dtb_request request = request_for(NULL);
	struct blob result;

	fdt_del_node(tree, chosen_of(tree));
	result = build(tree, &request);
	assert_string_equal(dtb_bootargs(&result), "root=/dev/vda1");
	blob_free(&result);
	free(tree);
}

TOOL_TEST("old initrd is forgotten")
{
	static const struct {
		bool cells64;
		uint64_t start, end;
		uint64_t at, size;
		bool dropped;
	} cases[] = {
		{ true, 0x48000000, 0x49234567, 0x48000000, 0x1234567, true },
		{ false, 0x48000000, 0x49234567, 0x48000000, 0x1234567, true },
		{ true, 0x48000000, 0x49234567, 0x48000000, 0x1235000, true },
		{ true, 0x48000000, 0x49234567, 0x48000000, 0x1240000, true },
		{ true, 0x48001000, 0x49234567, 0x48000000, 0x1240000, true },
		{ true, 0x9048000000, 0x9049234567, 0x9048000000, 0x1234567, true },
		{ true, 0x48000000, 0x49000000, 0x48000000, 0x100ffff, true },
		{ true, 0x4800ffff, 0x49000000, 0x48000000, 0x1000000, true },
		/* another range that only touches, holds or is held by it */
		{ true, 0x48000000, 0x49234567, 0x48000000, 0x1234000, false },
		{ true, 0x48000000, 0x49000000, 0x48000000, 0x1010000, false },
		{ true, 0x48010000, 0x49234567, 0x48000000, 0x1234567, false },
		{ true, 0x48000000, 0x49234567, 0x49234567, 0x1000, false },
		{ true, 0x48000000, 0x49234567, 0x40000000, 0x20000000, false },
		{ true, 0x48000000, 0x49234567, 0x48001000, 0x1000, false },
		/* no range at all */
		{ true, 0, 0, 0, 0x1000, false },
		{ true, 0x49000000, 0x48000000, 0x48000000, 0x1000000, false },
		{ true, 0x48000000, 0x49234567, ~0xfffULL, 0x2000, false },
	};
	struct dtb_request request = request_for(NULL);
	struct blob result;
	size_t i;

	request.initrd = false;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		void *tree = make_tree(TREE_ROOM);
		int chosen;

		fdt_add_mem_rsv(tree, 0x7f000000, 0x1000);
		fdt_add_mem_rsv(tree, cases[i].at, cases[i].size);
		fdt_add_mem_rsv(tree, 0x7e000000, 0x1000);
		chosen = chosen_of(tree);
		if (cases[i].cells64) {
			fdt_setprop_u64(tree, chosen, "linux,initrd-start", cases[i].start);
			fdt_setprop_u64(tree, chosen, "linux,initrd-end", cases[i].end);
		} else {
			fdt_setprop_u32(tree, chosen, "linux,initrd-start", cases[i].start);
			fdt_setprop_u32(tree, chosen, "linux,initrd-end", cases[i].end);
		}
		result = build(tree, &request);
		assert_false(has(result.data, "linux,initrd-start"));
		assert_false(has(result.data, "linux,initrd-end"));
		if (fdt_num_mem_rsv(result.data) != 3 - cases[i].dropped)
			fail_msg("case %zu: %d reservations", i, fdt_num_mem_rsv(result.data));
		blob_free(&result);
		free(tree);
	}
}

TOOL_TEST("what was said to the running kernel is dropped")
{
	static const char *const names[] = {
		"linux,elfcorehdr", "linux,usable-memory-range", "linux,ima-kexec-buffer",
		"linux,kho-fdt", "linux,kho-scratch", "kaslr-seed", "rng-seed",
		"linux,initrd-start", "linux,initrd-end",
	};
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;
	uint64_t at, size;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		set_range(tree, names[i], 0x50000000 + i * 0x100000, 0x1234);
		fdt_add_mem_rsv(tree, 0x50000000 + i * 0x100000, 0x1234);
	}
	fdt_setprop_string(tree, chosen_of(tree), "stdout-path", "/pl011@9000000");
	fdt_setprop_empty(tree, chosen_of(tree), "linux,booted-from-kexec");

	request.initrd = false;
	result = build(tree, &request);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (strstr(names[i], "seed"))
			assert_int_not_equal(fdt64_ld(property(result.data, names[i], NULL)),
					     0x50000000 + i * 0x100000);
		else
			assert_false(has(result.data, names[i]));
	}
	assert_string_equal(property(result.data, "stdout-path", NULL), "/pl011@9000000");
	assert_true(has(result.data, "linux,booted-from-kexec"));

	/* Reservations go with the two that have one, and with nothing else. */
	assert_int_equal(fdt_num_mem_rsv(result.data), 7);
	for (i = 0; i < 7; i++) {
		assert_int_equal(fdt_get_mem_rsv(result.data, i, &at, &size), 0);
		assert_int_not_equal(at, 0x50000000);
		assert_int_not_equal(at, 0x50200000);
	}
	blob_free(&result);
	free(tree);
}

TOOL_TEST("short ranges are not read")
{
	struct dtb_request request = request_for(NULL);
	struct blob result;
	unsigned int size;

	for (size = 0; size < 16; size++) {
		void *tree = make_tree(TREE_ROOM);

		fdt_add_mem_rsv(tree, 0, 0x1000);
		fdt_setprop(tree, chosen_of(tree), "linux,elfcorehdr", seeds, size);
		result = build(tree, &request);
		assert_false(has(result.data, "linux,elfcorehdr"));
		assert_int_equal(fdt_num_mem_rsv(result.data), 1);
		blob_free(&result);
		free(tree);
	}
}

TOOL_TEST("half an initrd is none")
{
	static const char *const names[] = { "linux,initrd-start", "linux,initrd-end" };
	struct dtb_request request = request_for(NULL);
	struct blob result;
	unsigned int i;

	request.initrd = false;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		void *tree = make_tree(TREE_ROOM);

		fdt_add_mem_rsv(tree, 0x48000000, 0x1000);
		fdt_setprop_u64(tree, chosen_of(tree), names[i], 0x48000000);
		result = build(tree, &request);
		assert_int_equal(fdt_num_mem_rsv(result.data), 1);
		assert_false(has(result.data, names[i]));
		blob_free(&result);
		free(tree);
	}
}

/* #address-cells and #size-cells say how wide an address is, from 1 to 4 words. */
TOOL_TEST("narrow cells are read")
{
	const fdt32_t range[] = { cpu_to_fdt32(0x50000000), cpu_to_fdt32(0x1000) };
	const fdt32_t memory[] = { cpu_to_fdt32(0x40000000), 0, cpu_to_fdt32(0x60000000),
				   cpu_to_fdt32(1) };
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM), *firmware_tree = make_tree(TREE_ROOM);
	struct blob firmware = { .data = firmware_tree, .size = TREE_ROOM };
	struct blob result;

	fdt_setprop_u32(tree, 0, "#address-cells", 1);
	fdt_setprop_u32(tree, 0, "#size-cells", 1);
	fdt_setprop(tree, chosen_of(tree), "linux,elfcorehdr", range, sizeof(range));
	fdt_add_mem_rsv(tree, 0x50000000, 0x1000);
	result = build(tree, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 0);
	blob_free(&result);

	/* Memory in the second of two ranges, and only there. */
	request.firmware = &firmware;
	fdt_setprop(tree, fdt_path_offset(tree, "/memory@40000000"), "reg", memory,
		    sizeof(memory));
	result = build(tree, &request);
	blob_free(&result);
	fdt_setprop(tree, fdt_path_offset(tree, "/memory@40000000"), "reg", memory,
		    sizeof(memory) - 4);
	refused(tree, TREE_ROOM, &request, "tree does not say where memory is");
	free(tree);
	free(firmware_tree);
}

/* With cells that make no sense nothing is dropped but the property. */
TOOL_TEST("senseless cells are not used")
{
	static const struct {
		uint32_t address_cells, size_cells;
	} cases[] = { { 2, 0 }, { 2, 5 }, { 5, 2 } };
	struct dtb_request request = request_for(NULL);
	struct blob result;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		void *tree = make_tree(TREE_ROOM);

		fdt_setprop_u32(tree, 0, "#address-cells", cases[i].address_cells);
		fdt_setprop_u32(tree, 0, "#size-cells", cases[i].size_cells);
		set_range(tree, "linux,elfcorehdr", 0x50000000, 0x1000);
		fdt_add_mem_rsv(tree, 0x50000000, 0x1000);
		result = build(tree, &request);
		assert_int_equal(fdt_num_mem_rsv(result.data), 1);
		assert_false(has(result.data, "linux,elfcorehdr"));
		blob_free(&result);
		free(tree);
	}
}

static const char *const efi_names[] = {
	"linux,uefi-system-table", "linux,uefi-mmap-start", "linux,uefi-mmap-size",
	"linux,uefi-mmap-desc-size", "linux,uefi-mmap-desc-ver", "linux,uefi-secure-boot",
};

#define EFI_NAMES	(ARRAY_SIZE(efi_names))

static void add_efi(void *tree)
{
	unsigned int i;

	for (i = 0; i < EFI_NAMES; i++)
		assert_int_equal(fdt_setprop_u64(tree, chosen_of(tree), efi_names[i], i + 7), 0);
}

TOOL_TEST("efi properties are kept")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;
	unsigned int i;

	add_efi(tree);
	result = build(tree, &request);
	for (i = 0; i < EFI_NAMES; i++)
		assert_int_equal(number(result.data, efi_names[i]), i + 7);
	blob_free(&result);
	free(tree);
}

TOOL_TEST("there is room for an initrd only if there will be one")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;

	add_efi(tree);
	result = build(tree, &request);
	dtb_set_initrd(&result, 0x48000000, 124);
	assert_int_equal(number(result.data, "linux,initrd-start"), 0x48000000);
	assert_int_equal(number(result.data, "linux,initrd-end"), 0x4800007c);
	blob_free(&result);

	request.initrd = false;
	result = build(tree, &request);
	assert_false(has(result.data, "linux,initrd-start"));
	assert_false(has(result.data, "linux,initrd-end"));
	blob_free(&result);
	free(tree);
}

TOOL_TEST("a tree shows whether EFI started the machine")
{
	uint8_t *tree = make_tree(TREE_ROOM);
	struct blob source = { .data = tree, .size = TREE_ROOM };
	unsigned int i;

	assert_false(dtb_is_efi(&source));
	for (i = 1; i < EFI_NAMES; i++)
		fdt_setprop_u64(tree, chosen_of(tree), efi_names[i], i);
	assert_false(dtb_is_efi(&source));
	fdt_setprop_u64(tree, chosen_of(tree), efi_names[0], 0x7f000000);
	assert_true(dtb_is_efi(&source));

	/* What cannot be read shows nothing. */
	for (source.size = 0; source.size < 64; source.size++)
		assert_false(dtb_is_efi(&source));
	source.size = TREE_ROOM;
	tree[0] ^= 1;
	assert_false(dtb_is_efi(&source));
	tree[0] ^= 1;
	fdt_del_node(tree, chosen_of(tree));
	assert_false(dtb_is_efi(&source));
	assert_false(dtb_is_efi(&(struct blob){ 0 }));
	free(tree);
}

TOOL_TEST("efi properties go to a tree of the users")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM), *firmware_tree = make_tree(TREE_ROOM);
	struct blob firmware = { .data = firmware_tree, .size = TREE_ROOM };
	struct blob result;
	unsigned int i;

	add_efi(firmware_tree);
	fdt_setprop_string(firmware_tree, chosen_of(firmware_tree), "bootargs", "not this");
	fdt_setprop_string(firmware_tree, chosen_of(firmware_tree), "other", "nor this");
	fdt_setprop_string(tree, chosen_of(tree), "bootargs", "file's own");
	fdt_setprop_u64(tree, chosen_of(tree), efi_names[0], 99);

	request.firmware = &firmware;
	request.bootargs = NULL;
	result = build(tree, &request);
	for (i = 0; i < EFI_NAMES; i++)
		assert_int_equal(number(result.data, efi_names[i]), i + 7);
	assert_false(has(result.data, "other"));
	assert_string_equal(dtb_bootargs(&result), "file's own");
	blob_free(&result);

	/* A running tree without /chosen has nothing to give. */
	fdt_del_node(firmware_tree, chosen_of(firmware_tree));
	result = build(tree, &request);
	assert_false(has(result.data, efi_names[1]));
	blob_free(&result);
	free(tree);
	free(firmware_tree);
}

TOOL_TEST("tree of the users must know memory")
{
	static const char *const why = "tree does not say where memory is";
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM), *firmware_tree = make_tree(TREE_ROOM);
	struct blob firmware = { .data = firmware_tree, .size = TREE_ROOM };
	const fdt32_t no_size[] = { 0, cpu_to_fdt32(0x40000000), 0, 0 };
	const fdt32_t one_byte[] = { 0, cpu_to_fdt32(0x40000000), 0, cpu_to_fdt32(1) };
	struct blob result;
	int memory;

	request.firmware = &firmware;
	result = build(tree, &request);
	blob_free(&result);

	memory = fdt_path_offset(tree, "/memory@40000000");
	fdt_setprop(tree, memory, "reg", no_size, sizeof(no_size));
	refused(tree, TREE_ROOM, &request, why);
	fdt_setprop(tree, memory, "reg", no_size, 12);
	refused(tree, TREE_ROOM, &request, why);
	fdt_delprop(tree, memory, "reg");
	refused(tree, TREE_ROOM, &request, why);
	fdt_setprop(tree, memory, "reg", one_byte, sizeof(one_byte));
	result = build(tree, &request);
	blob_free(&result);
	fdt_setprop_u32(tree, 0, "#size-cells", 9);
	refused(tree, TREE_ROOM, &request, why);
	fdt_setprop_u32(tree, 0, "#size-cells", 0);
	refused(tree, TREE_ROOM, &request, why);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	fdt_setprop_u32(tree, 0, "#address-cells", 9);
	refused(tree, TREE_ROOM, &request, why);
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_string(tree, memory, "device_type", "cpu");
	refused(tree, TREE_ROOM, &request, why);
	fdt_del_node(tree, memory);
	refused(tree, TREE_ROOM, &request, why);

	/* The running kernel found its memory with its own tree, whatever that says. */
	request.firmware = NULL;
	result = build(tree, &request);
	blob_free(&result);

	/* Nor does it if nothing is known of the running kernel's. */
	request.firmware = &(struct blob){ 0 };
	refused(tree, TREE_ROOM, &request, why);

	/* With EFI, memory is told by EFI. */
	request.firmware = &firmware;
	add_efi(firmware_tree);
	result = build(tree, &request);
	blob_free(&result);
	free(tree);
	free(firmware_tree);
}

TOOL_TEST("command line is replaced")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	char line[2048];
	struct blob result;

	fdt_setprop_string(tree, chosen_of(tree), "bootargs", "the running kernel's");
	request.bootargs = "";
	result = build(tree, &request);
	assert_string_equal(dtb_bootargs(&result), "");
	assert_true(has(result.data, "bootargs"));
	blob_free(&result);

	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	request.bootargs = line;
	result = build(tree, &request);
	assert_string_equal(dtb_bootargs(&result), line);
	blob_free(&result);

	/* A line without an end is none. */
	fdt_setprop(tree, chosen_of(tree), "bootargs", "abc", 3);
	request.bootargs = NULL;
	result = build(tree, &request);
	assert_string_equal(dtb_bootargs(&result), "");
	blob_free(&result);
	fdt_delprop(tree, chosen_of(tree), "bootargs");
	result = build(tree, &request);
	assert_string_equal(dtb_bootargs(&result), "");
	blob_free(&result);
	free(tree);
}

static void keep_at(uint64_t start, uint64_t end)
{
	keep[keeps.nr++] = (struct fastkexec_keep){ start, end, FASTKEXEC_KEEP_LPI, 0 };
}

static bool reserves(const struct blob *tree, uint64_t start, uint64_t end)
{
	uint64_t at, size;
	int i;

	for (i = 0; i < fdt_num_mem_rsv(tree->data); i++)
		if (!fdt_get_mem_rsv(tree->data, i, &at, &size) && at == start &&
		    at + size == end)
			return true;
	return false;
}

/* The tree of one jump is the source of the next one; frees @old. */
static struct blob build_again(struct blob *old, struct dtb_request *request)
{
	struct blob result = { 0 };

	request->source = old;
	assert_int_equal(dtb_build(&result, request), 0);
	blob_free(old);
	return result;
}

TOOL_TEST("what must not be touched is reserved")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;
	int length;

	fdt_add_mem_rsv(tree, 0x7f000000, 0x1000);
	keep_at(0x41000000, 0x41010000);
	keep_at(0x8042000000, 0x8042080000);
	result = build(tree, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 3);
	assert_true(reserves(&result, 0x7f000000, 0x7f001000));
	assert_true(reserves(&result, 0x41000000, 0x41010000));
	assert_true(reserves(&result, 0x8042000000, 0x8042080000));
	property(result.data, "fastkexec,keeps", &length);
	assert_int_equal(length, 32);
	blob_free(&result);
	free(tree);
}

TOOL_TEST("a chain of jumps does not pile up reservations")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;
	size_t first;
	unsigned int i;

	keep_at(0x41000000, 0x41010000);
	keep_at(0x42000000, 0x42080000);
	result = build(tree, &request);
	first = result.size;
	for (i = 0; i < 10; i++)
		result = build_again(&result, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 2);
	assert_int_equal(result.size, first);

	/* What no longer is to be kept goes, and what is new comes. */
	keep[1].start = 0x43000000;
	keep[1].end = 0x43010000;
	result = build_again(&result, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 2);
	assert_true(reserves(&result, 0x41000000, 0x41010000));
	assert_true(reserves(&result, 0x43000000, 0x43010000));
	keeps.nr = 0;
	result = build_again(&result, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 0);
	assert_false(has(result.data, "fastkexec,keeps"));
	blob_free(&result);
	free(tree);
}

TOOL_TEST("what firmware has reserved is left alone")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result;

	fdt_add_mem_rsv(tree, 0x41000000, 0x10000);
	fdt_add_mem_rsv(tree, 0x42000000, 0x20000);
	keep_at(0x41000000, 0x41010000);
	keep_at(0x42010000, 0x42020000);
	keep_at(0x42020000, 0x42030000);
	result = build(tree, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 3);
	assert_true(reserves(&result, 0x42020000, 0x42030000));
	keeps.nr = 0;
	result = build_again(&result, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), 2);
	assert_true(reserves(&result, 0x41000000, 0x41010000));
	assert_true(reserves(&result, 0x42000000, 0x42020000));
	blob_free(&result);
	free(tree);
}

TOOL_TEST("there is room for the ranges of many cpus")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	static struct fastkexec_keep many[1000];
	struct calls_keeps all = { .nr = ARRAY_SIZE(many), .keep = many };
	struct blob result;
	unsigned int i;

	for (i = 0; i < all.nr; i++)
		many[i] = (struct fastkexec_keep){ .start = 0x100000ULL * i,
						   .end = 0x100000ULL * i + 0x10000 };
	request.keeps = &all;
	result = build(tree, &request);
	assert_int_equal(fdt_num_mem_rsv(result.data), all.nr);
	blob_free(&result);
	free(tree);
}

TOOL_TEST("a list of ranges that is cut is read as far as it goes")
{
	struct dtb_request request = request_for(NULL);
	unsigned int size;

	for (size = 0; size <= 16; size++) {
		const fdt64_t range[2] = { cpu_to_fdt64(0x41000000), cpu_to_fdt64(0x10000) };
		void *tree = make_tree(TREE_ROOM);
		struct blob result;

		fdt_add_mem_rsv(tree, 0x41000000, 0x10000);
		fdt_setprop(tree, chosen_of(tree), "fastkexec,keeps", range, size);
		result = build(tree, &request);
		assert_int_equal(fdt_num_mem_rsv(result.data), size < 16);
		assert_false(has(result.data, "fastkexec,keeps"));
		blob_free(&result);
		free(tree);
	}
}

TOOL_TEST("tree has room for a few more")
{
	struct dtb_request request = request_for(NULL);
	void *tree = make_tree(TREE_ROOM);
	struct blob result = build(tree, &request);

	assert_int_equal(result.size % 4096, 0);
	assert_true(result.size <= 8192);
	assert_int_equal(fdt_setprop(result.data, chosen_of(result.data), "more", seeds,
				     sizeof(seeds)), 0);
	assert_int_equal(fdt_add_mem_rsv(result.data, 0x1000, 0x1000), 0);
	blob_free(&result);
	free(tree);
}

TOOL_TEST("tree of more than 2 mib is refused")
{
	struct dtb_request request = request_for(NULL);
	const size_t room = 4 << 20;
	void *tree = make_tree(room);
	void *value;
	struct blob source = { .data = tree, .size = room };
	struct blob result;

	fdt_setprop_placeholder(tree, 0, "padding", BOOT_DTB_MAX - 16384, &value);
	request.source = &source;
	assert_int_equal(dtb_build(&result, &request), 0);
	assert_true(result.size <= BOOT_DTB_MAX);
	blob_free(&result);
	fdt_setprop_placeholder(tree, 0, "padding", BOOT_DTB_MAX - 512, &value);
	refused(tree, room, &request, "an arm64 kernel takes 2.0 MiB at most");
	free(tree);
}

TOOL_TEST("what is no tree is refused")
{
	struct dtb_request request = request_for(NULL);
	uint8_t *tree = make_tree(TREE_ROOM);
	struct blob firmware = { .data = (uint8_t *)"x", .size = 1 };
	size_t size, total;

	assert_int_equal(fdt_pack(tree), 0);
	total = fdt_totalsize(tree);
	for (size = 1; size < total; size++) {
		uint8_t *cut = fake_alloc(size);

		memcpy(cut, tree, size);
		refused(cut, size, &request, "tree is not a device tree, or damaged");
		free(cut);
	}
	tree[0] ^= 1;
	refused(tree, total, &request, "tree is not a device tree, or damaged");
	tree[0] ^= 1;

	request.firmware = &firmware;
	refused(tree, total, &request, "the running kernel's device tree is damaged");
	free(tree);
}

/* Whatever byte is wrong: a valid tree comes out, or a sentence. */
TOOL_TEST("damage at any byte is survived")
{
	struct dtb_request request = request_for(NULL);
	uint8_t *tree = make_tree(TREE_ROOM);
	struct blob source, firmware, result;
	size_t total, i;
	unsigned int built = 0;

	set_range((void *)tree, "linux,elfcorehdr", 0x50000000, 0x1000);
	add_efi(tree);
	fdt_setprop_u64(tree, chosen_of(tree), "linux,initrd-start", 0x48000000);
	fdt_setprop_u64(tree, chosen_of(tree), "linux,initrd-end", 0x49000000);
	fdt_add_mem_rsv(tree, 0x48000000, 0x1000000);
	assert_int_equal(fdt_pack(tree), 0);
	total = fdt_totalsize(tree);
	source.data = fake_alloc(total);
	source.size = total;
	firmware = source;
	request.source = &source;
	request.firmware = &firmware;
	for (i = 0; i < total; i++) {
		memcpy(source.data, tree, total);
		source.data[i] ^= 0xff;
		fake_listen();
		if (!dtb_build(&result, &request)) {
			assert_int_equal(fdt_check_full(result.data, result.size), 0);
			dtb_set_initrd(&result, 1, 2);
			dtb_bootargs(&result);
			blob_free(&result);
			built++;
			fake_heard();
		} else {
			assert_sentence("fastkexec: ");
		}
	}
	assert_true(built > 0 && built < total);
	free(source.data);
	free(tree);
}

/* With any less room than it takes, editing fails and writes nothing beyond. */
static void edit_in_every_room(void *tree)
{
	struct dtb_request request = request_for(NULL);
	unsigned int failed = 0;
	size_t room, total;
	int ret = -1;

	assert_int_equal(fdt_pack(tree), 0);
	total = fdt_totalsize(tree);
	for (room = total; ret; room += 4) {
		void *copy = fake_alloc(room);

		assert_true(room < total + 1024);
		assert_int_equal(fdt_open_into(tree, copy, room), 0);
		ret = dtb_edit(copy, &request);
		if (ret) {
			assert_int_equal(ret, -FDT_ERR_NOSPACE);
			failed++;
		}
		free(copy);
	}
	assert_true(failed > 20);
}

TOOL_TEST("too little room is an error")
{
	void *tree = make_tree(TREE_ROOM);

	edit_in_every_room(tree);
	free(tree);
	tree = make_tree(TREE_ROOM);
	fdt_del_node(tree, chosen_of(tree));
	edit_in_every_room(tree);
	free(tree);
}
