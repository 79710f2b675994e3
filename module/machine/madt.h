/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The MADT: ACPI's list of CPUs and interrupt controllers (ACPI 6.5, 5.2.12).
 */
#ifndef FK_MADT_H
#define FK_MADT_H

#include <linux/acpi.h>

/**
 * fk_madt_walk() - look at each entry
 * @look: called for each one that lies in the table; anything but 0 ends the walk
 * @arg: for @look
 *
 * Sleeps.
 *
 * Return: what @look returned last, or -ENXIO without a MADT.
 */
int fk_madt_walk(int (*look)(const struct acpi_subtable_header *entry, void *arg), void *arg);

/**
 * fk_madt_usable() - is this the entry of a CPU that is there?
 * @entry: any entry
 *
 * Return: the entry if it is a GICC, long enough to hold an affinity, that is enabled or
 * may come online later (ACPI 6.5, table 5.37); else NULL. Without either flag the entry
 * may hold anything.
 */
const struct acpi_madt_generic_interrupt *
fk_madt_usable(const struct acpi_subtable_header *entry);

#endif /* FK_MADT_H */
