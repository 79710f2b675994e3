// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs. Contracts in cpus.h.
 */
#include <linux/acpi.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/of.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include <asm/cputype.h>
#include <asm/sysreg.h>

#include "cpus.h"

#define NO_MPIDR	(~0ULL)

/*
 * Flags of a MADT entry that names a CPU (ACPI 6.5, table 5.37): it is there, or may
 * be brought up later. Without either the entry may hold anything.
 */
#define GICC_NAMES_CPU	(BIT(0) | BIT(3))

/**
 * struct census - what is asked of each CPU that firmware tables name
 * @psci: how
 * @online: affinity of each CPU that is online, by its number; NO_MPIDR if not
 * @stuck: one is on and not online
 */
struct census {
	const struct fk_psci *psci;
	u64 *online;
	bool stuck;
};

u64 fk_cpus_mpidr(void)
{
	return read_sysreg(mpidr_el1) & MPIDR_HWID_BITMASK;
}

static void note_online(void *arg)
{
	struct census *census = arg;

	census->online[smp_processor_id()] = fk_cpus_mpidr();
}

static void ask(struct census *census, u64 mpidr)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (census->online[cpu] == mpidr)
			return;
	if (fk_psci_cpu_is_on(census->psci, mpidr))
		census->stuck = true;
}

static void ask_device_tree(struct census *census)
{
	struct device_node *node;

	for_each_of_cpu_node(node) {
		const __be32 *reg = of_get_property(node, "reg", NULL);

		if (reg)
			ask(census, of_read_number(reg, of_n_addr_cells(node)) &
			    MPIDR_HWID_BITMASK);
	}
}

#ifdef CONFIG_ACPI
static void ask_madt(struct census *census)
{
	struct acpi_table_header *table;
	struct acpi_subtable_header *entry;
	void *end;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_MADT, 0, &table))) {
		census->stuck = true;
		return;
	}
	end = (void *)table + table->length;
	for (entry = (void *)table + sizeof(struct acpi_table_madt);
	     (void *)(entry + 1) <= end && entry->length >= sizeof(*entry);
	     entry = (void *)entry + entry->length) {
		struct acpi_madt_generic_interrupt *gicc = (void *)entry;

		if (entry->type == ACPI_MADT_TYPE_GENERIC_INTERRUPT &&
		    (void *)entry + entry->length <= end && (gicc->flags & GICC_NAMES_CPU))
			ask(census, gicc->arm_mpidr & MPIDR_HWID_BITMASK);
	}
	acpi_put_table(table);
}
#else
static void ask_madt(struct census *census)
{
}
#endif

bool fk_cpus_stuck(const struct fk_psci *psci)
{
	struct census census = { .psci = psci };
	unsigned int cpu;

	census.online = kcalloc(nr_cpu_ids, sizeof(*census.online), GFP_KERNEL);
	if (!census.online)
		return true;
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		census.online[cpu] = NO_MPIDR;

	cpus_read_lock();
	on_each_cpu(note_online, &census, 1);
	if (acpi_disabled)
		ask_device_tree(&census);
	else
		ask_madt(&census);
	cpus_read_unlock();

	kfree(census.online);
	return census.stuck;
}
