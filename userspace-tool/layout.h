/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the pieces of the next kernel go: what the arm64 boot protocol demands of
 * their places, and what follows from the places that were found.
 */
#ifndef FASTKEXEC_LAYOUT_H
#define FASTKEXEC_LAYOUT_H

#include <linux/fastkexec.h>

#include "boot.h"

/* Kernel, initrd, the kernel of Xen's guest, and device tree. */
#define LAYOUT_MAX	4

/**
 * struct layout - the places of one next kernel
 * @nr: how many pieces there are
 * @nr_asked: how many of them, the first ones, FASTKEXEC_PLACE is asked for; may be 0.
 *	What goes to one address alone comes last, and is not asked for.
 * @piece: what FASTKEXEC_PLACE is asked, and answers, the most demanding first; @role
 *	says what each is
 * @lead: bytes of the kernel's piece before the kernel's first one: not zero where
 *	the running kernel's pages are larger than its first byte's place allows
 * @entry_offset: bytes from the kernel's first one to where it starts
 */
struct layout {
	unsigned int nr;
	unsigned int nr_asked;
	struct fastkexec_piece piece[LAYOUT_MAX];
	uint64_t lead;
	uint64_t entry_offset;
};

/**
 * layout_plan() - sizes, alignments, roles and order
 * @layout: takes them; addresses are zero
 * @boot: what is to be placed
 * @info: what the module says of this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int layout_plan(struct layout *layout, const struct boot *boot,
		const struct fastkexec_info *info);

/**
 * layout_check() - whether the places that the module found will do
 * @layout: with the addresses filled in
 * @boot: as planned
 *
 * Return: 0, or -1 after having said what was wrong
 */
int layout_check(const struct layout *layout, const struct boot *boot);

/**
 * layout_apply() - tell the pieces where they will be
 * @layout: with the addresses filled in
 * @boot: as planned; the device tree learns where the initrd is, and the kernel's
 *	contents get @lead bytes before them
 *
 * Return: 0, or -1 after having said what was wrong
 */
int layout_apply(const struct layout *layout, struct boot *boot);

/**
 * layout_entry() - where the kernel begins
 * @layout: as placed
 *
 * Return: physical address of its first instruction
 */
uint64_t layout_entry(const struct layout *layout);

/**
 * layout_address() - where a piece begins
 * @layout: as placed
 * @role: which piece
 *
 * Return: its physical address, 0 if there is no such piece
 */
uint64_t layout_address(const struct layout *layout, enum fastkexec_role role);

/**
 * layout_piece() - the piece of a role
 * @layout: as placed
 * @role: which piece
 *
 * Return: it; NULL if there is no such piece
 */
const struct fastkexec_piece *layout_piece(const struct layout *layout,
					   enum fastkexec_role role);

/**
 * layout_segments() - what FASTKEXEC_LOAD is given
 * @layout: as placed
 * @boot: after layout_apply()
 * @segments: takes @layout->nr segments, which point to what @boot holds
 */
void layout_segments(const struct layout *layout, const struct boot *boot,
		     struct fastkexec_segment segments[]);

#endif /* FASTKEXEC_LAYOUT_H */
