// SPDX-License-Identifier: GPL-2.0
/*
 * Every register of EL1 and EL2 that this CPU has, at its worst when the relocation page
 * begins: all bits set, all clear, then random. At the next kernel's first instruction
 * each is as at power-on, or exit_rules.c says what it may be and why. A rehearsal before
 * leaves each as it was.
 */
#include "exit_rules.h"
#include "firmware.h"
#include "memory.h"
#include "next_image.h"
#include "random.h"
#include "console.h"
#include "suite.h"

/* Fine-grained traps and the offset of the physical counter: RES0 where there are none. */
#define SCR_FGTEN		(1ULL << 27)
#define SCR_ECVEN		(1ULL << 28)
#define SCR_FGTEN2		(1ULL << 59)

/* Fields of ID registers, and traps that CPTR_EL2 has on a CPU with such a field. */
#define PFR0_SVE		(0xfULL << 32)
#define PFR1_SME		(0xfULL << 24)
#define CPTR_TZ			(1ULL << 8)
#define CPTR_TSM		(1ULL << 12)

/* PSTATE beyond level and masks: NZCV, TCO, DIT, UAO, PAN, ALLINT, SSBS. */
#define PSTATE_WORST		0xf3c03000ULL

enum pattern {
	PATTERN_ONES,
	PATTERN_ZEROES,
	PATTERN_RANDOM,
};

static struct crossing the_crossing;
static struct image image;

static struct sysregs regs;
static u64 at_power_on[SYSREGS_MAX];
static u64 at_worst[SYSREGS_MAX];
static u64 at_exit[SYSREGS_MAX];
static u64 can_change[SYSREGS_MAX];	/* bits, of those that the page resets */
static u64 ever_changed[SYSREGS_MAX];	/* bits that were not as at power-on */
static u64 ever_left[SYSREGS_MAX];	/* the same, for the next kernel */
static u64 ever_wrong[SYSREGS_MAX];	/* bits that were not yet as the next kernel needs them */

static u64 pattern_value(enum pattern pattern)
{
	switch (pattern) {
	case PATTERN_ONES:
		return ~0ULL;
	case PATTERN_ZEROES:
		return 0;
	default:
		return random_u64();
	}
}

static void read_all(u64 *values)
{
	unsigned int i;

	for (i = 0; i < regs.nr; i++)
		values[i] = sysreg_read(regs.id[i]);
}

static void say_register(unsigned int i)
{
	const struct exit_rule *rule = exit_rule_find(regs.id[i]);
	u16 id = regs.id[i];

	say("s%lu_%lu_c%lu_c%lu_%lu (%s): %lx at power-on, %lx at its worst, %lx at the exit\n",
	    (u64)SYSREG_OP0(id), (u64)SYSREG_OP1(id), (u64)SYSREG_CRN(id), (u64)SYSREG_CRM(id),
	    (u64)SYSREG_OP2(id), rule ? rule->name : "no rule", at_power_on[i], at_worst[i],
	    at_exit[i]);
}

/* An old kernel whose own SCTLR and TCR are at their worst, too. */
static void worsen_regime(struct crossing *crossing, enum pattern pattern)
{
	struct regime *regime = &crossing->world.regime;

	regime->sctlr = (regime->sctlr & EXIT_SCTLR_KEPT) |
			(pattern_value(pattern) & ~EXIT_SCTLR_KEPT);
	regime->tcr = (regime->tcr & ~EXIT_TCR_FREE) | (pattern_value(pattern) & EXIT_TCR_FREE);
	/* As this CPU has it: bits that it lacks are not those of the machine. */
	write_sysreg(regime->sctlr, sctlr_el1);
	write_sysreg(regime->tcr, tcr_el1);
	isb();
	regime->sctlr = read_sysreg(sctlr_el1);
	regime->tcr = read_sysreg(tcr_el1);
	crossing->regs.sctlr = regime->sctlr;
	crossing->regs.tcr = regime->tcr;
}

static void worsen_all(enum level level, enum pattern pattern)
{
	unsigned int i;

	if (level != LEVEL_EL1) {
		write_sysreg(read_sysreg(scr_el3) | SCR_FGTEN | SCR_ECVEN | SCR_FGTEN2, scr_el3);
		isb();
	}
	for (i = 0; i < regs.nr; i++) {
		u64 kept = exit_kept(regs.id[i], level);
		u64 value = pattern_value(pattern);

		if (kept == ~0ULL)
			continue;
		if (kept)
			value = (value & ~kept) | (sysreg_read(regs.id[i]) & kept);
		sysreg_write(regs.id[i], value);
	}
	isb();
	read_all(at_worst);
	for (i = 0; i < regs.nr; i++)
		ever_changed[i] |= at_worst[i] ^ at_power_on[i];
}

static void prepare(enum level level, enum pattern pattern)
{
	struct crossing *crossing = &the_crossing;
	struct fk_pt_ops ops;

	memory_reset();
	memset(crossing, 0, sizeof(*crossing));
	memory_table_ops(&crossing->ops);
	ops = crossing->ops;
	image_begin(&image);
	crossing_init(crossing, level, geometry_any_va_bits(), &ops);
	worsen_regime(crossing, pattern);
	crossing->regs.leave |= firmware_leave();
	image_complete(&image, crossing, NULL, 0);
	image_use_module_list(&image, crossing);
	crossing_place_page(crossing);
	crossing->reloc.desc->vbar_el2 = crossing->world.vbar_el2;
	world_install(&crossing->world);
	firmware_disturb(&crossing->world);
	worsen_all(level, pattern);
}

