// SPDX-License-Identifier: GPL-2.0
/*
 * R12: how often the copier and the walker read a live descriptor.
 *
 * The compiler instruments pgtable.c as for ThreadSanitizer, which announces
 * every load and store; the functions it calls are ours, and count. So what is
 * counted is what the optimiser left, not what the source says.
 */
#include "behaviour.h"

#define MAX_SEEN	(1U << 16)

static struct arena *watched;
static unsigned int reads[MAX_SEEN];
static const void *address[MAX_SEEN];
static unsigned int nr_seen;
static unsigned int writes;

static bool in_watched(const void *at)
{
	unsigned int i;

	for (i = 0; watched && i < ARENA_TABLES && watched->table[i]; i++) {
		if ((const char *)at >= (const char *)watched->table[i] &&
		    (const char *)at < (const char *)watched->table[i] + watched->granule)
			return true;
	}
	return false;
}

static void count_read(const void *at)
{
	unsigned int i;

	if (!in_watched(at))
		return;
	for (i = 0; i < nr_seen && address[i] != at; i++)
		;
	if (i == nr_seen) {
		assert_true(nr_seen < MAX_SEEN);
		address[nr_seen++] = at;
	}
	reads[i]++;
}

static void count_write(const void *at)
{
	if (in_watched(at))
		writes++;
}

#define TSAN_ACCESS(size) \
	void __tsan_read##size(void *at); \
	void __tsan_write##size(void *at); \
	void __tsan_volatile_read##size(void *at); \
	void __tsan_unaligned_read##size(void *at); \
	void __tsan_unaligned_write##size(void *at); \
	void __tsan_read_write##size(void *at); \
	void __tsan_read##size(void *at) { count_read(at); } \
	void __tsan_write##size(void *at) { count_write(at); } \
	void __tsan_volatile_read##size(void *at) { count_read(at); } \
	void __tsan_unaligned_read##size(void *at) { count_read(at); } \
	void __tsan_unaligned_write##size(void *at) { count_write(at); } \
	void __tsan_read_write##size(void *at) { count_read(at); count_write(at); }

TSAN_ACCESS(1)
TSAN_ACCESS(2)
TSAN_ACCESS(4)
TSAN_ACCESS(8)
TSAN_ACCESS(16)

void __tsan_init(void);
void __tsan_func_entry(void *pc);
void __tsan_func_exit(void);
void __tsan_read_range(void *at, unsigned long size);
void __tsan_write_range(void *at, unsigned long size);
void *__tsan_memcpy(void *to, const void *from, unsigned long size);
void *__tsan_memset(void *to, int byte, unsigned long size);

void __tsan_init(void) { }
void __tsan_func_entry(void *pc) { (void)pc; }
void __tsan_func_exit(void) { }

void __tsan_read_range(void *at, unsigned long size)
{
	(void)size;
	count_read(at);
}

void __tsan_write_range(void *at, unsigned long size)
{
	(void)size;
	count_write(at);
}

void *__tsan_memcpy(void *to, const void *from, unsigned long size)
{
	count_read(from);
	count_write(to);
	return memcpy(to, from, size);
}

void *__tsan_memset(void *to, int byte, unsigned long size)
{
	count_write(to);
	return memset(to, byte, size);
}

static void watch(struct arena *arena)
{
	memset(reads, 0, sizeof(reads));
	nr_seen = 0;
	writes = 0;
	watched = arena;
}

static void assert_read_once(unsigned int at_least)
{
	unsigned int i;

	watched = NULL;
	assert_true(nr_seen >= at_least);
	for (i = 0; i < nr_seen; i++)
		assert_int_equal(reads[i], 1);
	assert_int_equal(writes, 0);
}

/* Leaves of every level, a group, an invalid page, and holes. */
static struct bench *live_bench(const struct fk_pt_geometry *geo)
{
	struct bench *live = bench_new(geo);
	u64 page = page_size(geo);
	unsigned int i;
	int level;

	for (level = top_leaf_level(geo); level <= 3; level++)
		*desc_at(live, first_va(geo) + leaf_size(geo, level), level) =
			by_hand(geo, level, 2 * leaf_size(geo, level), FK_PT_RO);
	for (i = 0; i < ref_group(geo, 3); i++)
		*desc_at(live, first_va(geo) + (i + ref_group(geo, 3)) * page, 3) =
			by_hand(geo, 3, i * page, FK_PT_RO) | 1ULL << 52;
	*desc_at(live, first_va(geo) + 3 * page, 3) = by_hand(geo, 3, page, FK_PT_RW) & ~1ULL;
	return live;
}

TEST_EACH_SHAPE("R12: copying reads every live descriptor once")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = live_bench(geo);
	u64 size = 2 * leaf_size(geo, top_leaf_level(geo));
	u64 page = page_size(geo);

	if (top_leaf_level(geo) == 3)
		size = 1ULL << geo->va_bits;

	/* Into empty tables, into full ones, and a part that cuts a block. */
	watch(&live->arena);
	assert_int_equal(fk_pgtable_copy(&bench->pt, &live->pt, first_va(geo), size,
					 FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID), 0);
	assert_read_once(2 * ref_group(geo, 3));
	watch(&live->arena);
	assert_int_equal(fk_pgtable_copy(&bench->pt, &live->pt, first_va(geo), size,
					 FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID), 0);
	assert_read_once(2 * ref_group(geo, 3));
	watch(&live->arena);
	assert_int_equal(fk_pgtable_copy(&bench->pt, &live->pt,
					 first_va(geo) + size / 2 + page, page,
					 FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID), 0);
	assert_read_once(1);
	bench_free(live);
}

TEST_EACH_SHAPE("R12: walking reads every descriptor once")
{
	const struct fk_pt_geometry *geo = &bench->pt.geo;
	struct bench *live = live_bench(geo);
	struct fk_pt_walk walk;

	watch(&live->arena);
	assert_int_equal(fk_pgtable_walk(&live->pt, first_va(geo) + page_size(geo), &walk), 0);
	assert_read_once((unsigned int)(4 - ref_first_level(geo)));
	assert_true(walk.valid);
	bench_free(live);
}
