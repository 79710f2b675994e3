// SPDX-License-Identifier: GPL-2.0
#include "gicv2.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suites.h"

/* Distances from the image's own 2 MB. */
#define NEAR_ARENA	(16ULL << 20)
#define SHADOW		(32ULL << 20)
#define MARK		(64ULL << 20)
#define FREE		(128ULL << 20)

void bare_panic(u64 level) __attribute__((__noreturn__));
void bare_main(u64 level);

void bare_panic(u64 level)
{
	switch (level) {
	case 3:
		fail("exception at EL3: ESR %lx FAR %lx ELR %lx", read_sysreg(esr_el3),
		     read_sysreg(far_el3), read_sysreg(elr_el3));
	case 2:
		fail("exception at EL2: ESR %lx FAR %lx ELR %lx", read_sysreg(esr_el2),
		     read_sysreg(far_el2), read_sysreg(elr_el2));
	default:
		fail("exception at EL1: ESR %lx FAR %lx ELR %lx", read_sysreg(esr_el1),
		     read_sysreg(far_el1), read_sysreg(elr_el1));
	}
}

static const char *must(const char *name)
{
	const char *value = argument(name);

	if (!value)
		fail("no argument %s=", name);
	return value;
}

void bare_main(u64 at_level)
{
	u64 base = image_address(image_start) & ~((2ULL << 20) - 1);
	u64 near = base + NEAR_ARENA;
	u64 far = argument_number("far", near + ARENA_SIZE);
	u64 rounds = argument_number("rounds", 1);
	u64 seed = argument_number("seed", 1);
	enum level level;

	geometry_choose(must("geometry"));
	level = world_level(must("level"));
	random_seed(seed);
	memory_init(near, far, base + SHADOW);

	if (is_same(must("suite"), "machine")) {
		if (at_level != (level == LEVEL_EL1 ? 1 : 2))
			fail("started at EL%lu", at_level);
		suite_machine(level, base + MARK);
		finish(0);
	}
	if (at_level != 3)
		fail("started at EL%lu", at_level);
	gic_init();
	if (is_same(must("suite"), "relocate"))
		suite_relocate(level, seed, rounds);
	else if (is_same(must("suite"), "rehearse"))
		suite_rehearse(level, seed, rounds);
	else if (is_same(must("suite"), "translate"))
		suite_translate(level, base + FREE, argument_number("ram_end", 0), seed, rounds);
	else if (is_same(must("suite"), "trace"))
		suite_trace(level, seed, rounds);
	else if (is_same(must("suite"), "vectors"))
		suite_vectors(level);
	else
		fail("no suite %s", must("suite"));
	finish(0);
}
