/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers that depend on the seed alone, so that a failure can be run again.
 */
#ifndef BARE_RANDOM_H
#define BARE_RANDOM_H

#include "core/types.h"

/** random_seed() - begin a sequence */
void random_seed(u64 seed);

/** random_current_seed() - what the sequence began with */
u64 random_current_seed(void);

/** random_u64() - the next number, each one as likely as any other */
u64 random_u64(void);

/** random_below() - a number from 0 to @limit - 1 */
static inline u64 random_below(u64 limit)
{
	return random_u64() % limit;
}

/** random_one_in() - true once in @n times */
static inline bool random_one_in(u64 n)
{
	return !random_below(n);
}

#endif /* BARE_RANDOM_H */
