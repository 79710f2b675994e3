// SPDX-License-Identifier: GPL-2.0
/*
 * One CPU that takes interrupts and runs nothing else, like one that an interrupt storm
 * holds: no task of it runs, not even those that stop the machine. For tests.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/processor.h>
#include <linux/sched.h>

static unsigned int cpu = 1;
module_param(cpu, uint, 0400);
MODULE_PARM_DESC(cpu, "which CPU is kept busy");

static int keep_busy(void *unused)
{
	preempt_disable();
	for (;;)
		cpu_relax();
	return 0;
}

static int __init busy_init(void)
{
	struct task_struct *task = kthread_create(keep_busy, NULL, "busy/%u", cpu);

	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, cpu);
	wake_up_process(task);
	return 0;
}

module_init(busy_init);

MODULE_DESCRIPTION("Keep one CPU busy for ever");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
