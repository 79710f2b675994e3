/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A second opinion on translation tables, written from the Arm ARM's tables and
 * sharing no code with module/core/pgtable.c: slow, literal, one case after the other.
 */
#ifndef REFWALK_H
#define REFWALK_H

#include "arena.h"

/**
 * struct ref_walk - what an address translates to
 * @outside: the address is not in the input range
 * @no_table: a table descriptor points where the arena has no table
 * @valid: translates; else it faults at @level
 * @level: where the walk ended
 * @pa: output address
 * @size: bytes of the leaf
 * @hint: the contiguous hint is set
 * @torn: @hint is set where the level has no groups, where the group does not fit
 *	the input range, or on a group that is not whole, aligned and uniform
 * @r: the privileged level may read
 * @w: and write
 * @x: and execute
 * @attrindx: index of the memory type in MAIR
 * @desc: the leaf
 * @last: the last descriptor read, whatever it is
 */
struct ref_walk {
	bool outside;
	bool no_table;
	bool valid;
	int level;
	u64 pa;
	u64 size;
	bool hint;
	bool torn;
	bool r;
	bool w;
	bool x;
	unsigned int attrindx;
	u64 desc;
	u64 last;
};

/* Bit number of the lowest address bit that a level translates. */
int ref_lsb(const struct fk_pt_geometry *geo, int level);

/* The level a walk begins at. */
int ref_first_level(const struct fk_pt_geometry *geo);

/* May the descriptors of a level be blocks, or pages? */
bool ref_has_leaves(const struct fk_pt_geometry *geo, int level);

/* Entries of a contiguous group; 1 where there are none. */
unsigned int ref_group(const struct fk_pt_geometry *geo, int level);

/* An address in the form that descriptors hold it in. */
u64 ref_address(const struct fk_pt_geometry *geo, u64 pa);

/* Index of the entry for @va in its table of @level. */
unsigned int ref_index(const struct fk_pt_geometry *geo, int level, u64 va);

/* Translate @va. */
struct ref_walk ref_walk(struct arena *arena, const struct fk_pt_geometry *geo, u64 root_pa,
			 u64 va);

#endif /* REFWALK_H */
