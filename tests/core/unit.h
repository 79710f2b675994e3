/* SPDX-License-Identifier: GPL-2.0 */
/*
 * TEST("words that say the behaviour") { ... } is a whole test: it enters itself into
 * the list that main() in unit.c runs with cmocka.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Enter a test: @run, then @teardown unless that is NULL; both are given @state. */
void unit_add(const char *words, CMUnitTestFunction run, CMFixtureFunction teardown,
	      void *state);

/* A name of @kind that no other line of the file has. */
#define UNIT_PASTE(kind, line)	kind##_##line
#define UNIT_AT(kind, line)	UNIT_PASTE(kind, line)
#define UNIT_NAME(kind)		UNIT_AT(kind, __LINE__)

#define TEST(words)							\
	static void UNIT_NAME(test)(void **state);			\
	__attribute__((__constructor__))				\
	static void UNIT_NAME(add)(void)				\
	{								\
		unit_add(words, UNIT_NAME(test), NULL, NULL);		\
	}								\
	static void UNIT_NAME(test)(void **state __attribute__((__unused__)))

#endif /* UNIT_H */
