// SPDX-License-Identifier: GPL-2.0
/*
 * Where the kernel was entered. Contract in entry.h.
 */
#include <linux/acpi.h>
#include <linux/interrupt.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/preempt.h>

#include "entry.h"

/* The timer's interrupts, if they have no names, stand in this order (arch_timer.yaml). */
#define NODE_PHYSICAL	1
#define NODE_VIRTUAL	2

/**
 * struct timer - Linux' numbers of the timer's interrupts; 0 if firmware names none
 * @physical: of the physical timer, non-secure
 * @virtual: of the virtual timer
 */
struct timer {
	unsigned int physical;
	unsigned int virtual;
};

static const struct of_device_id timer_match[] = {
	{ .compatible = "arm,armv8-timer" },
	{ .compatible = "arm,armv7-timer" },
	{}
};

static unsigned int node_irq(struct device_node *node, const char *name, int index)
{
	if (of_property_read_bool(node, "interrupt-names"))
		index = of_property_match_string(node, "interrupt-names", name);
	return index < 0 ? 0 : irq_of_parse_and_map(node, index);
}

static void find_in_device_tree(struct timer *timer)
{
	struct device_node *node = of_find_matching_node(NULL, timer_match);

	if (!node)
		return;
	timer->physical = node_irq(node, "phys", NODE_PHYSICAL);
	timer->virtual = node_irq(node, "virt", NODE_VIRTUAL);
	of_node_put(node);
}

#ifdef CONFIG_ACPI
/* The kernel has registered them already, in the same way. */
static unsigned int gtdt_irq(u32 gsi, u32 flags)
{
	int trigger = flags & ACPI_GTDT_INTERRUPT_MODE ? ACPI_EDGE_SENSITIVE :
							  ACPI_LEVEL_SENSITIVE;
	int polarity = flags & ACPI_GTDT_INTERRUPT_POLARITY ? ACPI_ACTIVE_LOW : ACPI_ACTIVE_HIGH;
	int irq = gsi ? acpi_register_gsi(NULL, gsi, trigger, polarity) : 0;

	return max(irq, 0);
}

static void find_in_gtdt(struct timer *timer)
{
	struct acpi_table_header *table;
	const struct acpi_table_gtdt *gtdt;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_GTDT, 0, &table)))
		return;
	gtdt = (const void *)table;
	timer->physical = gtdt_irq(gtdt->non_secure_el1_interrupt, gtdt->non_secure_el1_flags);
	timer->virtual = gtdt_irq(gtdt->virtual_timer_interrupt, gtdt->virtual_timer_flags);
	acpi_put_table(table);
}
#else
static void find_in_gtdt(struct timer *timer)
{
}
#endif

enum fk_entry fk_entry_find(void)
{
	struct timer timer = {};
	bool physical, virtual;

	if (acpi_disabled)
		find_in_device_tree(&timer);
	else
		find_in_gtdt(&timer);
	if (!timer.virtual)
		return FK_ENTRY_UNKNOWN;

	/* Both questions to one CPU. KVM has the virtual one enabled, too. */
	preempt_disable();
	physical = timer.physical && irq_percpu_is_enabled(timer.physical);
	virtual = irq_percpu_is_enabled(timer.virtual);
	preempt_enable();
	if (physical)
		return FK_ENTRY_EL2;
	return virtual ? FK_ENTRY_EL1 : FK_ENTRY_UNKNOWN;
}
