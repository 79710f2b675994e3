// SPDX-License-Identifier: GPL-2.0
/* Files that may be device trees or overlays: what is made of one can be read. */
#include <libfdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dtb.h"
#include "dtb_dom0.h"
#include "dtb_later.h"
#include "dtb_memory.h"

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
	"fastkexec,whole-reg",
};

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

/* A tree that is right, of nodes and properties that mean something, as @data says. */
static void make_given(uint8_t *tree, size_t room, const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size;
	int node = 0;

	fdt_create_empty_tree(tree, room);
	while (end - data >= 2) {
		const uint8_t what = *data++, bytes = *data++ % 33;
		int added;

		if (what >= 0xf0) {
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
	cut(&tree, &piece);
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
