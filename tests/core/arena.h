/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Physical memory for tables under test: every table is a host allocation of its
 * own, so that the sanitizers see one byte too many; allocations can be made to
 * fail, and the whole can be compared with what it was.
 */
#ifndef ARENA_H
#define ARENA_H

#include "../../module/core/pgtable.h"

#define ARENA_TABLES	2048

/**
 * struct arena - tables at consecutive physical addresses
 * @base: physical address of the first
 * @granule: bytes of each
 * @table: host memory of each, NULL where none is allocated
 * @top: no table of this index or above was ever allocated
 * @live: how many are allocated
 * @fail_at: the allocation that fails, counted from 0; negative: none does
 * @allocs: allocations asked for so far
 * @ram_start: what is_ram() calls memory, half-open
 * @ram_end: its end
 * @hook: called by va() and is_ram(), if set: what another CPU does meanwhile
 * @hook_arg: for @hook
 */
struct arena {
	u64 base;
	u64 granule;
	void *table[ARENA_TABLES];
	unsigned int top;
	unsigned int live;
	long fail_at;
	long allocs;
	u64 ram_start;
	u64 ram_end;
	void (*hook)(struct arena *arena);
	void *hook_arg;
};

/* What fk_pgtable_init() takes; the context is the arena. */
extern const struct fk_pt_ops arena_ops;

/* Begin an arena for tables of one shape, as high as its addresses reach. */
void arena_init(struct arena *arena, const struct fk_pt_geometry *geo);

/* Free what is left; returns how many tables that were. */
unsigned int arena_reset(struct arena *arena);

/* A table by its physical address, which may lie inside it; NULL if there is none. */
u64 *arena_table(struct arena *arena, u64 pa);

/* A zeroed table, and its physical address. */
u64 *arena_alloc(struct arena *arena, u64 *pa);

/* A copy of every table, to compare with; release it with arena_reset() and free(). */
struct arena *arena_snapshot(const struct arena *arena);

/* Are the same tables allocated, with the same contents? */
bool arena_equal(const struct arena *a, const struct arena *b);

#endif /* ARENA_H */
