/* SPDX-License-Identifier: GPL-2.0 */
/*
 * EFI's memory map, as this kernel was given it (UEFI 2.10, 7.2.3; FDT property
 * linux,uefi-mmap-start of /chosen).
 */
#ifndef FK_MEMMAP_H
#define FK_MEMMAP_H

#include <linux/efi.h>
#include <linux/types.h>

#include "core/range.h"

/**
 * struct fk_memmap - the map, while it is read
 * @bytes: of its descriptors
 * @size: how many bytes
 * @step: from one descriptor to the next
 * @version: of the descriptors
 */
struct fk_memmap {
	void *bytes;
	u32 size;
	u32 step;
	u32 version;
};

/**
 * fk_memmap_open() - begin to read the map
 * @map: filled in; needs fk_memmap_close() after success
 *
 * The kernel unmaps it where it has no runtime services; its memory stays reserved. Sleeps.
 *
 * Return: 0, -ENOMEM, or -EOPNOTSUPP (not started by EFI, or a map that cannot be one).
 */
int fk_memmap_open(struct fk_memmap *map);

/**
 * fk_memmap_close() - end reading
 * @map: opened
 */
void fk_memmap_close(struct fk_memmap *map);

/**
 * fk_memmap_next() - one descriptor after the other
 * @map: opened
 * @at: how far that went: 0 at first
 *
 * Return: the descriptor, which is the map's; NULL after the last one.
 */
const efi_memory_desc_t *fk_memmap_next(const struct fk_memmap *map, u32 *at);

/**
 * fk_memmap_range() - where that is
 * @descriptor: of a map
 * @range: takes it; empty if there are no pages
 *
 * Return: 0, or -EOPNOTSUPP if it reaches past what any arm64 machine addresses (52 bits).
 */
int fk_memmap_range(const efi_memory_desc_t *descriptor, struct fk_range *range);

#endif /* FK_MEMMAP_H */
