// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

static void *xalloc(u64 size)
{
	void *memory = aligned_alloc(size, size);

	if (!memory) {
		perror("aligned_alloc");
		abort();
	}
	return memory;
}

void arena_init(struct arena *arena, const struct fk_pt_geometry *geo)
{
	memset(arena, 0, sizeof(*arena));
	arena->granule = 1ULL << geo->granule_shift;
	arena->base = (1ULL << geo->pa_bits) - ARENA_TABLES * arena->granule;
	arena->fail_at = -1;
	arena->ram_end = 1ULL << geo->pa_bits;
}

unsigned int arena_reset(struct arena *arena)
{
	unsigned int left = arena->live;
	unsigned int i;

	for (i = 0; i < arena->top; i++) {
		free(arena->table[i]);
		arena->table[i] = NULL;
	}
	arena->live = 0;
	return left;
}

u64 *arena_table(struct arena *arena, u64 pa)
{
	u64 index = (pa - arena->base) / arena->granule;

	if (pa < arena->base || index >= ARENA_TABLES || !arena->table[index])
		return NULL;
	return (u64 *)((char *)arena->table[index] + (pa & (arena->granule - 1)));
}

u64 *arena_alloc(struct arena *arena, u64 *pa)
{
	unsigned int i = 0;

	while (arena->table[i]) {
		if (++i == ARENA_TABLES) {
			fprintf(stderr, "arena: out of tables\n");
			abort();
		}
	}
	arena->table[i] = xalloc(arena->granule);
	memset(arena->table[i], 0, arena->granule);
	arena->live++;
	if (arena->top <= i)
		arena->top = i + 1;
	*pa = arena->base + i * arena->granule;
	return arena->table[i];
}

static void *ops_alloc(void *ctx, u64 *pa)
{
	struct arena *arena = ctx;

	if (arena->allocs++ == arena->fail_at)
		return NULL;
	return arena_alloc(arena, pa);
}

static void ops_free(void *ctx, u64 pa)
{
	struct arena *arena = ctx;
	u64 index = (pa - arena->base) / arena->granule;

	if ((pa & (arena->granule - 1)) || !arena_table(arena, pa)) {
		fprintf(stderr, "arena: no table at 0x%llx to free\n", (unsigned long long)pa);
		abort();
	}
	free(arena->table[index]);
	arena->table[index] = NULL;
	arena->live--;
}

static void *ops_va(void *ctx, u64 pa)
{
	struct arena *arena = ctx;

	if (arena->hook)
		arena->hook(arena);
	return arena_table(arena, pa);
}

static bool ops_is_ram(void *ctx, u64 pa, u64 size)
{
	struct arena *arena = ctx;

	if (arena->hook)
		arena->hook(arena);
	return pa >= arena->ram_start && pa < arena->ram_end && size <= arena->ram_end - pa;
}

const struct fk_pt_ops arena_ops = {
	.alloc = ops_alloc,
	.free = ops_free,
	.va = ops_va,
	.is_ram = ops_is_ram,
};

struct arena *arena_snapshot(const struct arena *arena)
{
	struct arena *copy = malloc(sizeof(*copy));
	unsigned int i;

	if (!copy) {
		perror("malloc");
		abort();
	}
	*copy = *arena;
	for (i = 0; i < arena->top; i++) {
		if (!arena->table[i])
			continue;
		copy->table[i] = xalloc(arena->granule);
		memcpy(copy->table[i], arena->table[i], arena->granule);
	}
	return copy;
}

bool arena_equal(const struct arena *a, const struct arena *b)
{
	unsigned int top = a->top > b->top ? a->top : b->top;
	unsigned int i;

	for (i = 0; i < top; i++) {
		if (!a->table[i] != !b->table[i])
			return false;
		if (a->table[i] && memcmp(a->table[i], b->table[i], a->granule))
			return false;
	}
	return true;
}
