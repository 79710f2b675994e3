/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the next kernel must not touch, as its device tree says it.
 */
#ifndef FASTKEXEC_DTB_KEEPS_H
#define FASTKEXEC_DTB_KEEPS_H

#include <stddef.h>

#include "calls.h"

/**
 * dtb_keeps_room() - how much larger a tree gets
 * @keeps: what must not be touched
 *
 * Return: bytes, at most
 */
size_t dtb_keeps_room(const struct calls_keeps *keeps);

/**
 * dtb_keeps_write() - reserve what must not be touched
 * @tree: a copy of the source, as fdt_open_into() left it
 * @chosen: its node /chosen
 * @keeps: what must not be touched
 *
 * Writes a /memreserve/ for each range that no other one holds. The property
 * fastkexec,keeps of /chosen lists what was written: start and size of each, 64 bits wide.
 * What the source says there comes from an earlier jump, and is dropped first. So a chain
 * of jumps does not pile up reservations.
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_keeps_write(void *tree, int chosen, const struct calls_keeps *keeps);

#endif /* FASTKEXEC_DTB_KEEPS_H */
