/* SPDX-License-Identifier: GPL-2.0 */
/*
 * TEST_EACH_SHAPE("words") { ... } is a test of the table library: its body runs on a
 * new bench of every shape. A failure names the shape.
 */
#ifndef BEHAVIOUR_H
#define BEHAVIOUR_H

#include "arena.h"
#include "refwalk.h"
#include "shapes.h"
#include "unit.h"

/* A set of tables with the arena that they live in. */
struct bench {
	struct arena arena;
	struct fk_pgtable pt;
};

/* One test for every shape. */
struct behaviour {
	void (*check)(struct bench *bench);
};

/* A cmocka test: @state is a struct behaviour. Every table must be freed. */
void behaviour_run(void **state);
int behaviour_teardown(void **state);

#define TEST_EACH_SHAPE(words)						\
	static void UNIT_NAME(check)(struct bench *bench);		\
	__attribute__((__constructor__))				\
	static void UNIT_NAME(add)(void)				\
	{								\
		static struct behaviour behaviour = { UNIT_NAME(check) };	\
									\
		unit_add(words, behaviour_run, behaviour_teardown, &behaviour);	\
	}								\
	static void UNIT_NAME(check)(struct bench *bench)

/* A second bench of the same shape, to copy from. Freed by bench_free(). */
struct bench *bench_new(const struct fk_pt_geometry *geo);
void bench_free(struct bench *bench);

/* First virtual address of a shape's range. */
u64 first_va(const struct fk_pt_geometry *geo);

/* Bytes of a page, and of a leaf of @level. */
u64 page_size(const struct fk_pt_geometry *geo);
u64 leaf_size(const struct fk_pt_geometry *geo, int level);

/* Highest level that has leaves and lies in the tables; lowest is 3. */
int top_leaf_level(const struct fk_pt_geometry *geo);

/* The two walkers' word on @va, which must agree, and be free of torn groups. */
struct ref_walk seen(struct bench *bench, u64 va);

/* Nothing at @va; @va may lie outside the range. */
void assert_hole(struct bench *bench, u64 va);

/* Every page of [@va, @va + @size) translates to its part of @pa, with @prot's rights. */
void assert_mapped(struct bench *bench, u64 va, u64 pa, u64 size, enum fk_pt_prot prot);

/* A raw descriptor in tables made by hand; makes the tables above it. */
u64 *desc_at(struct bench *bench, u64 va, int level);

/* A leaf by the book: Normal memory, accessed, of the given rights. */
u64 by_hand(const struct fk_pt_geometry *geo, int level, u64 pa, enum fk_pt_prot prot);

/* Deterministic random numbers. */
u64 random_u64(u64 *state);

#endif /* BEHAVIOUR_H */
