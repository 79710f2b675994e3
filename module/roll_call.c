// SPDX-License-Identifier: GPL-2.0
/*
 * Asking the CPUs for a sign of life. Contracts in roll_call.h.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>

#include "roll_call.h"

#define PATIENCE	(2 * HZ)

/* Pending from the call until it runs. */
static DEFINE_PER_CPU(struct work_struct, answer);

static void give_answer(struct work_struct *work)
{
}

static bool has_answered(unsigned int cpu)
{
	return !work_pending(per_cpu_ptr(&answer, cpu));
}

/* The first CPU that has yet to answer; nr_cpu_ids if all have. */
static unsigned int first_silent(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (!has_answered(cpu))
			return cpu;
	return nr_cpu_ids;
}

/* What waits at a CPU that goes offline is run by another one. */
static unsigned int call_all(void)
{
	unsigned long end = jiffies + PATIENCE;
	unsigned int cpu = first_silent();

	if (cpu < nr_cpu_ids)
		return cpu;
	for_each_online_cpu(cpu)
		schedule_work_on(cpu, per_cpu_ptr(&answer, cpu));
	while ((cpu = first_silent()) < nr_cpu_ids && time_before(jiffies, end))
		usleep_range(100, 200);
	return cpu;
}

bool fk_roll_call(unsigned int *silent)
{
	*silent = call_all();
	return *silent >= nr_cpu_ids;
}

void fk_roll_call_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		INIT_WORK(per_cpu_ptr(&answer, cpu), give_answer);
}

void fk_roll_call_exit(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		cancel_work_sync(per_cpu_ptr(&answer, cpu));
}
