// SPDX-License-Identifier: GPL-2.0
/*
 * The order of what the relocation page does to the CPU, which no result shows in an
 * emulator that has neither caches nor a TLB as large as real ones. EL2 traps every
 * write to a translation register and every maintenance instruction at EL1; the
 * monitor checks it against the rules, does it, and lets the page go on.
 */
#include "list.h"
#include "memory.h"
#include "random.h"
#include "console.h"
#include "suite.h"

#define HCR_TPCP		(1ULL << 23)
#define HCR_TPU			(1ULL << 24)
#define HCR_TTLB		(1ULL << 25)
#define HCR_TVM			(1ULL << 26)

#define ESR_CLASS_SYSREG	0x18
#define SYSREG(op0, op1, crn, crm, op2) \
	((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define SYSREG_MASK		0x3ffc1fU
#define SYSREG_RT(esr)		((esr) >> 5 & 0x1f)

#define SCTLR_EL1		SYSREG(3U, 0U, 1U, 0U, 0U)
#define TTBR0_EL1		SYSREG(3U, 0U, 2U, 0U, 0U)
#define TTBR1_EL1		SYSREG(3U, 0U, 2U, 0U, 1U)
#define TCR_EL1			SYSREG(3U, 0U, 2U, 0U, 2U)
#define TLBI_VMALLE1		SYSREG(1U, 0U, 8U, 7U, 0U)
#define DC_CIVAC		SYSREG(1U, 3U, 7U, 14U, 1U)
#define IC_IALLU		SYSREG(1U, 0U, 7U, 5U, 0U)

#define TCR_EPD0		(1ULL << 7)
#define TCR_LOWER		0x000000000000ffbfULL	/* T0SZ, EPD0 and attributes */
#define TCR_UPPER		0x00000000ffbf0000ULL	/* the same of TTBR1 */

#define LINE_MIN		64
#define LINE_SIZES		6	/* 64 bytes to 2 KB, the largest that CTR_EL0 can say */
#define LINES			(ARENA_SIZE / LINE_MIN)

/* A range of one TTBR. */
struct range {
	bool empty;		/* its TTBR holds the table without entries */
	bool disabled;		/* TCR.EPDn: no walks */
	bool flushed;		/* of what was in the TLB when it was last walked, nothing is */
};

static struct trace {
	const struct crossing *crossing;
	struct range lower;
	struct range upper;
	u64 tcr;
	bool mmu_off;
	bool fetches_dropped;	/* since the last line was cleaned */
	bool flushed_after;	/* the MMU went off */
	bool left;		/* an SCTLR other than the old kernel's was the last */
	u64 events;
	bool cleaned[ARENAS][LINES];
} trace;

static struct crossing the_crossing;
static struct image image;

#define rule(condition, text) do {			\
	if (!(condition))				\
		fail("%s (after %lu steps)", text, trace.events);	\
} while (0)

static bool is_walked(const struct range *range)
{
	return !trace.mmu_off && !range->empty && !range->disabled;
}

static void on_ttbr(struct range *range, u64 value)
{
	bool to_empty = value == trace.crossing->reloc.desc->ttbr_empty;

	if (is_walked(range)) {
		rule(to_empty, "tables are exchanged without a break");
		range->flushed = false;
	}
	range->empty = to_empty;
	rule(!is_walked(range) || range->flushed, "tables are installed over an old TLB");
}

/* To forbid walks is a break, too; any other change needs one before it. */
static void on_tcr_range(struct range *range, u64 changed, u64 epd, bool disabled)
{
	if (changed == epd && disabled) {
		if (is_walked(range))
			range->flushed = false;
		range->disabled = true;
		return;
	}
	rule(!is_walked(range) && (range->flushed || trace.mmu_off),
	     "TCR changes a range that is in use");
	range->disabled = disabled;
}

static void on_tcr(u64 value)
{
	u64 changed = value ^ trace.tcr;

	if (changed & TCR_LOWER)
		on_tcr_range(&trace.lower, changed & TCR_LOWER, TCR_EPD0, value & TCR_EPD0);
	if (changed & TCR_UPPER)
		on_tcr_range(&trace.upper, changed & TCR_UPPER, TCR_EPD1, value & TCR_EPD1);
	rule(!(changed & ~(TCR_LOWER | TCR_UPPER)), "TCR changes what belongs to no range");
	trace.tcr = value;
}

static void on_flush(void)
{
	if (!is_walked(&trace.lower))
		trace.lower.flushed = true;
	if (!is_walked(&trace.upper))
		trace.upper.flushed = true;
	trace.flushed_after = trace.mmu_off;
}

/* Where the list's addresses lead; the tables themselves are tried elsewhere. */
static u64 data_pa(u64 va)
{
	const struct fk_tables *tables = &trace.crossing->tables;
	struct fk_pt_walk walk;

	if (fk_pgtable_walk(tables->upper.pages ? &tables->upper : &tables->lower, va, &walk) ||
	    !walk.valid)
		fail("%lx is cleaned, but not mapped", va);
	return walk.pa;
}

/* Cleaned once its contents are what they are to be: one cleaning is enough then. */
static void on_clean(u64 va)
{
	u64 line = data_pa(va) & ~(LINE_MIN - 1ULL);
	unsigned int i;
	u64 wrong = 0;

	rule(!trace.mmu_off, "a line is cleaned with the MMU off");
	trace.fetches_dropped = false;
	for (i = 0; i < ARENAS; i++) {
		if (line - memory_arena(i) < ARENA_SIZE)
			trace.cleaned[i][(line - memory_arena(i)) / LINE_MIN] = true;
	}
	for (i = 0; i < LINE_MIN / 8; i++)
		wrong |= ((u64 *)line)[i] ^ ((u64 *)memory_expect(line))[i];
	rule(!wrong, "a line is cleaned before it is written");
}

static void on_sctlr(u64 value)
{
	trace.left = value == trace.crossing->reloc.desc->sctlr_off;
	if (trace.left) {
		rule(trace.fetches_dropped, "the MMU goes off with old instructions cached");
		trace.mmu_off = true;
		trace.flushed_after = false;
		return;
	}
	rule(value == trace.crossing->world.regime.sctlr, "SCTLR is nobody's");
	rule(!trace.mmu_off || trace.flushed_after, "the MMU goes on with an old TLB");
	trace.mmu_off = false;
}

/* One trapped instruction; false if it is none that the page has a use for. */
static bool step(u64 esr, u64 value)
{
	trace.events++;
	switch (esr & SYSREG_MASK) {
	case TTBR0_EL1:
		on_ttbr(&trace.lower, value);
		write_sysreg(value, ttbr0_el1);
		return true;
	case TTBR1_EL1:
		on_ttbr(&trace.upper, value);
		write_sysreg(value, ttbr1_el1);
		return true;
	case TCR_EL1:
		on_tcr(value);
		write_sysreg(value, tcr_el1);
		return true;
	case TLBI_VMALLE1:
		on_flush();
		asm volatile("tlbi alle1\n\tdsb sy\n\tisb" : : : "memory");
		return true;
	case DC_CIVAC:
		on_clean(value);
		return true;
	case IC_IALLU:
		trace.fetches_dropped = true;
		return true;
	case SCTLR_EL1:
		on_sctlr(value);
		write_sysreg(value, sctlr_el1);
		return true;
	}
	return false;
}

static void run_traced(struct guest *guest, enum ending *ending, unsigned int *call)
{
	u64 esr, rt;

	for (;;) {
		*ending = world_run(guest, WORLD_LONG, call);
		if (*ending != ENDING_CALL || *call != CALL_OLD_EL2 + VECTOR_SYNC_LOWER)
			return;
		esr = read_sysreg(esr_el2);
		rt = SYSREG_RT(esr);
		if (ESR_CLASS(esr) != ESR_CLASS_SYSREG ||
		    !step(esr, rt == 31 ? 0 : guest->x[rt]))
			return;
		guest->pc = read_sysreg(elr_el2) + 4;
		guest->pstate = read_sysreg(spsr_el2);
	}
}

/* Was every line of the memory that was written cleaned? */
static void check_lines(u64 line_size)
{
	unsigned int i, k;
	u64 line, at;

	for (i = 0; i < image.nr; i++) {
		const struct piece *piece = &image.piece[i];

		if (piece->src == piece->dst)
			continue;
		k = piece->dst - memory_arena(0) < ARENA_SIZE ? 0 : 1;
		for (line = piece->dst; line < piece->dst + piece->size; line += line_size) {
			bool cleaned = false;

			for (at = line; at < line + line_size; at += LINE_MIN)
				cleaned |= trace.cleaned[k][(at - memory_arena(k)) / LINE_MIN];
			if (!cleaned)
				fail("the line at %lx was not cleaned", line);
		}
	}
}

static void begin_trace(const struct crossing *crossing)
{
	memset(&trace, 0, sizeof(trace));
	trace.crossing = crossing;
	trace.tcr = crossing->world.regime.tcr;
}

static void rehearse(struct crossing *crossing, const struct list_result *result)
{
	struct fk_descriptor *desc = crossing->reloc.desc;
	struct guest regs;
	struct guest *guest = &regs;
	enum ending ending;
	unsigned int call = 0;

	begin_trace(crossing);
	desc->leave |= FK_LEAVE_RETURN;
	crossing_start(crossing, guest);
	guest->x[30] = image_address(stub_smc) + crossing->world.offset;
	run_traced(guest, &ending, &call);
	desc->leave &= ~(u64)FK_LEAVE_RETURN;

	crossing_expect(ending == ENDING_CALL && call == CALL_DONE);
	crossing_expect(!guest->x[0] == !result->mishap);
	rule(!trace.left, "the old kernel goes on with another SCTLR");
	rule(is_walked(&trace.lower) && is_walked(&trace.upper), "a range stays out of use");
}

static void leave(struct crossing *crossing, bool every_line)
{
	struct guest regs;
	struct guest *guest = &regs;
	enum ending ending;
	unsigned int call = 0;

	begin_trace(crossing);
	crossing_start(crossing, guest);
	run_traced(guest, &ending, &call);
	crossing_expect_next(crossing, guest, ending, call);
	crossing_expect(guest->x[11] == image_sum(&image));
	rule(trace.mmu_off && trace.flushed_after, "the TLB is full when the next kernel starts");
	if (every_line)
		check_lines(crossing->regs.dcache_line);
}

static void do_round(void)
{
	struct list_result result = { .mishap = MISHAP_NONE };
	struct crossing *crossing = &the_crossing;
	bool own_list = random_one_in(3);
	struct fk_pt_ops ops;

	memory_reset();
	memset(crossing, 0, sizeof(*crossing));
	memory_table_ops(&ops);
	image_begin(&image);
	crossing_init(crossing, LEVEL_EL1, geometry_any_va_bits(), &ops);
	crossing_add_linear_map(crossing);
	image_complete(&image, crossing, NULL, 0);
	if (own_list) {
		result = list_build(crossing, &image);
	} else {
		/* Whole pages may be cleaned by larger lines than this CPU's. */
		crossing->regs.dcache_line = LINE_MIN << random_below(LINE_SIZES);
		image_use_module_list(&image, crossing);
	}
	crossing_place_page(crossing);
	crossing->world.hcr_el2 = HCR_TVM | HCR_TTLB | HCR_TPCP | HCR_TPU;
	world_install(&crossing->world);

	rehearse(crossing, &result);
	if (!result.mishap)
		leave(crossing, !own_list);
}

/* The order of maintenance and translation register writes. */
SUITE(trace)
{
	u64 events = 0;
	u64 i;

	if (run->level != LEVEL_EL1)
		fail("only what runs at EL1 with EL2 free can be traced");
	for (i = 0; i < run->rounds; i++) {
		random_seed(run->seed + i);
		do_round();
		events += trace.events;
	}
	say("%lu rounds, %lu traced instructions\n", run->rounds, events);
}
