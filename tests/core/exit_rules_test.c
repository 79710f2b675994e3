// SPDX-License-Identifier: GPL-2.0
/*
 * The judge of the registers at the next kernel's first instruction, which tests/bare asks.
 */
#include "unit.h"
#include "../bare/exit_rules.c"

/* What the CPU can change, and what a register was at power-on. */
static const uint64_t patterns[] = {
	0, ~0ULL, 0x5555555555555555ULL, 0x00ff00ff0ff0f0f0ULL,
};

static u64 right_value(const struct exit_rule *rule, u64 at_power_on)
{
	return (at_power_on & rule->as_before) | (rule->reset & ~rule->as_before);
}

/* Of @value, which is right, each bit alone is wrong if it is one of @claimed. */
static void try_each_bit(const struct exit_seen *seen, enum level level, u64 value, u64 claimed)
{
	unsigned int i;

	assert_int_equal(exit_wrong(seen, level, value), 0);
	for (i = 0; i < 64; i++)
		assert_int_equal(exit_wrong(seen, level, value ^ 1ULL << i), claimed & 1ULL << i);
}

static void try_rule(const struct exit_rule *rule, const struct exit_seen *seen)
{
	enum level level;

	for (level = LEVEL_EL1; level <= LEVEL_VHE; level++) {
		if (rule->levels & 1 << level)
			try_each_bit(seen, level, right_value(rule, seen->at_power_on), seen->can);
		else
			try_each_bit(seen, level, seen->at_power_on, 0);
	}
}

/* Call @try for each pattern of bits that can change, and of bits at power-on. */
static void each_pattern(u16 id, void (*try)(const struct exit_rule *, const struct exit_seen *))
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(patterns) * ARRAY_SIZE(patterns); i++) {
		const struct exit_seen seen = {
			.id = id,
			.at_power_on = patterns[i / ARRAY_SIZE(patterns)],
			.can = patterns[i % ARRAY_SIZE(patterns)],
		};

		try(exit_rule_find(id), &seen);
	}
}

static void try_no_rule(const struct exit_rule *rule, const struct exit_seen *seen)
{
	assert_null(rule);
	try_each_bit(seen, LEVEL_EL1, seen->at_power_on, ~0ULL);
	try_each_bit(seen, LEVEL_VHE, seen->at_power_on, ~0ULL);
}

TEST("each bit of a register that the page resets is judged, if the CPU can change it")
{
	const struct exit_rule *rule;
	unsigned int i;

	for (i = 0; (rule = exit_rule_at(i)); i++) {
		each_pattern(rule->first, try_rule);
		if (rule->last)
			each_pattern(rule->last, try_rule);
	}
}

TEST("each bit of a register without a rule is judged")
{
	each_pattern(ID(3, 0, 0, 0, 0), try_no_rule);	/* MIDR_EL1 */
	each_pattern(ID(3, 0, 1, 0, 4), try_no_rule);
}

TEST("no rule hides another one")
{
	const struct exit_rule *rule;
	unsigned int i;

	for (i = 0; (rule = exit_rule_at(i)); i++)
		assert_ptr_equal(exit_rule_find(rule->first), rule);
}

/* One of several is read with the value of one alone. */
TEST("a rule about a register that the page resets is about one alone")
{
	const struct exit_rule *rule;
	unsigned int i;

	for (i = 0; (rule = exit_rule_at(i)); i++) {
		assert_true(rule->levels ? !rule->last : !rule->reset && !rule->as_before);
		assert_true(!rule->last || rule->last > rule->first);
	}
}
