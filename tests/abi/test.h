/* SPDX-License-Identifier: GPL-2.0 */
/*
 * TEST("name", "group ...") { ... } is a whole test: it enters itself into the list that
 * main() in abi.c runs from. A test leaves nothing loaded and nothing claimed.
 */
#ifndef ABI_TEST_H
#define ABI_TEST_H

#include <stdbool.h>

/**
 * struct test - one test
 * @name: by which it can be run
 * @groups: words, apart by one space: groups that it belongs to
 * @last: it changes the machine for ever, and comes after the others of its group
 * @run: does it
 * @next: of the list
 */
struct test {
	const char *name;
	const char *groups;
	bool last;
	void (*run)(void);
	struct test *next;
};

/**
 * test_add() - enter a test
 * @test: never freed
 */
void test_add(struct test *test);

/* A name of @kind that no other line of the file has. */
#define TEST_PASTE(kind, line)	kind##_##line
#define TEST_AT(kind, line)	TEST_PASTE(kind, line)
#define TEST_NAME(kind)		TEST_AT(kind, __LINE__)

#define TEST_ENTER(words, of_groups, is_last)				\
	static void TEST_NAME(test)(void);				\
	__attribute__((__constructor__))				\
	static void TEST_NAME(add)(void)				\
	{								\
		static struct test entry = {				\
			.name = words,					\
			.groups = of_groups,				\
			.last = is_last,				\
			.run = TEST_NAME(test),				\
		};							\
									\
		test_add(&entry);					\
	}								\
	static void TEST_NAME(test)(void)

#define TEST(name, groups)	TEST_ENTER(name, groups, false)
#define LAST_TEST(name, groups)	TEST_ENTER(name, groups, true)

#endif /* ABI_TEST_H */
