// SPDX-License-Identifier: GPL-2.0
/*
 * Calls a CPU from another one so many times, and waits for each call to have come. For
 * tests.
 */
#include <linux/module.h>
#include <linux/smp.h>

static int cpu;
module_param(cpu, int, 0444);

static int calls;
module_param(calls, int, 0444);

static void come(void *unused)
{
}

static int __init calls_init(void)
{
	int done, ret = 0;

	for (done = 0; done < calls && !ret; done++)
		ret = smp_call_function_single(cpu, come, NULL, true);
	return ret;
}

static void __exit calls_exit(void)
{
}

module_init(calls_init);
module_exit(calls_exit);

MODULE_DESCRIPTION("Call a CPU from another one");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
