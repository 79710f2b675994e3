/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SUITE(name) { ... } is a suite: it enters itself into the list that bare_main()
 * looks the argument "suite" up in, and variants.conf says on which machines it runs.
 * A suite that finds something wrong says so with fail() and does not return.
 */
#ifndef BARE_SUITE_H
#define BARE_SUITE_H

#include "world.h"

/**
 * struct suite_run - what a suite is given
 * @level: of the old kernel
 * @seed: of the first round; the next round takes the next one
 * @rounds: how many
 * @free_start: start of memory that nothing else uses
 * @free_end: past its end; less than @free_start if the machine has none
 * @mark: a word of RAM that nothing loads or clears when the machine restarts
 */
struct suite_run {
	enum level level;
	u64 seed;
	u64 rounds;
	u64 free_start;
	u64 free_end;
	volatile u64 *mark;
};

/**
 * struct suite - an entry of the list
 * @offset: from the entry to the function; the image has no absolute addresses
 * @name: NUL-terminated
 */
struct suite {
	s32 offset;
	char name[12];
};

#define SUITE(suite)								\
	static void suite_##suite(const struct suite_run *run)			\
		__attribute__((__used__));					\
	asm(".pushsection .suites, \"a\"\n"					\
	    "	.balign	4\n"							\
	    "1:	.long	suite_" #suite " - 1b\n"				\
	    "	.asciz	\"" #suite "\"\n"					\
	    "	.org	1b + 16\n"						\
	    ".popsection");							\
	static void suite_##suite(const struct suite_run *run)

#endif /* BARE_SUITE_H */
