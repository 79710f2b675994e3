// SPDX-License-Identifier: GPL-2.0
/*
 * A device tree from a file as a base, and overlays.
 */
#include "fake_device.h"

#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "dtb.h"
#include "dtb_base.h"

#define ROOM	16384

static uint8_t running[ROOM], base[2 * ROOM];

static void begin(void *tree, size_t room, uint32_t cells)
{
	assert_int_equal(fdt_create_empty_tree(tree, room), 0);
	fdt_setprop_u32(tree, 0, "#address-cells", cells);
	fdt_setprop_u32(tree, 0, "#size-cells", cells);
	fdt_add_subnode(tree, 0, "chosen");
}

static int at(const void *tree, const char *path)
{
	int node = fdt_path_offset(tree, path);

	if (node < 0)
		fail_msg("no node %s", path);
	return node;
}

static int add(void *tree, const char *parent, const char *name)
{
	int node = fdt_add_subnode(tree, at(tree, parent), name);

	assert_true(node >= 0);
	return node;
}

static void set_range(void *tree, int node, const char *name, unsigned int cells, uint64_t start,
		      uint64_t size)
{
	if (cells == 2) {
		fdt_appendprop_u64(tree, node, name, start);
		fdt_appendprop_u64(tree, node, name, size);
	} else {
		fdt_appendprop_u32(tree, node, name, start);
		fdt_appendprop_u32(tree, node, name, size);
	}
}

static void add_memory(void *tree, const char *name, unsigned int cells, uint64_t start,
		       uint64_t size)
{
	int node = add(tree, "/", name);

	fdt_setprop_string(tree, node, "device_type", "memory");
	set_range(tree, node, "reg", cells, start, size);
}

static void add_reserved(void *tree, const char *name, unsigned int cells, uint64_t start,
			 uint64_t size)
{
	int parent = fdt_path_offset(tree, "/reserved-memory"), node;

	if (parent < 0)
		parent = add(tree, "/", "reserved-memory");
	fdt_setprop_u32(tree, parent, "#address-cells", cells);
	fdt_setprop_u32(tree, parent, "#size-cells", cells);
	node = add(tree, "/reserved-memory", name);
	set_range(tree, node, "reg", cells, start, size);
}

static void set_mac(void *tree, const char *path, const char *name, uint8_t last)
{
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, last };
	static const uint8_t none[6];

	assert_int_equal(fdt_setprop(tree, at(tree, path), name, last ? mac : none, 6), 0);
}

/* As firmware left it, with what it had told the running kernel alone. */
static void make_running(void)
{
	int node;

	begin(running, ROOM, 2);
	fdt_setprop_string(running, 0, "serial-number", "42");
	add_memory(running, "memory@40000000", 2, 0x40000000, 0x30000000);
	add_memory(running, "memory@80000000", 2, 0x80000000, 0x10000000);
	fdt_add_mem_rsv(running, 0x41000000, 0x1000);
	fdt_add_mem_rsv(running, 0x48000000, 0x2000);
	node = at(running, "/chosen");
	fdt_setprop_u64(running, node, "linux,initrd-start", 0x48000000);
	fdt_setprop_u64(running, node, "linux,initrd-end", 0x48002000);
	add_reserved(running, "secure@7e000000", 2, 0x7e000000, 0x200000);
	fdt_setprop_empty(running, at(running, "/reserved-memory/secure@7e000000"), "no-map");
	fdt_setprop_u32(running, at(running, "/reserved-memory/secure@7e000000"), "phandle", 9);
	add_reserved(running, "shared@60000000", 2, 0x60000000, 0x1000);
	add(running, "/", "soc");
	add(running, "/soc", "ethernet@1000");
	add(running, "/soc", "ethernet@3000");
	set_mac(running, "/soc/ethernet@1000", "local-mac-address", 1);
	set_mac(running, "/soc/ethernet@3000", "mac-address", 3);
	fdt_setprop_string(running, add(running, "/", "aliases"), "ethernet0",
			   "/soc/ethernet@1000");
	fdt_setprop_string(running, add(running, "/", "psci"), "method", "smc");
	add(running, "/", "cpus");
	node = add(running, "/cpus", "cpu@100");
	fdt_setprop_u32(running, node, "reg", 0x100);
	fdt_setprop_string(running, node, "enable-method", "psci");
	add(running, "/", "firmware");
	node = add(running, "/firmware", "optee");
	fdt_setprop_string(running, node, "method", "smc");
	fdt_setprop_u32(running, node, "phandle", 7);
	fdt_setprop_u32(running, add(running, "/firmware", "scmi"), "shmem", 5);
}

