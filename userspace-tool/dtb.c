// SPDX-License-Identifier: GPL-2.0
#include "dtb.h"

#include <libfdt.h>
#include <string.h>

#include "array.h"
#include "boot_protocol.h"
#include "cells.h"
#include "dtb_base.h"
#include "dtb_dom0.h"
#include "dtb_efi.h"
#include "dtb_keeps.h"
#include "dtb_later.h"
#include "dtb_memory.h"
#include "dtb_record.h"
#include "out.h"

/* Left free in the finished tree, and what our own properties may need. */
#define ROOM		1024
#define EDIT_ROOM	8192

/*
 * Properties of /chosen that were meant for the running kernel alone, and those that
 * this program writes anew. With @range the value is an address and a size, and the
 * /memreserve/ of that range is dropped too.
 */
static const struct {
	const char *name;
	bool range;
} stale[] = {
	{ "linux,elfcorehdr", true },		/* kdump: the crashed kernel */
	{ "linux,usable-memory-range", false },	/* kdump: memory left to it */
	{ "linux,ima-kexec-buffer", true },	/* kexec_file_load: measurements */
	{ "linux,kho-fdt", false },		/* kexec handover, 6.16 on */
	{ "linux,kho-scratch", false },
	{ "linux,initrd-start", false },
	{ "linux,initrd-end", false },
	{ "kaslr-seed", false },
	{ "rng-seed", false },
};

/*
 * Drop the /memreserve/ of [start, end). A boot loader may have reserved whole pages, of
 * any size that arm64 has.
 */
static int drop_reservation(void *tree, uint64_t start, uint64_t end)
{
	uint64_t at, size;
	int i, ret;

	if (end <= start)
		return 0;
	for (i = fdt_num_mem_rsv(tree) - 1; i >= 0; i--) {
		ret = fdt_get_mem_rsv(tree, i, &at, &size);
		if (ret)
			return ret;
		if (at > start || start - at >= BOOT_LARGEST_PAGE)
			continue;
		if (at + size < end || at + size - end >= BOOT_LARGEST_PAGE)
			continue;
		ret = fdt_del_mem_rsv(tree, i);
		if (ret)
			return ret;
	}
	return 0;
}

static int drop_range(void *tree, int chosen, const char *name)
{
	int address_cells = fdt_address_cells(tree, 0);
	int size_cells = fdt_size_cells(tree, 0);
	const fdt32_t *value;
	uint64_t start;
	int length;

	value = fdt_getprop(tree, chosen, name, &length);
	if (!value || address_cells < 1 || size_cells < 1 ||
	    length < 4 * (address_cells + size_cells))
		return 0;
	start = cells_read(value, address_cells);
	return drop_reservation(tree, start,
				start + cells_read(value + address_cells, size_cells));
}

static int drop_initrd(void *tree, int chosen)
{
	const fdt32_t *start, *end;
	int start_length, end_length;

	start = fdt_getprop(tree, chosen, "linux,initrd-start", &start_length);
	end = fdt_getprop(tree, chosen, "linux,initrd-end", &end_length);
	if (!start || !end)
		return 0;
	return drop_reservation(tree, cells_read(start, start_length / 4),
				cells_read(end, end_length / 4));
}

static int drop_stale(void *tree, int chosen)
{
	size_t i;
	int ret;

	ret = drop_initrd(tree, chosen);
	for (i = 0; i < ARRAY_SIZE(stale) && !ret; i++) {
		if (stale[i].range)
			ret = drop_range(tree, chosen, stale[i].name);
		if (ret)
			break;
		ret = fdt_delprop(tree, chosen, stale[i].name);
		if (ret == -FDT_ERR_NOTFOUND)
			ret = 0;
	}
	return ret;
}

static int find_chosen(void *tree)
{
	int chosen = fdt_path_offset(tree, "/chosen");

	if (chosen == -FDT_ERR_NOTFOUND)
		chosen = fdt_add_subnode(tree, 0, "chosen");
	return chosen;
}

/* Make the properties whose values dtb_set_initrd() will fill in. */
static int add_initrd(void *tree, int chosen)
{
	int ret = fdt_setprop_u64(tree, chosen, "linux,initrd-start", 0);

	return ret ? ret : fdt_setprop_u64(tree, chosen, "linux,initrd-end", 0);
}

int dtb_edit(void *tree, const struct dtb_request *request)
{
	int chosen = find_chosen(tree);
	int ret;

	if (chosen < 0)
		return chosen;

	ret = drop_stale(tree, chosen);
	if (!ret)
		ret = dtb_keeps_write(tree, chosen, request->keeps);
	if (!ret)
		ret = dtb_record_make(tree, chosen);
	if (!ret && request->firmware && request->firmware->size)
		ret = dtb_efi_copy(tree, chosen, request->firmware->data);
	if (!ret && request->bootargs)
		ret = fdt_setprop_string(tree, chosen, "bootargs", request->bootargs);
	if (!ret && request->dom0_cmdline)
		ret = dtb_dom0_make(tree, chosen, request->dom0_cmdline, request->initrd);
	else if (!ret && request->initrd)
		ret = add_initrd(tree, chosen);
	if (!ret)
		ret = fdt_setprop(tree, chosen, "kaslr-seed", request->seeds->kaslr,
				  sizeof(request->seeds->kaslr));
	if (!ret)
		ret = fdt_setprop(tree, chosen, "rng-seed", request->seeds->rng,
				  sizeof(request->seeds->rng));
	if (!ret)
		ret = fdt_setprop_empty(tree, chosen, "linux,booted-from-kexec");
	return ret;
}

