/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Allocations that fail on purpose. Only in a build for tests (FASTKEXEC_INJECT=y).
 */
#ifndef FK_INJECT_H
#define FK_INJECT_H

#include <linux/types.h>

#ifdef FK_INJECT
/**
 * fk_inject_fails() - does the next allocation fail?
 *
 * Counts its calls. The parameters of inject.c say which of them are told to fail.
 *
 * Return: true if the caller must fail as if there were no memory.
 */
bool fk_inject_fails(void);
#else
static inline bool fk_inject_fails(void)
{
	return false;
}
#endif

/**
 * FK_MAY_FAIL() - an allocation, or its failure
 * @allocation: an expression that allocates; not evaluated if it is to fail
 * @failure: its value then
 *
 * Return: the value of @allocation or @failure.
 */
#define FK_MAY_FAIL(allocation, failure)	(fk_inject_fails() ? (failure) : (allocation))

#endif /* FK_INJECT_H */
