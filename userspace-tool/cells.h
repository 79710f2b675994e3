/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers in a device tree (Devicetree Specification 2.2.4).
 */
#ifndef FASTKEXEC_CELLS_H
#define FASTKEXEC_CELLS_H

#include <libfdt.h>
#include <stdint.h>

/**
 * cells_read() - a number of some cells
 * @cell: the first of them, big-endian
 * @cells: how many; of more than two the last two count
 *
 * Return: the number
 */
static inline uint64_t cells_read(const fdt32_t *cell, int cells)
{
	uint64_t value = 0;

	while (cells-- > 0)
		value = value << 32 | fdt32_to_cpu(*cell++);
	return value;
}

#endif /* FASTKEXEC_CELLS_H */
