// SPDX-License-Identifier: GPL-2.0
/*
 * A machine without EL3, where PSCI is QEMU's own: the whole path once, from an old
 * kernel to the next one, at the level where the CPU started; then a fault, which has
 * to restart the machine. RAM outlives the restart, so the program that comes up
 * again finds the mark that it left.
 */
#include "crossing.h"
#include "memory.h"
#include "console.h"
#include "suite.h"

#define MARK_ARRIVED	0x6172726976656421ULL
#define SIZE		(256ULL << 10)

void machine_next(const u64 *x) __attribute__((__noreturn__));

static struct machine {
	enum level level;
	volatile u64 *mark;
	struct crossing crossing;
	u64 src;
} machine;

/* The old kernel's lower range maps this program to itself: it turns the MMU on. */
static void make_lower_range(struct crossing *crossing)
{
	u64 text = image_address(image_start);
	u64 data = image_address(data_start);
	struct fk_pt_geometry geo;
	struct fk_pgtable lower;

	geometry_make(&geo, crossing_va_bits(), false);
	if (fk_pgtable_init(&lower, &geo, &crossing->ops, NULL))
		fail("no lower range");
	world_map_self(&lower, text, data - text, FK_PT_RX);
	world_map_self(&lower, data, image_address(image_end) - data, FK_PT_RW);
	crossing->world.regime.ttbr0 = fk_pgtable_ttbr(&lower);
}

static u64 make_image(struct crossing *crossing)
{
	u64 src = memory_take(SIZE);
	u64 dst = memory_take(SIZE);
	u64 at = SIZE - geometry_page_size();
	struct tree *tree = (struct tree *)(src + at);

	memory_scribble(src, SIZE);
	memcpy((void *)src, next_start, next_end - next_start);
	tree->magic = TREE_MAGIC_VALUE;
	tree->back = image_address(machine_back);
	tree->nr = 1;
	tree->range[0].start = dst;
	tree->range[0].size = SIZE;

	machine.src = src;
	crossing->entry = dst;
	crossing->tree = dst + at;
	return dst;
}

static void __attribute__((__noreturn__)) leave_old_kernel(bool fault)
{
	struct crossing *crossing = &machine.crossing;
	const struct regime *regime = &crossing->world.regime;
	struct fk_pt_ops ops;
	struct fk_move move = { .size = SIZE };
	u64 entry, desc_va;

	memory_table_ops(&ops);
	crossing_init(crossing, machine.level, crossing_va_bits(), &ops);
	if (machine.level == LEVEL_EL1)
		crossing->conduit = FK_CONDUIT_HVC;
	make_lower_range(crossing);
	move.dst_pa = make_image(crossing);
	move.src_pa = machine.src;
	crossing_build(crossing, FK_DESIGN_IDENTITY, &move, 1);
	if (fault)
		((struct fk_copy *)crossing->reloc.desc->list)->dst =
			memory_take(geometry_page_size());	/* which nothing maps */
	crossing_place_page(crossing);
	entry = crossing_entry(crossing, &desc_va);

	if (machine.level == LEVEL_EL2) {
		write_sysreg(HCR_RW, hcr_el2);
		write_sysreg(crossing->world.vbar_el2, vbar_el2);
		write_sysreg(SCTLR_EL2_OFF, sctlr_el2);
		isb();
		regime_drop(regime, entry, desc_va);
	}
	if (machine.level == LEVEL_VHE) {
		write_sysreg(HCR_RW | HCR_E2H | HCR_TGE, hcr_el2);
		isb();
	}
	regime_enter(regime, entry, desc_va);
}

/* The next kernel has arrived, with these registers; see struct tree. */
void machine_next(const u64 *x)
{
	u64 level = machine.level == LEVEL_EL1 ? 1 : 2;
	const u64 *word = (const u64 *)machine.src;
	const u64 *end = (const u64 *)(machine.src + SIZE);
	u64 sum = 0;

	while (word < end) {
		sum += *word++;
		sum = sum << 1 | sum >> 63;
	}
	if (x[0] != machine.crossing.tree || x[1] || x[2] || x[3])
		fail("x0 %lx x1 %lx x2 %lx x3 %lx", x[0], x[1], x[2], x[3]);
	if (x[4] != level << 2)
		fail("at level %lu", x[4] >> 2);
	if (x[5] != (machine.level == LEVEL_EL1 ? FK_SCTLR_MMU_OFF : SCTLR_EL2_OFF))
		fail("SCTLR %lx", x[5]);
	if (x[10] != machine.crossing.entry || x[11] != sum)
		fail("entry %lx, sum %lx, not %lx", x[10], x[11], sum);
	if (*machine.mark == MARK_ARRIVED)
		fail("the next kernel arrived where a fault was due");

	*machine.mark = MARK_ARRIVED;
	memory_reset();
	leave_old_kernel(true);
}

/*
 * From one kernel to the next, and a fault, with real PSCI. Comes to its end after the
 * restart.
 */
SUITE(machine)
{
	machine.level = run->level;
	machine.mark = run->mark;

	switch (*machine.mark) {
	case 0:
		leave_old_kernel(false);
	case MARK_ARRIVED:
		*machine.mark = 0;
		say("the next kernel arrived; a fault restarted the machine\n");
		return;
	}
	fail("the mark is %lx", *machine.mark);
}