/* As a kernel's build makes it: another machine of the same board. */
static void make_base(uint32_t cells)
{
	int node;

	begin(base, sizeof(base), cells);
	fdt_setprop_string(base, 0, "model", "of the file");
	fdt_setprop_string(base, 0, "serial-number", "0");
	add_memory(base, "memory@0", cells, 0, 0x1000);
	fdt_add_mem_rsv(base, 0, 0x1000);
	add_reserved(base, "secure@7e000000", cells, 0x7e000000, 0x100000);
	fdt_setprop_u32(base, at(base, "/reserved-memory/secure@7e000000"), "phandle", 3);
	add(base, "/", "bus");
	fdt_setprop_u32(base, add(base, "/bus", "ethernet@2000"), "memory-region", 3);
	set_mac(base, "/bus/ethernet@2000", "local-mac-address", 0);
	add(base, "/", "soc");
	add(base, "/soc", "ethernet@3000");
	fdt_setprop_string(base, add(base, "/", "aliases"), "ethernet0", "/bus/ethernet@2000");
	fdt_setprop_string(base, add(base, "/", "psci"), "method", "hvc");
	add(base, "/", "cpus");
	node = add(base, "/cpus", "cpu@100");
	fdt_setprop_u64(base, node, "reg", 0x100);
	fdt_setprop_string(base, node, "enable-method", "spin-table");
}

static void complete(uint32_t cells)
{
	make_running();
	make_base(cells);
	assert_int_equal(dtb_base_complete(base, running), 0);
	fdt_pack(base);
	assert_int_equal(fdt_check_full(base, fdt_totalsize(base)), 0);
}

static void has_range(const char *path, unsigned int cells, uint64_t start, uint64_t size)
{
	int length;
	const fdt32_t *value = fdt_getprop(base, at(base, path), "reg", &length);

	assert_non_null(value);
	assert_int_equal(length, 8 * cells);
	assert_int_equal(cells == 2 ? fdt64_ld((void *)value) : fdt32_ld(value), start);
	value += cells;
	assert_int_equal(cells == 2 ? fdt64_ld((void *)value) : fdt32_ld(value), size);
}

static const char *text(const char *path, const char *name)
{
	return fdt_getprop(base, at(base, path), name, NULL);
}

static uint32_t number(const char *path, const char *name)
{
	const fdt32_t *value = fdt_getprop(base, at(base, path), name, NULL);

	return value ? fdt32_ld(value) : 0;
}

TOOL_TEST("where memory is and what is reserved comes from the running tree")
{
	uint32_t cells;

	for (cells = 1; cells <= 2; cells++) {
		complete(cells);
		assert_int_equal(fdt_path_offset(base, "/memory@0"), -FDT_ERR_NOTFOUND);
		has_range("/memory@40000000", cells, 0x40000000, 0x30000000);
		has_range("/memory@80000000", cells, 0x80000000, 0x10000000);
		assert_string_equal(text("/memory@80000000", "device_type"), "memory");
		assert_int_equal(fdt_num_mem_rsv(base), 2);
		/* The firmware's range, with the number that devices of the file know. */
		has_range("/reserved-memory/secure@7e000000", cells, 0x7e000000, 0x200000);
		assert_non_null(text("/reserved-memory/secure@7e000000", "no-map"));
		assert_int_equal(number("/reserved-memory/secure@7e000000", "phandle"), 3);
		has_range("/reserved-memory/shared@60000000", cells, 0x60000000, 0x1000);
	}
}

TOOL_TEST("numbers of this machine come from the running tree, and the rest stays")
{
	const uint8_t *mac;

	fake_listen();
	complete(2);
	assert_string_equal(text("/", "serial-number"), "42");
	assert_string_equal(text("/", "model"), "of the file");
	mac = (const uint8_t *)text("/bus/ethernet@2000", "local-mac-address");
	assert_int_equal(mac[5], 1);
	mac = (const uint8_t *)text("/soc/ethernet@3000", "mac-address");
	assert_int_equal(mac[5], 3);
	assert_int_equal(fdt_path_offset(base, "/soc/ethernet@1000"), -FDT_ERR_NOTFOUND);
	assert_string_equal(text("/psci", "method"), "smc");
	assert_string_equal(text("/cpus/cpu@100", "enable-method"), "psci");
	assert_string_equal(text("/firmware/optee", "method"), "smc");
	assert_int_equal(number("/firmware/optee", "phandle"), 0);
	assert_int_equal(fdt_path_offset(base, "/firmware/scmi"), -FDT_ERR_NOTFOUND);
	assert_sentence("note: /firmware/scmi of the running kernel's device tree is left out");
}

TOOL_TEST("a running tree that knows no memory leaves the file's")
{
	make_running();
	assert_int_equal(fdt_del_node(running, at(running, "/memory@40000000")), 0);
	assert_int_equal(fdt_del_node(running, at(running, "/memory@80000000")), 0);
	make_base(2);
	assert_int_equal(dtb_base_complete(base, running), 0);
	has_range("/memory@0", 2, 0, 0x1000);
}