/* Many trees in files do not say where memory is: a boot loader fills that in. */
static bool knows_memory(const struct blob *tree)
{
	return dtb_is_efi(tree) || dtb_memory_any(tree->data);
}

/* How much the finished tree may still grow. */
static size_t room_in(const struct blob *tree, const struct dtb_request *request)
{
	if (dtb_is_efi(tree) && (request->later || dtb_efi_has_map(tree)))
		return ROOM + dtb_efi_room(tree->data);
	return ROOM + (request->later ? dtb_later_room(tree->data) : 0);
}

static int finish(struct blob *tree, const struct dtb_request *request)
{
	size_t size;

	if (request->firmware && !knows_memory(tree))
		return out_fail("%s does not say where memory is, so the next kernel would find none",
				request->source_name);
	if (fdt_pack(tree->data))
		return out_fail("cannot pack the dtb");

	size = (fdt_totalsize(tree->data) + room_in(tree, request) + 4095) / 4096 * 4096;
	if (size > BOOT_DTB_MAX)
		return out_fail("the dtb has %s, and an arm64 kernel takes %s at most",
				out_size(size).s, out_size(BOOT_DTB_MAX).s);
	fdt_set_totalsize(tree->data, size);
	return blob_resize(tree, size, "the dtb");
}

static bool has_firmware(const struct dtb_request *request)
{
	return request->firmware && request->firmware->size;
}

static int check_trees(const struct dtb_request *request)
{
	int ret = fdt_check_full(request->source->data, request->source->size);

	if (ret)
		return out_fail("%s is not a device tree, or damaged: %s",
				request->source_name, fdt_strerror(ret));
	if (has_firmware(request) &&
	    fdt_check_full(request->firmware->data, request->firmware->size))
		return out_fail("the running kernel's device tree is damaged");
	return 0;
}

/* How large the tree may get while it is edited. */
static size_t room_for(const struct dtb_request *request)
{
	size_t size = fdt_totalsize(request->source->data) + EDIT_ROOM +
		      DTB_RECORD_ROOM + dtb_keeps_room(request->keeps);

	if (request->bootargs)
		size += strlen(request->bootargs);
	if (request->dom0_cmdline)
		size += strlen(request->dom0_cmdline) + DTB_DOM0_ROOM;
	if (has_firmware(request) && request->base)
		size += fdt_totalsize(request->firmware->data);
	if (request->overlays)
		size += dtb_overlays_room(request->overlays);
	return size;
}

static int cannot_edit(const struct dtb_request *request, int error)
{
	return out_fail("cannot edit the dtb from %s: %s", request->source_name,
			fdt_strerror(error));
}

static int edit_all(void *tree, const struct dtb_request *request)
{
	int ret = 0;

	if (has_firmware(request) && request->base)
		ret = dtb_base_complete(tree, request->firmware->data);
	if (ret)
		return cannot_edit(request, ret);
	if (request->overlays && dtb_overlays_apply(tree, request->source_name, request->overlays))
		return -1;
	ret = dtb_edit(tree, request);
	return ret ? cannot_edit(request, ret) : 0;
}

int dtb_build(struct blob *tree, const struct dtb_request *request)
{
	struct blob new = { 0 };
	size_t size;
	int ret;

	if (check_trees(request))
		return -1;
	size = room_for(request);
	if (blob_alloc(&new, size, "the dtb"))
		return -1;

	ret = fdt_open_into(request->source->data, new.data, size);
	if (ret)
		cannot_edit(request, ret);
	else
		ret = edit_all(new.data, request);
	if (!ret)
		ret = finish(&new, request);
	if (ret) {
		blob_free(&new);
		return -1;
	}
	*tree = new;
	return 0;
}

void dtb_set_initrd(struct blob *tree, uint64_t start, uint64_t size)
{
	int chosen = fdt_path_offset(tree->data, "/chosen");

	fdt_setprop_inplace_u64(tree->data, chosen, "linux,initrd-start", start);
	fdt_setprop_inplace_u64(tree->data, chosen, "linux,initrd-end", start + size);
}

const char *dtb_bootargs(const struct blob *tree)
{
	int chosen = fdt_path_offset(tree->data, "/chosen");
	int length;
	const char *line = fdt_getprop(tree->data, chosen, "bootargs", &length);

	return line && memchr(line, '\0', length) ? line : "";
}