static void start(const struct crossing *crossing, struct guest *guest)
{
	crossing_start(crossing, guest);
	guest->pstate |= PSTATE_WORST;
}

static void expect_all_as_before(void)
{
	unsigned int i;

	read_all(at_exit);
	for (i = 0; i < regs.nr; i++) {
		const struct exit_rule *rule = exit_rule_find(regs.id[i]);

		if (at_exit[i] == at_worst[i] || (rule && rule->moves))
			continue;
		say_register(i);
		fail("a rehearsal changes a register");
	}
}

static void rehearse(struct crossing *crossing)
{
	struct fk_descriptor *desc = crossing->reloc.desc;
	struct guest state, *guest = &state;
	enum ending ending;
	unsigned int call = 0;

	desc->leave |= FK_LEAVE_RETURN;
	start(crossing, guest);
	guest->x[30] = image_address(stub_smc) + crossing->world.offset;
	ending = world_run(guest, WORLD_LONG, &call);
	desc->leave &= ~(u64)FK_LEAVE_RETURN;
	crossing_expect(ending == ENDING_CALL && call == CALL_DONE && !guest->x[0]);
	expect_all_as_before();
}

static void jump(const struct crossing *crossing)
{
	struct guest state, *guest = &state;
	enum ending ending;
	unsigned int call = 0;

	start(crossing, guest);
	ending = world_run(guest, WORLD_LONG, &call);
	crossing_expect_next(crossing, guest, ending, call);
	crossing_expect(guest->x[11] == image_sum(&image));
}

static u64 wrong_bits(unsigned int i, enum level level, u64 value)
{
	const struct exit_seen seen = {
		.id = regs.id[i], .at_power_on = at_power_on[i], .can = can_change[i],
	};

	return exit_wrong(&seen, level, value);
}

static void judge(enum level level)
{
	unsigned int i;

	read_all(at_exit);
	for (i = 0; i < regs.nr; i++) {
		u64 wrong = wrong_bits(i, level, at_exit[i]);

		if (wrong) {
			say_register(i);
			fail("these bits are wrong: %lx", wrong);
		}
		ever_left[i] |= at_exit[i] ^ at_power_on[i];
		ever_wrong[i] |= wrong_bits(i, level, at_worst[i]);
	}
}

/* RES1 in CPTR_EL2 on a CPU without SVE and SME, though QEMU lets them change. */
static u64 reserved_bits(u16 id)
{
	u64 bits = 0;

	if (id != SYSREG_ID(3, 4, 1, 1, 2))
		return 0;
	if (!(read_sysreg(id_aa64pfr0_el1) & PFR0_SVE))
		bits |= CPTR_TZ;
	if (!(read_sysreg(id_aa64pfr1_el1) & PFR1_SME))
		bits |= CPTR_TSM;
	return bits;
}

/* Bits that the CPU lacks, or that are always one, cannot be wrong. */
static void find_what_can_change(enum level level)
{
	unsigned int i;
	u64 value;

	for (i = 0; i < regs.nr; i++) {
		if (!exit_is_reset(regs.id[i], level))
			continue;
		value = sysreg_read(regs.id[i]);
		sysreg_write(regs.id[i], ~value);
		can_change[i] = (sysreg_read(regs.id[i]) ^ value) & ~reserved_bits(regs.id[i]);
		sysreg_write(regs.id[i], value);
	}
}

/* Bits that were right before the page began, and so show nothing. */
static u64 idle_bits(unsigned int i, enum level level)
{
	u64 idle = can_change[i] & ~ever_wrong[i];

	if (!ever_wrong[i])
		return idle;
	if (exit_rule_find(regs.id[i])->moves)
		return 0;
	return idle & ~exit_kept(regs.id[i], level);
}

static void expect_work(enum level level)
{
	unsigned int i;

	for (i = 0; i < regs.nr; i++) {
		if (!idle_bits(i, level))
			continue;
		say_register(i);
		fail("these bits were never wrong before: %lx", idle_bits(i, level));
	}
}

/* Bits that a rule lets be anything, though they are always as at power-on. */
static u64 needless_bits(unsigned int i, enum level level)
{
	const struct exit_rule *rule = exit_rule_find(regs.id[i]);

	if (!rule || exit_is_reset(regs.id[i], level) || (rule->moves && !rule->levels))
		return 0;
	return ever_changed[i] & ~exit_kept(regs.id[i], level) & ~ever_left[i];
}

static void expect_need(enum level level)
{
	unsigned int i;

	for (i = 0; i < regs.nr; i++) {
		if (!needless_bits(i, level))
			continue;
		say_register(i);
		fail("these bits need not be free: %lx", needless_bits(i, level));
	}
}

static void report(u64 rounds)
{
	u64 changed = 0, left = 0;
	unsigned int i;

	for (i = 0; i < regs.nr; i++) {
		changed += !!ever_changed[i];
		left += !!ever_left[i];
	}
	say("%lu rounds, %lu registers, %lu of them made worse, %lu left so\n", rounds,
	    (u64)regs.nr, changed, left);
}

/* Every register at its worst before the jump. */
SUITE(worst)
{
	u64 i;

	sysregs_find(&regs);
	read_all(at_power_on);
	find_what_can_change(run->level);
	for (i = 0; i < run->rounds; i++) {
		random_seed(run->seed + i);
		prepare(run->level, i < PATTERN_RANDOM ? i : PATTERN_RANDOM);
		rehearse(&the_crossing);
		jump(&the_crossing);
		judge(run->level);
	}
	expect_work(run->level);
	expect_need(run->level);
	report(run->rounds);
}
