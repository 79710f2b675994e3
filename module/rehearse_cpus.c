// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs off and on. Contract in rehearse_cpus.h.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/sched/signal.h>

#include "rehearse_cpus.h"
#include "roll_call.h"

static int turn_off_and_on(unsigned int cpu, struct fk_report *report)
{
	int err = remove_cpu(cpu);

	if (err)
		return fk_report_fail(report, -EIO, "rehearsal: CPU %u cannot be turned off (%d)",
				      cpu, err);
	err = add_cpu(cpu);
	if (err)
		return fk_report_fail(report, -EIO,
				      "rehearsal: CPU %u was off and does not come on again (%d)",
				      cpu, err);
	return 0;
}

/* CPUs may come and go meanwhile: one that has gone is not turned on. */
int fk_rehearse_cpus(struct fk_report *report)
{
	unsigned int first = cpumask_first(cpu_online_mask);
	unsigned int cpu;
	int err = 0;

	if (!fk_roll_call(&cpu))
		return fk_report_fail(report, -EBUSY,
				      "CPU %u runs no tasks: it cannot be turned off", cpu);
	for (cpu = first + 1; cpu < nr_cpu_ids && !err; cpu++) {
		if (fatal_signal_pending(current))
			return fk_report_fail(report, -EINTR, "interrupted");
		if (cpu_online(cpu))
			err = turn_off_and_on(cpu, report);
	}
	return err;
}
