/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that the next kernel may be put into.
 */
#ifndef FK_RAM_H
#define FK_RAM_H

#include <linux/sizes.h>

#include "core/range.h"
#include "keep.h"

/*
 * How much memory a load may take. The rest of the policy is the tool's: how much of
 * what is available it unpacks into.
 */

/** FK_LEFT_TO_OTHERS - bytes that stay available to the running kernel and its programs */
#define FK_LEFT_TO_OTHERS	SZ_32M

/**
 * FK_NEEDED_BY_JUMP - bytes that a claim leaves for the rest of the image: tables, the
 * relocation page, lists
 */
#define FK_NEEDED_BY_JUMP	SZ_4M

/**
 * struct fk_ram - a snapshot of the memory map
 * @usable: System RAM that the next kernel will know and may use
 * @system: all System RAM that is online, added later or not
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
 * @keeps: what the next kernel must not touch
 *
 * Usable memory is what the resource tree calls "System RAM", without
 * - its children (firmware tables, LPI tables, a crash kernel's memory, ...), except the
 *   old kernel's own code and data and the memory of an initrd that was freed;
 * - memory that the boot-time memory map does not hold (hot-added memory); that of the
 *   memory map which this kernel was given later counts (later.h);
 * - memory that is offline;
 * - @keeps.
 *
 * Return: 0, -ENOMEM (the map has more ranges than there is memory, or patience, to
 * take note of: 65536) or -EOPNOTSUPP (the resource tree cannot be read).
 */
int fk_ram_read(struct fk_ram *ram, const struct fk_keeps *keeps);

/**
 * fk_ram_spares() - can the machine do without so much more memory?
 * @pages: of the running kernel's size
 *
 * A load that takes the last pages makes the OOM killer kill a process; the caller's
 * own page faults need pages too.
 *
 * Return: true if at least FK_LEFT_TO_OTHERS stay available then.
 */
bool fk_ram_spares(u64 pages);

/**
 * fk_ram_free() - forget the snapshot
 * @ram: may be all zero
 */
void fk_ram_free(struct fk_ram *ram);

#endif /* FK_RAM_H */
