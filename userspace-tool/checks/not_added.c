// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that this kernel was not started with (load --boot-memory), and has not been given.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot_protocol.h"
#include "checks/checks.h"
#include "dtb.h"
#include "dtb_later.h"
#include "iomem.h"
#include "out.h"
#include "root.h"

/* Who may not read the tree, or has none, is told so by the command that needs it. */
static size_t read_tree(void *tree, size_t room)
{
	int fd = open(DTB_RUNNING, O_RDONLY | O_CLOEXEC);
	ssize_t bytes = 1;
	size_t size = 0;

	if (fd < 0)
		return 0;
	for (; bytes > 0 && size < room; size += bytes > 0 ? bytes : 0)
		bytes = read(fd, (char *)tree + size, room - size);
	close(fd);
	return bytes ? 0 : size;
}

static uint64_t left_out(void)
{
	void *tree = malloc(BOOT_DTB_MAX);
	struct efi_map map;
	uint64_t bytes = 0;
	size_t size;

	if (!tree)
		return 0;
	size = read_tree(tree, BOOT_DTB_MAX);
	if (size && !fdt_check_full(tree, size))
		bytes = dtb_efi_map(tree, &map) ? efi_map_later_bytes(&map) : dtb_later_bytes(tree);
	free(tree);
	return bytes;
}

static void add(void *ctx, const struct dtb_range *range)
{
	*(uint64_t *)ctx += range->end - range->start;
}

static uint64_t added(void)
{
	uint64_t bytes = 0;

	iomem_each(FASTKEXEC_ADDED_RAM, add, &bytes);
	return bytes;
}

static void look(struct check_run *run)
{
	const uint64_t out = left_out(), in = added();

	if (out > in)
		check_find(run, GRADE_WARNING, "'fastkexec memory' adds it",
			   "%s of memory are not there, as this kernel was not started with them",
			   out_size(out - in).s);
}

const struct check check_not_added = {
	.name = "memory",
	.fine = "all memory that the device tree, or EFI, tells of is there",
	.look = look,
};
