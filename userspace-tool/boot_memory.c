// SPDX-License-Identifier: GPL-2.0
#include "boot_memory.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline.h"
#include "dtb.h"
#include "dtb_later.h"
#include "efi_later.h"
#include "iomem.h"
#include "numa.h"
#include "out.h"
#include "root.h"

#define LEAST	(512ULL << 20)
#define MOST	(1ULL << 50)

/* It asks systemd to start what adds the memory. */
#define WANTED	"/etc/systemd/system/multi-user.target.wants/fastkexec-memory.service"

/* How far a number is shifted by the unit behind it; -1: that is none. */
static int unit_shift(const char *unit)
{
	static const char units[] = "KMGT";
	const char *at;

	if (!unit[0] || unit[1])
		return -1;
	at = strchr(units, toupper((unsigned char)unit[0]));
	return at ? 10 * (at - units + 1) : -1;
}

int boot_memory_parse(const char *text, uint64_t *bytes)
{
	uint64_t number;
	char *end;
	int shift;

	if (!strcmp(text, "auto")) {
		*bytes = BOOT_MEMORY_AUTO;
		return 0;
	}
	errno = 0;
	number = strtoull(text, &end, 10);
	shift = unit_shift(end);
	if (errno || !isdigit((unsigned char)text[0]) || shift < 0 || number > MOST >> shift)
		return -1;
	*bytes = number << shift;
	return *bytes < LEAST ? -1 : 0;
}

int boot_memory_check(const struct blob *tree)
{
	if (dtb_is_efi(tree) && !dtb_efi_room(tree->data))
		return out_fail("--boot-memory: the device tree does not say where EFI's memory map is, or it is too large");
	if (cmdline_has(dtb_bootargs(tree), "mem"))
		return out_fail("--boot-memory: the command line limits memory itself (mem=), so that nothing could be added later");
	return 0;
}

uint64_t boot_memory_unit(const char *release, unsigned int page_size)
{
	unsigned int major, minor;

	if (sscanf(release, "%u.%u", &major, &minor) != 2 || !page_size ||
	    major < 5 || (major == 5 && minor < 12))
		return 1ULL << 30;
	return page_size > 16384 ? 512ULL << 20 : 128ULL << 20;
}

static void tell(const struct later *later)
{
	if (!later->later)
		out_note("the next kernel starts with all memory, %s: there is no whole block that it could do without",
			 out_size(later->first).s);
	else if (!root_has(WANTED))
		out_note("the next kernel starts with %s of memory; 'fastkexec memory' adds the other %s, and fastkexec-memory.service does so once the system is up: 'systemctl enable fastkexec-memory'",
			 out_size(later->first).s, out_size(later->later).s);
}

int boot_memory_limit(struct blob *tree, const struct layout *layout, uint64_t bytes,
		      uint64_t unit)
{
	struct later later = { .unit = unit, .least = bytes };
	int ret;

	ret = dtb_later_cut(tree, layout->piece, layout->nr, &later);
	if (ret)
		return out_fail("cannot cut the memory in the device tree short: %s",
				fdt_strerror(ret));
	tell(&later);
	return 0;
}

/**
 * struct reading - while /proc/iomem is read
 * @reserved: takes what is called so
 * @ram: how many ranges of System RAM there are
 * @ret: 0, or -1
 */
struct reading {
	struct ranges *reserved;
	unsigned int ram;
	int ret;
};

static void add_reserved(void *ctx, const struct dtb_range *range)
{
	struct reading *reading = ctx;

	if (!reading->ret)
		reading->ret = ranges_add(reading->reserved, range, 0);
}

static void count_ram(void *ctx, const struct dtb_range *range)
{
	(void)range;
	((struct reading *)ctx)->ram++;
}

/*
 * The next kernel uses whatever lies in memory that is added, and the kernels after it may
 * look for it: pages that list what EFI has to reserve, and tables of LPIs (Linux,
 * LINUX_EFI_MEMRESERVE_TABLE_GUID). The kernel calls them reserved, as it does with
 * what is its own.
 */
static int read_reserved(struct ranges *reserved)
{
	struct reading reading = { .reserved = reserved };

	if (iomem_each("System RAM", count_ram, &reading) ||
	    iomem_each("reserved", add_reserved, &reading) || !reading.ram)
		return out_fail("--boot-memory: /proc/iomem does not say what is reserved");
	return reading.ret;
}

/* What the running kernel was not given either may be of any node. */
static int add_later(struct ranges *nodes, const struct efi_map *map)
{
	struct efi_memory memory;
	struct dtb_range range;
	size_t i;

	for (i = 0; efi_map_get(map, i, &memory); i++) {
		range = efi_map_range(&memory);
		if (efi_map_is_later(&memory) &&
		    ranges_add(nodes, &range, efi_map_later_node(&memory)))
			return -1;
	}
	return 0;
}

static int cut_map(struct efi_map *map, const struct efi_later_request *request,
		   struct later *later)
{
	efi_map_restore(map);
	if (efi_later_cut(map, map->size / map->step + DTB_EFI_MORE, request, later))
		return -1;
	tell(later);
	return 0;
}

/* What this kernel says of memory comes to what is @known. */
static int limit_map(struct efi_map *map, const struct efi_later_request *known,
		     struct later *later)
{
	struct efi_later_request request = *known;
	struct ranges reserved = { 0 }, nodes;
	int ret;

	if (numa_read(&nodes))
		return -1;
	request.nodes = &nodes;
	request.reserved = &reserved;
	ret = add_later(&nodes, map);
	if (!ret)
		ret = read_reserved(&reserved);
	if (!ret)
		ret = cut_map(map, &request, later);
	ranges_free(&reserved);
	ranges_free(&nodes);
	return ret;
}

int boot_memory_limit_efi(struct blob *tree, const struct layout *layout, struct efi_map *map,
			  uint64_t bytes, uint64_t unit)
{
	struct later later = { .unit = unit, .least = bytes };
	const struct efi_later_request request = {
		.tree = tree->data,
		.pieces = layout->piece,
		.nr = layout->nr,
	};
	int ret;

	if (!efi_map_is_right(map))
		return out_fail("EFI's memory map is damaged, and the next kernel cannot be given another one: %s",
				bytes ? "load it without --boot-memory" :
					"reboot through the firmware");
	if (!bytes)
		efi_map_restore(map);
	else if (limit_map(map, &request, &later))
		return -1;
	ret = dtb_efi_put(tree, map, layout_address(layout, FASTKEXEC_ROLE_DTB));
	if (ret)
		return out_fail("cannot put EFI's memory map into the device tree: %s",
				fdt_strerror(ret));
	return 0;
}
