/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an open file shows of its claims and backings: a program maps it and writes
 * contents where they will run, or where they wait to be copied.
 *
 * A file shows them from FASTKEXEC_PLACE on, until a load takes them or they are given
 * back. Then every mapping of them is emptied, in all processes, and each further
 * access ends in SIGBUS (in EFAULT, if the kernel makes it for the program). Nothing can
 * outlive that: page tables are the only reference to the memory. It cannot be pinned
 * (VM_PFNMAP), a child does not inherit it (VM_DONTCOPY), and a page table entry is only
 * made under the lock that guards whether the memory is shown.
 *
 * Memory is cleared before it is shown, a block at a time, once.
 */
#ifndef FK_MAP_H
#define FK_MAP_H

#include <linux/mutex.h>

#include "backing.h"
#include "claim.h"
#include "core/plan.h"

struct file;
struct vm_area_struct;

/**
 * struct fk_view - a claim or a backing that can be mapped
 * @offset: in the file; no view has had it before
 * @start: where its contents will run, physical
 * @size: bytes
 * @backing: what holds it until then; NULL: it is a claim, and runs where it is
 * @cleared: a bit for each block: it may hold contents; else it holds anything
 */
struct fk_view {
	u64 offset;
	u64 start;
	u64 size;
	const struct fk_backing *backing;
	unsigned long *cleared;
};

/**
 * struct fk_map_memory - what an open file has to show
 * @claims: its claims
 * @nr_claims: how many
 * @backings: its backings
 * @nr_backings: how many; with the claims at most FK_PLAN_MAX
 */
struct fk_map_memory {
	const struct fk_claim *claims;
	unsigned int nr_claims;
	const struct fk_backing *backings;
	unsigned int nr_backings;
};

/**
 * struct fk_map - what one open file shows
 * @file: the file
 * @lock: guards all below
 * @shown: whether the views can be reached by a program
 * @nr: how many there are
 * @view: they
 */
struct fk_map {
	struct file *file;
	struct mutex lock;		/* taken with a process's mmap_lock held */
	bool shown;
	unsigned int nr;
	struct fk_view view[FK_PLAN_MAX];
};

/**
 * fk_map_init() - begin with nothing
 * @map: to begin with
 * @file: the file; must outlive @map
 */
void fk_map_init(struct fk_map *map, struct file *file);

/**
 * fk_map_show() - let a file show its memory
 * @map: of the file; shows nothing yet
 * @memory: of the file; what it points to must not be freed before fk_map_forget()
 *
 * Return: 0, or -ENOMEM: nothing is shown then.
 */
int fk_map_show(struct fk_map *map, const struct fk_map_memory *memory);

/**
 * fk_map_offset() - where in the file a piece can be mapped
 * @map: shows it
 * @start: where the piece will run, physical
 *
 * Return: the offset, FASTKEXEC_NO_MAP if it is not shown.
 */
u64 fk_map_offset(const struct fk_map *map, u64 start);

/**
 * fk_map_hide() - take every mapping away
 * @map: may show nothing
 *
 * When it returns, no program and no device can write to the memory through a mapping.
 * What was written stays, and fk_map_settle() finishes it. Sleeps.
 */
void fk_map_hide(struct fk_map *map);

/**
 * fk_map_settle() - clear what no program could write to
 * @map: hidden
 * @start: where it will run, physical; in what was shown
 * @size: bytes
 *
 * Afterwards the @size bytes that will run at @start are what programs have written, and
 * else zero.
 */
void fk_map_settle(const struct fk_map *map, u64 start, u64 size);

/**
 * fk_map_forget() - the memory is not this file's any more
 * @map: may be empty; is empty and hidden afterwards
 */
void fk_map_forget(struct fk_map *map);

/**
 * fk_map_attach() - mmap(2) of a file
 * @map: of the file
 * @vma: what is to become a mapping
 *
 * Return: 0, -EACCES (the file is not open for writing, or the mapping would be
 * executable), -EINVAL (it is private), -EPERM (CAP_SYS_BOOT is missing) or -ENXIO (nothing
 * that is shown holds all of it).
 */
int fk_map_attach(struct fk_map *map, struct vm_area_struct *vma);

#endif /* FK_MAP_H */
