// SPDX-License-Identifier: GPL-2.0
/*
 * The MADT. Contracts in madt.h.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/stddef.h>

#include "madt.h"

#ifdef CONFIG_ACPI

/* ACPI 6.5, table 5.37: enabled; online capable. */
#define GICC_NAMES_CPU	(BIT(0) | BIT(3))

const struct acpi_madt_generic_interrupt *
fk_madt_usable(const struct acpi_subtable_header *entry)
{
	const struct acpi_madt_generic_interrupt *gicc = (const void *)entry;

	if (entry->type != ACPI_MADT_TYPE_GENERIC_INTERRUPT ||
	    entry->length < offsetofend(struct acpi_madt_generic_interrupt, arm_mpidr) ||
	    !(gicc->flags & GICC_NAMES_CPU))
		return NULL;
	return gicc;
}

int fk_madt_walk(int (*look)(const struct acpi_subtable_header *entry, void *arg), void *arg)
{
	const struct acpi_subtable_header *entry;
	struct acpi_table_header *table;
	const void *end;
	int err = 0;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_MADT, 0, &table)))
		return -ENXIO;
	end = (void *)table + table->length;
	for (entry = (void *)table + sizeof(struct acpi_table_madt);
	     !err && (void *)(entry + 1) <= end && entry->length >= sizeof(*entry) &&
	     (void *)entry + entry->length <= end;
	     entry = (void *)entry + entry->length)
		err = look(entry, arg);
	acpi_put_table(table);
	return err;
}

#else

const struct acpi_madt_generic_interrupt *
fk_madt_usable(const struct acpi_subtable_header *entry)
{
	return NULL;
}

int fk_madt_walk(int (*look)(const struct acpi_subtable_header *entry, void *arg), void *arg)
{
	return -ENXIO;
}

#endif
