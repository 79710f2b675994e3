// SPDX-License-Identifier: GPL-2.0
#include "crossing.h"
#include "firmware.h"
#include "random.h"
#include "console.h"

#define INSN_RT			0x1fU
#define INSN_MRS_MMFR4		0xd5380780U	/* mrs xN, id_aa64mmfr4_el1 */
#define INSN_MOVZ_E2H0		0xd2a1e000U	/* movz xN, #0x0f00, lsl #16 */

/* Offsets in the old kernel's upper range; its image lies below 4 GB. */
#define DESC_WINDOW		(8ULL << 30)
#define DESC_WINDOW_PAGES	1024

/* The linear map has the upper half of it, and begins at a multiple of this. */
#define LINEAR_ALIGN		(1ULL << 30)
#define LINEAR_PART		(1ULL << 20)

u8 crossing_va_bits(void)
{
	struct fk_pt_geometry geo;
	u8 bits;

	geometry_make(&geo, 48, false);
	bits = fk_pgtable_identity_va_bits(&geo, memory_highest());
	if (!bits)
		fail("%lx cannot be mapped to itself", memory_highest());
	return bits;
}

void crossing_init(struct crossing *crossing, enum level level, u8 lower_va_bits,
		   const struct fk_pt_ops *old_ops)
{
	u64 page_size = geometry_page_size();
	struct fk_reloc *reloc = &crossing->reloc;
	struct fk_pgtable *upper = &crossing->world.upper;

	memory_table_ops(&crossing->ops);
	world_init(&crossing->world, level, lower_va_bits, old_ops);

	reloc->page_size = page_size;
	reloc->page_pa = memory_take(page_size);
	reloc->desc_pa = memory_take(page_size);
	reloc->desc = (struct fk_descriptor *)reloc->desc_pa;
	reloc->highest_pa = memory_highest();

	crossing->desc_va = -(1ULL << upper->geo.va_bits) + DESC_WINDOW +
			    random_below(DESC_WINDOW_PAGES) * page_size;
	if (fk_pgtable_map(upper, crossing->desc_va, reloc->desc_pa, page_size, FK_PT_RO))
		fail("the old kernel cannot map the descriptor");

	crossing->regs.tcr = crossing->world.regime.tcr;
	crossing->regs.sctlr = crossing->world.regime.sctlr;
	crossing->regs.dcache_line = 4ULL << (read_sysreg(ctr_el0) >> 16 & 0xf);
	crossing->conduit = FK_CONDUIT_SMC;
	crossing->regs.leave = level == LEVEL_EL2 ? FK_LEAVE_HVC : FK_LEAVE_BRANCH;
}

/* Map a page of memory as the old kernel would, by pages where it says something else. */
static void map_linear(struct crossing *crossing, u64 pa, u64 size, enum fk_pt_prot prot)
{
	int err = fk_pgtable_map(&crossing->world.upper, pa + crossing->linear.offset, pa, size,
				 prot);

	if (err)
		fail("no linear map of %lx: error %lu", pa, (u64)-err);
}

/* Take a page out of the linear map: its descriptor stays, but is not valid. */
static void take_out(struct crossing *crossing, u64 pa)
{
	struct fk_pt_walk walk;
	u64 *desc;

	if (fk_pgtable_walk(&crossing->world.upper, pa + crossing->linear.offset, &walk) ||
	    !walk.valid || walk.contiguous || walk.size != geometry_page_size())
		return;
	desc = memory_find(walk.desc);
	if (!desc)
		fail("the descriptor of %lx is nowhere", pa);
	*desc &= ~1ULL;
}

void crossing_add_linear_map(struct crossing *crossing)
{
	u64 half = 1ULL << (crossing->world.upper.geo.va_bits - 1);
	u64 first = memory_arena(0) < memory_arena(1) ? memory_arena(0) : memory_arena(1);
	u64 base = first & ~(LINEAR_ALIGN - 1);
	u64 page_size = geometry_page_size();
	unsigned int i, n;
	u64 at;

	if (memory_highest() - base >= half)
		return;
	crossing->linear.offset = -half - base;
	crossing->ram.max = ARENAS;
	crossing->ram.range = crossing->ram_range;
	for (i = 0; i < ARENAS; i++) {
		at = memory_arena(i);
		for (n = random_below(4); n; n--) {
			u64 size = (1 + random_below(LINEAR_PART / page_size)) * page_size;

			map_linear(crossing, at, size, n & 1 ? FK_PT_RO : FK_PT_RW);
			at += size;
		}
		map_linear(crossing, at, memory_arena(i) + ARENA_SIZE - at, FK_PT_RW);
		if (fk_ranges_add(&crossing->ram, memory_arena(i), memory_arena(i) + ARENA_SIZE))
			fail("no room for two ranges");
	}
	for (n = random_below(4); n; n--)
		take_out(crossing, memory_arena(0) + random_below(ARENA_SIZE));
	crossing->linear.live = crossing->world.upper;
	crossing->linear.ram = &crossing->ram;
}

enum fk_design crossing_random_design(const struct crossing *crossing)
{
	return FK_DESIGN_IDENTITY + random_below(crossing->linear.ram ? 3 : 2);
}

