// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs. Contracts in cpus.h.
 */
#include <linux/acpi.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/fastkexec.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/slab.h>

#include <asm/cputype.h>
#include <asm/sysreg.h>

#include "cpus.h"
#include "inject.h"
#include "madt.h"
#include "ping.h"

/* CPUs that come and go while all are asked: how often it is tried again. */
#define MAX_TRIES	10

/* How long CPU hotplug may keep us out, milliseconds. */
#define HOTPLUG_MS	2000

/**
 * struct census - a list, while it is made
 * @cpus: the list
 * @max: room in it; 0 while CPUs are only counted
 */
struct census {
	struct fk_cpus *cpus;
	unsigned int max;
};

u64 fk_cpus_mpidr(void)
{
	return read_sysreg(mpidr_el1) & MPIDR_HWID_BITMASK;
}

static void note(struct census *census, u64 mpidr)
{
	struct fk_cpus *cpus = census->cpus;

	if (cpus->nr < census->max)
		cpus->mpidr[cpus->nr] = mpidr & MPIDR_HWID_BITMASK;
	if (cpus->nr < census->max || !census->max)
		cpus->nr++;
}

static int note_nodes(struct census *census)
{
	struct device_node *node;

	for_each_of_cpu_node(node) {
		const __be32 *reg = of_get_property(node, "reg", NULL);

		if (reg && of_device_is_available(node))
			note(census, of_read_number(reg, of_n_addr_cells(node)));
	}
	return 0;
}

static int note_gicc(const struct acpi_subtable_header *entry, void *census)
{
	const struct acpi_madt_generic_interrupt *gicc = fk_madt_usable(entry);

	if (gicc)
		note(census, gicc->arm_mpidr);
	return 0;
}

static int take_census(struct census *census)
{
	census->cpus->nr = 0;
	return acpi_disabled ? note_nodes(census) : fk_madt_walk(note_gicc, census);
}

int fk_cpus_list(struct fk_cpus *cpus)
{
	struct census census = { .cpus = cpus };
	int err;

	memset(cpus, 0, sizeof(*cpus));
	err = take_census(&census);
	if (err || !cpus->nr)
		return err;
	census.max = cpus->nr;
	cpus->mpidr = FK_MAY_FAIL(kvcalloc(census.max, sizeof(*cpus->mpidr), GFP_KERNEL), NULL);
	err = cpus->mpidr ? take_census(&census) : -ENOMEM;
	if (err)
		fk_cpus_free(cpus);
	return err;
}

void fk_cpus_free(struct fk_cpus *cpus)
{
	kvfree(cpus->mpidr);
	memset(cpus, 0, sizeof(*cpus));
}

/* Is it one of those that have answered? */
static bool has_answered(const u64 *online, u64 mpidr)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (online[cpu] == mpidr)
			return true;
	return false;
}

/* The CPU that stays when the machine goes down, unless reboot= names another one. */
static u64 staying_cpu(const u64 *online)
{
	return online[cpumask_first(cpu_online_mask)];
}

static u64 judge_each(const struct fk_cpus *cpus, const u64 *online, const struct fk_psci *psci)
{
	u64 blockers = 0;
	unsigned int i;

	if (psci->resident != FK_PSCI_NO_CPU && psci->resident != staying_cpu(online))
		blockers |= FASTKEXEC_BLOCK_TRUSTED_OS;
	for (i = 0; i < cpus->nr && cpus->nr > 1; i++) {
		bool on = fk_psci_cpu_is_on(psci, cpus->mpidr[i]);

		if (!on && has_answered(online, cpus->mpidr[i]))
			blockers |= FASTKEXEC_BLOCK_CPU_STATE;
		if (on && !has_answered(online, cpus->mpidr[i]))
			blockers |= FASTKEXEC_BLOCK_STUCK_CPU;
	}
	return blockers;
}

/* A CPU that is stuck may hold CPU hotplug for ever: nobody waits for it without a bound. */
static bool freeze_hotplug(void)
{
	unsigned int ms;

	for (ms = 0; ms < HOTPLUG_MS; ms++) {
		if (cpus_read_trylock())
			return true;
		usleep_range(1000, 1500);
	}
	return false;
}

/* With hotplug frozen: are those online that have answered, and no other? */
static bool still_online(const u64 *online)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		bool answered = online[cpu] != FK_PING_OFFLINE;

		if (cpu_online(cpu) != answered)
			return false;
	}
	return true;
}

/* With hotplug frozen at the end, if true is returned. */
static bool ask_all(u64 *online)
{
	unsigned int tries;

	for (tries = 0; tries < MAX_TRIES; tries++) {
		if (!fk_ping(online) || !freeze_hotplug())
			return false;
		if (still_online(online))
			return true;
		cpus_read_unlock();
	}
	return false;
}

/* Without a list it is not known who might be stuck. */
static u64 judge(const struct fk_cpus *cpus, u64 *online, const struct fk_psci *psci)
{
	u64 blockers;

	if (!cpus)
		return FASTKEXEC_BLOCK_STUCK_CPU;
	if (!ask_all(online))
		return FASTKEXEC_BLOCK_CPU_SILENT;
	blockers = psci->present ? judge_each(cpus, online, psci) : 0;
	cpus_read_unlock();
	return blockers;
}

int fk_cpus_judge(const struct fk_psci *psci, u64 *blockers)
{
	struct fk_cpus cpus;
	u64 *online = FK_MAY_FAIL(kvcalloc(nr_cpu_ids, sizeof(*online), GFP_KERNEL), NULL);
	int err = online ? fk_cpus_list(&cpus) : -ENOMEM;

	if (err != -ENOMEM)
		*blockers |= judge(err ? NULL : &cpus, online, psci);
	if (!err)
		fk_cpus_free(&cpus);
	kvfree(online);
	return err == -ENOMEM ? err : 0;
}

bool fk_cpus_find_on(const struct fk_cpus *cpus, const struct fk_psci *psci, u64 *mpidr)
{
	u64 own = fk_cpus_mpidr();
	unsigned int i;

	for (i = 0; i < cpus->nr; i++) {
		*mpidr = cpus->mpidr[i];
		if (*mpidr != own && fk_psci_cpu_is_on(psci, *mpidr))
			return true;
	}
	return false;
}
