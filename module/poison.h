/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory with errors that cannot be corrected. Only the running kernel knows of it.
 */
#ifndef FK_POISON_H
#define FK_POISON_H

#include "core/range.h"

/**
 * fk_poison_find() - is there a page that the kernel has found to be bad?
 * @start: first byte, in RAM or not
 * @end: past the last byte
 * @bad: set to the first such page, if there is one
 *
 * The kernel calls such a page poisoned (memory_failure()). Of a huge page of which a
 * part is bad, all is.
 *
 * Context: any; may be called with interrupts off. Looks at the struct page of each
 * page, and takes about a millisecond a gigabyte.
 *
 * Return: true if there is one. False always, on a kernel without CONFIG_MEMORY_FAILURE.
 */
bool fk_poison_find(u64 start, u64 end, struct fk_range *bad);

#endif /* FK_POISON_H */
