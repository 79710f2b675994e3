/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Variables of a boot loader's script. A variable may be unknown: it depends on what
 * only the boot loader sees.
 */
#ifndef FASTKEXEC_VARS_H
#define FASTKEXEC_VARS_H

#include <stdbool.h>

#include "next/pool.h"

/**
 * struct var - one variable
 * @next: another one
 * @name: what it is called
 * @value: what it holds
 * @unknown: what it holds cannot be told
 * @exported: a submenu has it, too
 */
struct var {
	struct var *next;
	const char *name;
	const char *value;
	bool unknown;
	bool exported;
};

/**
 * struct vars - all variables
 * @pool: holds them
 * @first: one of them, or NULL
 */
struct vars {
	struct pool *pool;
	struct var *first;
};

/**
 * vars_find() - look for a variable
 * @vars: where
 * @name: what it is called
 *
 * Return: the variable, or NULL if it was never set
 */
struct var *vars_find(const struct vars *vars, const char *name);

/**
 * vars_set() - set a variable
 * @vars: where
 * @name: what it is called
 * @value: what it is to hold
 *
 * Return: the variable, which is known now; NULL without memory
 */
struct var *vars_set(struct vars *vars, const char *name, const char *value);

/**
 * vars_value() - what does a variable hold?
 * @vars: where
 * @name: what it is called
 *
 * Return: its value; "" if it was never set or is unknown
 */
const char *vars_value(const struct vars *vars, const char *name);

/**
 * vars_copy() - the same variables once more
 * @vars: which ones
 * @exported: leave out those that are not exported
 *
 * Return: the copies, of the same pool
 */
struct vars vars_copy(const struct vars *vars, bool exported);

#endif /* FASTKEXEC_VARS_H */
