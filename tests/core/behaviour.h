/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One behaviour, checked on every shape: what a test of the table library is. The
 * shape that was at work is named when a check fails.
 */
#ifndef BEHAVIOUR_H
#define BEHAVIOUR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "refwalk.h"
#include "shapes.h"

/* A set of tables with the arena that they live in. */
struct bench {
	struct arena arena;
	struct fk_pgtable pt;
};

/* A cmocka test: @check on a bench of every shape; every table must be freed. */
struct behaviour {
	const char *name;
	void (*check)(struct bench *bench);
};

#define BEHAVIOUR(title, function) \
	{ (title), behaviour_run, NULL, behaviour_teardown, \
	  &(struct behaviour){ (title), (function) } }

void behaviour_run(void **state);
int behaviour_teardown(void **state);

/* A second bench of the same shape, for what is copied from. Freed by bench_free(). */
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
