// SPDX-License-Identifier: GPL-2.0
#include "geometry.h"
#include "memory.h"
#include "random.h"
#include "console.h"

#define BLOCK		(2ULL << 20)
#define PAGES_MAX	(ARENA_SIZE >> 12)
#define STRIDE		4	/* words moved or compared at a time */

static struct arena {
	u64 pa;
	u64 *shadow;
	bool taken[PAGES_MAX];
} arenas[ARENAS];

static unsigned int shift;

/*
 * Whole strides first: most of what is moved is pages. Only where they are aligned: with
 * the MMU off all memory is Device memory.
 */
static size_t strides(u64 addresses, size_t size)
{
	return addresses & 7 ? 0 : size / (8 * STRIDE);
}

void *memcpy(void *to, const void *from, size_t size)
{
	u64 *t = to;
	const u64 *f = from;
	size_t n = strides((u64)to | (u64)from, size);
	u8 *tail;
	const u8 *from_tail;

	for (size -= n * 8 * STRIDE; n; n--, t += STRIDE, f += STRIDE) {
		u64 a = f[0], b = f[1], c = f[2], d = f[3];

		t[0] = a;
		t[1] = b;
		t[2] = c;
		t[3] = d;
	}
	tail = (u8 *)t;
	from_tail = (const u8 *)f;
	while (size--)
		*tail++ = *from_tail++;
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	u64 word = (u8)byte * 0x0101010101010101ULL;
	u64 *t = to;
	size_t n = strides((u64)to, size);
	u8 *tail;

	for (size -= n * 8 * STRIDE; n; n--, t += STRIDE) {
		t[0] = word;
		t[1] = word;
		t[2] = word;
		t[3] = word;
	}
	tail = (u8 *)t;
	while (size--)
		*tail++ = byte;
	return to;
}

static u64 pages(void)
{
	return ARENA_SIZE >> shift;
}

void memory_init(u64 near, u64 far, u64 shadow)
{
	unsigned int i;

	shift = __builtin_ctzl(geometry_page_size());
	for (i = 0; i < ARENAS; i++) {
		arenas[i].pa = i ? far : near;
		arenas[i].shadow = (u64 *)(shadow + i * ARENA_SIZE);
		memory_scribble(arenas[i].pa, ARENA_SIZE);
		memcpy(arenas[i].shadow, (void *)arenas[i].pa, ARENA_SIZE);
	}
	memory_reset();
}

void memory_reset(void)
{
	unsigned int i;

	for (i = 0; i < ARENAS; i++)
		memset(arenas[i].taken, 0, sizeof(arenas[i].taken));
}

static bool is_free(const struct arena *arena, u64 first, u64 nr)
{
	if (first + nr > pages())
		return false;
	while (nr--) {
		if (arena->taken[first + nr])
			return false;
	}
	return true;
}

/* A random place; from there on the first that is free. */
static u64 find(u64 nr, struct arena **where)
{
	bool aligned = nr << shift >= BLOCK && random_one_in(2);
	u64 step = aligned ? BLOCK >> shift : 1;
	u64 start = random_below(pages()) / step * step;
	unsigned int first = random_below(ARENAS);
	unsigned int i;
	u64 page, tries;

	for (i = 0; i < ARENAS; i++) {
		*where = &arenas[(first + i) % ARENAS];
		page = start;
		for (tries = 0; tries < pages(); tries += step) {
			if (is_free(*where, page, nr))
				return page;
			page = page + step < pages() ? page + step : 0;
		}
	}
	fail("the arenas have no room for %lu pages", nr);
}

u64 memory_take(u64 size)
{
	struct arena *arena;
	u64 page = find(size >> shift, &arena);

	memset(&arena->taken[page], true, size >> shift);
	return arena->pa + (page << shift);
}

