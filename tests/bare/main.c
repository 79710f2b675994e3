// SPDX-License-Identifier: GPL-2.0
#include "gicv2.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suite.h"

/* Distances from the image's own 2 MB. */
#define NEAR_ARENA	(16ULL << 20)
#define SHADOW		(32ULL << 20)
#define MARK		(64ULL << 20)
#define FREE		(128ULL << 20)

extern const struct suite suites_start[], suites_end[];

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

static void run_suite(const char *name, const struct suite_run *run)
{
	const struct suite *suite;

	for (suite = suites_start; suite < suites_end; suite++) {
		if (is_same(suite->name, name)) {
			((void (*)(const struct suite_run *))((u64)suite + suite->offset))(run);
			finish(0);
		}
	}
	fail("no suite %s", name);
}

/* With QEMU's own PSCI the program is the old kernel; else it is the firmware, too. */
static u64 first_level(enum level level)
{
	if (!is_same(must("suite"), "machine"))
		return 3;
	return level == LEVEL_EL1 ? 1 : 2;
}

void bare_main(u64 at_level)
{
	u64 base = image_address(image_start) & ~((2ULL << 20) - 1);
	u64 near = base + NEAR_ARENA;
	u64 far = argument_number("far", near + ARENA_SIZE);
	struct suite_run run = {
		.seed = argument_number("seed", 1),
		.rounds = argument_number("rounds", 1),
		.free_start = base + FREE,
		.free_end = argument_number("ram_end", 0),
		.mark = (volatile u64 *)(base + MARK),
	};

	geometry_choose(must("geometry"));
	run.level = world_level(must("level"));
	random_seed(run.seed);
	memory_init(near, far, base + SHADOW);

	if (at_level != first_level(run.level))
		fail("started at EL%lu", at_level);
	if (at_level == 3)
		gic_init();
	run_suite(must("suite"), &run);
}
