/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One way from an old kernel to the next one: its world, the relocation page, the
 * descriptor, and the tables and the list that go with it.
 */
#ifndef BARE_CROSSING_H
#define BARE_CROSSING_H

#include "memory.h"
#include "core/tables.h"
#include "world.h"

#define PSCI_SYSTEM_RESET	0x84000009

/**
 * struct crossing - all of it
 * @ops: table memory
 * @world: the old kernel
 * @reloc: relocation page and descriptor
 * @desc_va: where the old kernel has the descriptor's page
 * @tables: what is mapped on the way
 * @linear: the old kernel's linear map, which holds both arenas; all zero without one
 * @ram: what @linear covers
 * @ram_range: room for @ram
 * @regs: what the module would have read from the machine
 * @conduit: FK_CONDUIT_* of the firmware
 * @entry: first instruction of the next kernel
 * @tree: what it gets in x0
 * @only_vhe: the page is told that HCR_EL2.E2H cannot be cleared; with LEVEL_VHE
 */
struct crossing {
	struct fk_pt_ops ops;
	struct world world;
	struct fk_reloc reloc;
	u64 desc_va;
	struct fk_tables tables;
	struct fk_linear linear;
	struct fk_ranges ram;
	struct fk_range ram_range[ARENAS];
	struct fk_reloc_regs regs;
	u64 conduit;
	u64 entry;
	u64 tree;
	bool only_vhe;
};

/**
 * crossing_init() - an old kernel, and memory for page and descriptor
 * @crossing: filled in, but for @tables, @entry and @tree
 * @level: of the old kernel
 * @lower_va_bits: of its lower range, which is empty
 * @old_ops: memory for the old kernel's own tables
 *
 * The conduit is SMC.
 */
void crossing_init(struct crossing *crossing, enum level level, u8 lower_va_bits,
		   const struct fk_pt_ops *old_ops);

/** crossing_va_bits() - size of a lower range that holds both arenas */
u8 crossing_va_bits(void);

/**
 * crossing_build() - tables, list and descriptor as the module makes them
 * @crossing: with @entry and @tree
 * @design: of the tables
 * @moves: as for fk_tables_build()
 * @nr: of them
 */
void crossing_build(struct crossing *crossing, enum fk_design design,
		    const struct fk_move *moves, u64 nr);

/** crossing_random_design() - one for which this old kernel has what it takes */
enum fk_design crossing_random_design(const struct crossing *crossing);

/**
 * crossing_add_linear_map() - give the old kernel one, if its range is large enough
 * @crossing: initialised
 *
 * Some of it is read-only, and some pages are taken out: present, but invalid.
 */
void crossing_add_linear_map(struct crossing *crossing);

/** crossing_place_page() - copy the shipped relocation page to its place, last of all */
void crossing_place_page(struct crossing *crossing);

/**
 * crossing_entry() - address of fk_reloc_enter() in the old kernel, and its argument
 * @crossing: complete
 * @desc_va: out: the descriptor's address there
 */
u64 crossing_entry(const struct crossing *crossing, u64 *desc_va);

/** crossing_start() - registers as the old kernel enters fk_reloc_enter(); others random */
void crossing_start(const struct crossing *crossing, struct guest *guest);

/** crossing_in_code() - is the address in the relocation page, before its vectors? */
bool crossing_in_code(const struct crossing *crossing, u64 address);

/**
 * crossing_expect() - end the test if something is not as it should be
 * @condition: what should be
 *
 * Used where @crossing, @guest, @ending and @call are variables.
 */
#define crossing_expect(condition) do {					\
	if (!(condition)) {						\
		world_explain(&crossing->world, guest, ending, call);	\
		fail("not true: " #condition);				\
	}								\
} while (0)

/** crossing_expect_next() - the fake next kernel was entered as it has to be */
void crossing_expect_next(const struct crossing *crossing, const struct guest *guest,
			  enum ending ending, unsigned int call);

/** crossing_expect_reset() - the relocation page asked PSCI for a reset */
void crossing_expect_reset(const struct crossing *crossing, const struct guest *guest,
			   enum ending ending, unsigned int call);

#endif /* BARE_CROSSING_H */