void crossing_build(struct crossing *crossing, enum fk_design design,
		    const struct fk_move *moves, u64 nr)
{
	struct fk_tables_request request = {
		.design = design,
		.geo = &crossing->world.upper.geo,
		.ops = &crossing->ops,
		.reloc = &crossing->reloc,
		.move = moves,
		.nr_moves = nr,
		.linear = &crossing->linear,
	};
	int err;

	err = fk_tables_build(&crossing->tables, &request);
	if (err)
		fail("fk_tables_build: error %lu", (u64)-err);
	err = fk_tables_check(&crossing->tables, &request);
	if (err)
		fail("fk_tables_check: error %lu", (u64)-err);
	fk_reloc_fill(&crossing->reloc, &crossing->tables, &crossing->regs, crossing->conduit,
		      crossing->entry, crossing->tree);
}

/*
 * There is no such CPU here. Where the page reads ID_AA64MMFR4_EL1, let it find
 * E2H0 < 0 instead.
 */
static void pretend_only_vhe(u32 *insn)
{
	unsigned int i;

	for (i = 0; i < FK_RELOC_VECTORS / sizeof(*insn); i++) {
		if ((insn[i] & ~INSN_RT) == INSN_MRS_MMFR4) {
			insn[i] = INSN_MOVZ_E2H0 | (insn[i] & INSN_RT);
			return;
		}
	}
	fail("the page does not read ID_AA64MMFR4_EL1");
}

void crossing_place_page(struct crossing *crossing)
{
	u64 page_pa = crossing->reloc.page_pa;

	memcpy((void *)page_pa, fk_reloc_start, FK_RELOC_SIZE);
	if (crossing->only_vhe)
		pretend_only_vhe((u32 *)page_pa);
	memcpy(memory_expect(page_pa), (void *)page_pa, FK_RELOC_SIZE);
	if (crossing->world.level == LEVEL_EL2)
		crossing->world.vbar_el2 = page_pa + FK_RELOC_VECTORS;
	memory_publish();
}

u64 crossing_entry(const struct crossing *crossing, u64 *desc_va)
{
	*desc_va = crossing->desc_va + ((u64)crossing->reloc.desc - crossing->reloc.desc_pa);
	return image_address(fk_reloc_enter) + crossing->world.offset;
}

void crossing_start(const struct crossing *crossing, struct guest *guest)
{
	unsigned int i;

	for (i = 0; i < 31; i++)
		guest->x[i] = random_u64();
	guest->pc = crossing_entry(crossing, &guest->x[0]);
	guest->pstate = world_pstate(&crossing->world);
}

bool crossing_in_code(const struct crossing *crossing, u64 address)
{
	return address - crossing->reloc.page_pa < FK_RELOC_VECTORS;
}

/* The last tables were those of the descriptor, as far as leaving EL2 shows it. */
static void expect_regime(const struct crossing *crossing, const struct guest *guest,
			  enum ending ending, unsigned int call)
{
	const struct fk_descriptor *desc = crossing->reloc.desc;
	struct regime regime = world_regime(&crossing->world);

	crossing_expect(regime.ttbr0 == desc->ttbr0);
	crossing_expect(regime.ttbr1 == desc->ttbr1);
	if (crossing->world.level != LEVEL_VHE || crossing->only_vhe) {
		crossing_expect(regime.tcr == desc->tcr_copy);
		crossing_expect(regime.sctlr == desc->sctlr_off);
	}
}

void crossing_expect_next(const struct crossing *crossing, const struct guest *guest,
			  enum ending ending, unsigned int call)
{
	enum level level = crossing->world.level;
	bool as_el1 = level == LEVEL_EL1 || crossing->only_vhe;
	const u64 *x = guest->x;
	const char *wrong;

	crossing_expect(ending == ENDING_CALL && call == CALL_NEXT);
	crossing_expect(x[0] == crossing->tree && !x[1] && !x[2] && !x[3]);
	crossing_expect(x[4] == (level == LEVEL_EL1 ? 1 << 2 : 2 << 2));
	crossing_expect(x[5] == (as_el1 ? FK_SCTLR_MMU_OFF : SCTLR_EL2_OFF));
	crossing_expect(x[7] == crossing->reloc.page_pa + FK_RELOC_VECTORS);
	crossing_expect(x[8] == PSTATE_DAIF);
	crossing_expect(x[10] == crossing->entry);
	expect_regime(crossing, guest, ending, call);
	wrong = firmware_wrong(crossing);
	if (wrong)
		fail("%s is not as firmware leaves it", wrong);
}

void crossing_expect_reset(const struct crossing *crossing, const struct guest *guest,
			   enum ending ending, unsigned int call)
{
	struct fault hvc;

	crossing_expect(ending == ENDING_CALL);
	crossing_expect(guest->x[0] == PSCI_SYSTEM_RESET);
	if (crossing->conduit == FK_CONDUIT_SMC) {
		crossing_expect(call == CALL_RELOCATION);
		crossing_expect(crossing_in_code(crossing, guest->pc));
		return;
	}
	hvc = world_fault(&crossing->world, true);
	crossing_expect(call == CALL_OLD_EL2 + VECTOR_SYNC_LOWER);
	crossing_expect(ESR_CLASS(hvc.esr) == ESR_CLASS_HVC);
	crossing_expect(crossing_in_code(crossing, hvc.elr));
}
