/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that the next kernel may be put into.
 */
#ifndef FK_RAM_H
#define FK_RAM_H

#include "core/range.h"

/**
 * struct fk_ram - a snapshot of the memory map
 * @usable: System RAM that the next kernel will know and that nothing but the old
 *	kernel needs
 * @system: all System RAM that is online, whoever added it
 * @end: past the last byte of System RAM, offline or not
 */
struct fk_ram {
	struct fk_ranges usable;
	struct fk_ranges system;
	u64 end;
};

/**
 * fk_ram_read() - take the snapshot
 * @ram: filled in; free with fk_ram_free()
 *
 * Usable is what the resource tree calls "System RAM", less each child but the
 * old kernel's own code and data (firmware tables, LPI tables, a crash kernel's
 * memory, ...), less what no boot-time memory map told of (hot-added memory) and
 * less what is offline.
 *
 * Return: 0 or -ENOMEM (also if the map has more ranges than there is room for).
 */
int fk_ram_read(struct fk_ram *ram);

/**
 * fk_ram_spares() - can the machine do without so much more memory?
 * @pages: of the running kernel's size
 *
 * Taking the last pages would leave the others (the caller's own page faults among
 * them) to the OOM killer: an image is not worth a process.
 *
 * Return: true if 32 MB and more stay available then.
 */
bool fk_ram_spares(u64 pages);

/**
 * fk_ram_free() - forget the snapshot
 * @ram: may be all zero
 */
void fk_ram_free(struct fk_ram *ram);

#endif /* FK_RAM_H */