TOOL_TEST("memory that narrow cells cannot say is an error")
{
	make_running();
	add_memory(running, "memory@8000000000", 2, 0x8000000000, 0x1000);
	make_base(1);
	assert_int_equal(dtb_base_complete(base, running), -FDT_ERR_BADVALUE);
}

/* Trees that are right in form, and hold nonsense. */
TOOL_TEST("nonsense in a tree does no harm")
{
	make_running();
	make_base(2);
	fdt_setprop(base, at(base, "/aliases"), "ethernet0", "/bus", 4);
	fdt_setprop(running, at(running, "/aliases"), "ethernet0", "x", 1);
	fdt_setprop(running, at(running, "/cpus/cpu@100"), "reg", "", 1);
	fdt_setprop(running, at(running, "/soc/ethernet@1000"), "mac-address", "ab", 2);
	assert_int_equal(dtb_base_complete(base, running), 0);

	make_base(2);
	fdt_setprop_u32(base, 0, "#address-cells", 5);
	assert_int_equal(dtb_base_complete(base, running), -FDT_ERR_BADNCELLS);
}

static struct dtb_seeds seeds;
static struct calls_keeps keeps;

static struct blob build(bool as_base, struct dtb_overlays *overlays)
{
	const struct blob source = { base, sizeof(base) }, firmware = { running, ROOM };
	const struct dtb_request request = {
		.source = &source,
		.source_name = "FILE",
		.firmware = &firmware,
		.base = as_base,
		.overlays = overlays,
		.seeds = &seeds,
		.keeps = &keeps,
	};
	struct blob tree = { 0 };

	fake_listen();
	dtb_build(&tree, &request);
	return tree;
}

TOOL_TEST("what was the running kernel's alone is not reserved for the next one")
{
	uint64_t start, size;
	struct blob tree;

	make_running();
	make_base(2);
	tree = build(true, NULL);
	assert_non_null(tree.data);
	assert_int_equal(fdt_num_mem_rsv(tree.data), 1);
	fdt_get_mem_rsv(tree.data, 0, &start, &size);
	assert_int_equal(start, 0x41000000);
	assert_null(fdt_getprop(tree.data, at(tree.data, "/chosen"), "linux,initrd-start", NULL));
	blob_free(&tree);

	make_base(2);
	tree = build(false, NULL);
	assert_non_null(tree.data);
	at(tree.data, "/memory@0");
	assert_int_equal(fdt_path_offset(tree.data, "/memory@40000000"), -FDT_ERR_NOTFOUND);
	blob_free(&tree);
}

/* What dtc makes of: &{/} { status = "TEXT"; }; or of: &label { ... }; */
static const char *make_overlay(const char *name, const char *label, const char *value)
{
	static uint8_t data[1024];
	int node;

	assert_int_equal(fdt_create_empty_tree(data, sizeof(data)), 0);
	fdt_add_subnode(data, 0, "fragment@0");
	node = fdt_path_offset(data, "/fragment@0");
	if (label)
		fdt_setprop_u32(data, node, "target", 0xffffffff);
	else
		fdt_setprop_string(data, node, "target-path", "/");
	node = fdt_add_subnode(data, node, "__overlay__");
	fdt_setprop_string(data, node, "status", value);
	if (label)
		fdt_setprop_string(data, fdt_add_subnode(data, 0, "__fixups__"), label,
				   "/fragment@0:target:0");
	return fake_file(name, data, fdt_totalsize(data));
}

static struct blob build_with(const char *first, const char *second)
{
	const struct option_texts paths = { second ? 2 : 1, { first, second } };
	struct dtb_overlays overlays;
	struct blob tree;

	make_running();
	make_base(2);
	assert_int_equal(dtb_overlays_read(&overlays, &paths), 0);
	tree = build(true, &overlays);
	dtb_overlays_free(&overlays);
	return tree;
}

TOOL_TEST("overlays apply in the order given")
{
	struct blob tree = build_with(make_overlay("one.dtbo", NULL, "first"),
				      make_overlay("two.dtbo", NULL, "second"));

	assert_non_null(tree.data);
	assert_string_equal(fdt_getprop(tree.data, 0, "status", NULL), "second");
	assert_string_equal(fdt_getprop(tree.data, 0, "model", NULL), "of the file");
	blob_free(&tree);
}

TOOL_TEST("an overlay that does not fit is refused")
{
	static const char text[] = "no overlay";
	const struct option_texts paths = { 1, { fake_file("x.dtbo", text, sizeof(text)) } };
	struct dtb_overlays overlays;
	struct blob tree = build_with(make_overlay("three.dtbo", "uart", "okay"), NULL);

	assert_null(tree.data);
	assert_has(fake_heard()->err, "fastkexec: FILE has no labels for the overlay ");
	fake_listen();
	assert_int_equal(dtb_overlays_read(&overlays, &paths), -1);
	dtb_overlays_free(&overlays);
	assert_sentence("x.dtbo is not a device tree overlay, or damaged");
}