u64 *memory_find(u64 value)
{
	unsigned int i;
	u64 page;
	u64 *word, *end;

	for (i = 0; i < ARENAS; i++) {
		for (page = 0; page < pages(); page++) {
			if (!arenas[i].taken[page])
				continue;
			word = (u64 *)(arenas[i].pa + (page << shift));
			end = word + (1ULL << shift) / 8;
			for (; word < end; word++) {
				if (*word == value)
					return word;
			}
		}
	}
	return NULL;
}

void memory_scribble(u64 pa, u64 size)
{
	u64 *word = (u64 *)pa;
	u64 *end = (u64 *)(pa + size);
	u64 value = random_u64();
	u64 step = random_u64() | 1;

	for (; word < end; value += step) {
		step ^= step << 7;
		*word++ = value;
	}
}

u64 memory_highest(void)
{
	u64 highest = 0;
	unsigned int i;

	for (i = 0; i < ARENAS; i++) {
		if (arenas[i].pa + ARENA_SIZE - 1 > highest)
			highest = arenas[i].pa + ARENA_SIZE - 1;
	}
	return highest;
}

u64 memory_arena(unsigned int i)
{
	return arenas[i].pa;
}

bool memory_is_arena(u64 pa)
{
	unsigned int i;

	for (i = 0; i < ARENAS; i++) {
		if (pa - arenas[i].pa < ARENA_SIZE)
			return true;
	}
	return false;
}

void memory_note(void)
{
	unsigned int i;
	u64 page;

	for (i = 0; i < ARENAS; i++) {
		for (page = 0; page < pages(); page++) {
			if (arenas[i].taken[page])
				memcpy((u8 *)arenas[i].shadow + (page << shift),
				       (void *)(arenas[i].pa + (page << shift)), 1ULL << shift);
		}
	}
}

void *memory_expect(u64 pa)
{
	unsigned int i;

	for (i = 0; i < ARENAS; i++) {
		if (pa - arenas[i].pa < ARENA_SIZE)
			return (u8 *)arenas[i].shadow + (pa - arenas[i].pa);
	}
	fail("%lx is in no arena", pa);
}

static bool is_same_stride(const u64 *a, const u64 *b)
{
	return !((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]));
}

/* Byte offset of the first difference, or @size. */
static u64 compare(const u64 *a, const u64 *b, u64 size)
{
	u64 words = size / 8;
	u64 i = 0;

	while (i < words && is_same_stride(a + i, b + i))
		i += STRIDE;
	while (i < words && a[i] == b[i])
		i++;
	return i * 8;
}

u64 memory_check(bool all)
{
	unsigned int i;
	u64 page, offset;

	for (i = 0; i < ARENAS; i++) {
		for (page = 0; page < pages(); page++) {
			if (!all && !arenas[i].taken[page])
				continue;
			offset = compare((u64 *)(arenas[i].pa + (page << shift)),
					 arenas[i].shadow + (page << shift) / 8, 1ULL << shift);
			if (offset < 1ULL << shift)
				return arenas[i].pa + (page << shift) + offset;
		}
	}
	return 0;
}

static void *table_alloc(void *ctx, u64 *pa)
{
	(void)ctx;
	*pa = memory_take(1ULL << shift);
	return memset((void *)*pa, 0, 1ULL << shift);
}

static void table_free(void *ctx, u64 pa)
{
	unsigned int i;

	(void)ctx;
	memcpy(memory_expect(pa), (void *)pa, 1ULL << shift);
	for (i = 0; i < ARENAS; i++) {
		if (pa - arenas[i].pa < ARENA_SIZE)
			arenas[i].taken[(pa - arenas[i].pa) >> shift] = false;
	}
}

static void *table_va(void *ctx, u64 pa)
{
	(void)ctx;
	return (void *)pa;
}

static bool is_ram(void *ctx, u64 pa, u64 size)
{
	(void)ctx;
	return memory_is_arena(pa) && memory_is_arena(pa + size - 1);
}

void memory_table_ops(struct fk_pt_ops *ops)
{
	ops->alloc = table_alloc;
	ops->free = table_free;
	ops->va = table_va;
	ops->is_ram = is_ram;
}
