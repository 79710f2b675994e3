/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the running kernel says of physical addresses (/proc/iomem).
 */
#ifndef FASTKEXEC_IOMEM_H
#define FASTKEXEC_IOMEM_H

#include "dtb_memory.h"

/**
 * iomem_each() - visit the resources of a name
 * @name: as the kernel has it
 * @visit: called with each range, lowest first
 * @ctx: for @visit
 *
 * Who is not root is shown zeroes, and no range of those is visited.
 *
 * Return: 0, or -1 if the file cannot be read
 */
int iomem_each(const char *name, void (*visit)(void *ctx, const struct dtb_range *range),
	       void *ctx);

#endif /* FASTKEXEC_IOMEM_H */
