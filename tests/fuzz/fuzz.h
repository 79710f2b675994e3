/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fuzzers of tables share: reading choices from the input, and comparing the two
 * walkers.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <string.h>

#include "../core/arena.h"
#include "../core/model.h"
#include "../core/refwalk.h"
#include "../core/shapes.h"
#include "input.h"

/* Zeroes once the input has ended. */
u8 take_u8(struct input *input);
u64 take_u64(struct input *input);
bool has_more(const struct input *input);

/* A shape, the indirect permissions of its own where it has any. */
struct fk_pt_geometry take_geometry(struct input *input);

/* An address in the first 4 or the last 4 leaves of some level, to the page. */
u64 take_va(struct input *input, const struct fk_pt_geometry *geo);

/* What both walkers say of @va; they must agree. */
struct ref_walk agree(struct arena *arena, const struct fk_pgtable *pt, u64 va);

u64 range_start(const struct fk_pt_geometry *geo);
u64 range_bytes(const struct fk_pt_geometry *geo);

#endif /* FUZZ_H */
