// SPDX-License-Identifier: GPL-2.0
/*
 * Asking every CPU. Contract in ping.h.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/smp.h>

#include "cpus.h"
#include "ping.h"

#define PATIENCE_MS	2000

/**
 * struct ping - a question to one CPU
 * @csd: how it gets there
 * @mpidr: the answer
 * @pending: it is under way: @csd and the function belong to that CPU
 */
struct ping {
	call_single_data_t csd;
	u64 mpidr;
	bool pending;
};

static DEFINE_PER_CPU(struct ping, pings);

/* Guards the two below, and who asks. */
static DEFINE_MUTEX(ping_mutex);
static bool module_held;

static void answer(void *arg)
{
	struct ping *ping = arg;

	ping->mpidr = fk_cpus_mpidr();
	smp_store_release(&ping->pending, false);	/* @mpidr comes before */
}

static bool is_pending(struct ping *ping)
{
	return smp_load_acquire(&ping->pending);	/* before @mpidr */
}

static void ask(unsigned int cpu)
{
	struct ping *ping = per_cpu_ptr(&pings, cpu);

	if (is_pending(ping))
		return;
	ping->mpidr = FK_PING_OFFLINE;
	ping->pending = true;
	ping->csd.func = answer;
	ping->csd.info = ping;
	if (smp_call_function_single_async(cpu, &ping->csd))
		ping->pending = false;
}

static bool any_pending(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (is_pending(per_cpu_ptr(&pings, cpu)))
			return true;
	return false;
}

static bool all_answer(void)
{
	ktime_t end = ktime_add_ms(ktime_get(), PATIENCE_MS);

	while (any_pending()) {
		if (ktime_after(ktime_get(), end))
			return false;
		usleep_range(50, 500);
	}
	return true;
}

/* A question that is under way needs the module's text and data. */
static void hold_module(bool hold)
{
	if (hold && !module_held)
		__module_get(THIS_MODULE);
	if (!hold && module_held)
		module_put(THIS_MODULE);
	module_held = hold;
}

bool fk_ping(u64 *mpidr)
{
	unsigned int cpu;
	bool all;

	mutex_lock(&ping_mutex);
	for_each_possible_cpu(cpu)
		per_cpu_ptr(&pings, cpu)->mpidr = FK_PING_OFFLINE;
	for_each_online_cpu(cpu)
		ask(cpu);
	all = all_answer();
	hold_module(!all);
	for (cpu = 0; all && cpu < nr_cpu_ids; cpu++)
		mpidr[cpu] = cpu_possible(cpu) ? per_cpu_ptr(&pings, cpu)->mpidr :
						 FK_PING_OFFLINE;
	mutex_unlock(&ping_mutex);
	return all;
}
