// SPDX-License-Identifier: GPL-2.0
#include <linux/printk.h>
#include "machine/machine.h"

int core(int a)
{
	pr_info("impure\n");
	asm volatile("isb");
	kfree(0);
	return a;
}
