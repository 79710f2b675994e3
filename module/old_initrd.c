// SPDX-License-Identifier: GPL-2.0
/*
 * The old initrd. Contract in old_initrd.h.
 */
#include <linux/efi.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/pfn.h>

#include "old_initrd.h"

/* The address may have one cell or two. */
static bool read_address(const struct device_node *node, const char *name, u64 *address)
{
	const __be32 *cell;
	int bytes;

	cell = of_get_property(node, name, &bytes);
	if (!cell || (bytes != sizeof(u32) && bytes != sizeof(u64)))
		return false;
	*address = of_read_number(cell, bytes / sizeof(*cell));
	return true;
}

/* A page that the boot took stays reserved until it is given to the page allocator. */
static bool all_freed(const struct fk_range *range)
{
	unsigned long pfn;

	for (pfn = PHYS_PFN(range->start); pfn < PHYS_PFN(range->end); pfn++) {
		struct page *page = pfn_to_online_page(pfn);

		if (!page || PageReserved(page))
			return false;
	}
	return true;
}

static bool read_addresses(u64 *start, u64 *end)
{
	struct device_node *chosen = of_find_node_by_path("/chosen");
	bool found;

	found = chosen && read_address(chosen, "linux,initrd-start", start) &&
		read_address(chosen, "linux,initrd-end", end);
	of_node_put(chosen);
	return found;
}

bool fk_old_initrd_freed(struct fk_range *range)
{
	u64 start, end;

	if (efi_enabled(EFI_BOOT) || !read_addresses(&start, &end))
		return false;
	range->start = round_up(start, PAGE_SIZE);
	range->end = round_down(end, PAGE_SIZE);
	return range->start < range->end && all_freed(range);
}
