// SPDX-License-Identifier: GPL-2.0
/*
 * Have the kernel give back what it keeps of address ranges that were unmapped: KASAN's
 * shadow of them, which is megabytes. Does not stay. For tests that count pages.
 */
#include <linux/module.h>
#include <linux/vmalloc.h>

static int __init settle_init(void)
{
	vm_unmap_aliases();
	return -EAGAIN;
}

module_init(settle_init);

MODULE_DESCRIPTION("Give back what was unmapped");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
