// SPDX-License-Identifier: GPL-2.0
/*
 * Poisoned memory. Contract in poison.h.
 */
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/pfn.h>

#include "poison.h"

/* Only the head of a huge page is sure to have the flag. */
static bool is_poisoned(struct page *page)
{
	return PageHWPoison(page) || (PageHuge(page) && PageHWPoison(compound_head(page)));
}

bool fk_poison_find(u64 start, u64 end, struct fk_range *bad)
{
	unsigned long pfn;

	if (!IS_ENABLED(CONFIG_MEMORY_FAILURE))
		return false;
	for (pfn = PHYS_PFN(start); pfn < PFN_UP(end); pfn++) {
		struct page *page = pfn_to_online_page(pfn);

		if (!page || !is_poisoned(page))
			continue;
		bad->start = PFN_PHYS(pfn);
		bad->end = bad->start + PAGE_SIZE;
		return true;
	}
	return false;
}
