/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory that a test plays in: two arenas of poison, and a shadow that says what
 * every byte of them ought to be.
 */
#ifndef BARE_MEMORY_H
#define BARE_MEMORY_H

#include "core/pgtable.h"

#define ARENA_SIZE	(8ULL << 20)

/**
 * memory_init() - poison both arenas; pages below are of the chosen geometry
 * @near: start of the first arena; 2 MB-aligned
 * @far: start of the second one; likewise
 * @shadow: room for both
 */
void memory_init(u64 near, u64 far, u64 shadow);

/** memory_reset() - all pages are free again; their contents are the new poison */
void memory_reset(void);

/**
 * memory_take() - pages for a purpose, at a random place
 * @size: bytes; a multiple of the page size
 *
 * Return: their address; does not return if there are none.
 */
u64 memory_take(u64 size);

/** memory_find() - the first word with that value in a page that was taken, or NULL */
u64 *memory_find(u64 value);

/** memory_scribble() - fill with random words */
void memory_scribble(u64 pa, u64 size);

/** memory_highest() - last byte of the arenas */
u64 memory_highest(void);

#define ARENAS		2

/** memory_arena() - where arena 0 or 1 begins */
u64 memory_arena(unsigned int i);

/** memory_is_arena() - is the byte in one of them? */
bool memory_is_arena(u64 pa);

/** memory_note() - what lies in the pages that were taken is what ought to be there */
void memory_note(void);

/**
 * memory_expect() - the byte of the shadow that stands for @pa
 * @pa: in an arena, and all that is accessed through the pointer too
 */
void *memory_expect(u64 pa);

/**
 * memory_check() - compare with the shadow
 * @all: free pages too
 *
 * Return: address of the first word that is not what it ought to be; 0 without one.
 */
u64 memory_check(bool all);

/** memory_table_ops - tables (and list pages) from the arenas, as the module's */
void memory_table_ops(struct fk_pt_ops *ops);

/* The machine's caches: what was written is to be executed, and walked. */
static inline void memory_publish(void)
{
	asm volatile("dsb sy\n\tic iallu\n\tdsb sy\n\tisb" : : : "memory");
}

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);

#endif /* BARE_MEMORY_H */
