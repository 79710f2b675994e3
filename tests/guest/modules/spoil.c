// SPDX-License-Identifier: GPL-2.0
/*
 * Changes a byte of each page in memory that begins with 16 given bytes, wherever it
 * lies, and tells how many those were. For tests of damage.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pfn.h>
#include <linux/string.h>

static char *like;
module_param(like, charp, 0400);
MODULE_PARM_DESC(like, "32 hexadecimal digits: the first 16 bytes of the pages");

static __be64 first[2];
static unsigned int spoiled;

static void spoil_page(u8 *page)
{
	if (memcmp(page, first, sizeof(first)))
		return;
	page[PAGE_SIZE / 2] ^= 1;
	spoiled++;
}

/* Firmware's memory has no mapping, and is not looked at. */
static int spoil_range(struct resource *range, void *unused)
{
	unsigned long pfn;

	for (pfn = PFN_UP(range->start); pfn < PFN_DOWN(range->end + 1); pfn++) {
		if (page_is_ram(pfn))
			spoil_page(phys_to_virt(PFN_PHYS(pfn)));
	}
	return 0;
}

static int __init spoil_init(void)
{
	u64 high, low;

	if (!like || sscanf(like, "%16llx%16llx", &high, &low) != 2)
		return -EINVAL;
	first[0] = cpu_to_be64(high);
	first[1] = cpu_to_be64(low);
	walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY, 0, U64_MAX,
			    NULL, spoil_range);
	pr_info("%u pages\n", spoiled);
	return spoiled ? 0 : -ENOENT;
}

static void __exit spoil_exit(void)
{
}

module_init(spoil_init);
module_exit(spoil_exit);

MODULE_DESCRIPTION("Change a byte of some pages");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
