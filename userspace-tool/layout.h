/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the pieces of the next kernel demand of their places, as the arm64 boot
 * protocol has it (Documentation/arch/arm64/booting.rst in the kernel).
 */
#ifndef FASTKEXEC_LAYOUT_H
#define FASTKEXEC_LAYOUT_H

#include <linux/fastkexec.h>

#include "blob.h"
#include "formats/format.h"

/* Kernel and initrd lie inside this much, beginning at a multiple of 1 GiB. */
#define LAYOUT_WINDOW	(32ULL << 30)

/* A device tree is no larger, and the next kernel maps it by blocks of this size. */
#define LAYOUT_DTB_MAX	(2UL << 20)

/**
 * struct layout - the places of one next kernel
 * @nr: how many pieces there are
 * @piece: what FASTKEXEC_PLACE is asked, and answers; the kernel is the first,
 *	the device tree the last, an initrd stands between them
 * @name: what each piece is, for messages
 * @lead: bytes of the first piece before the kernel's first one: not zero where
 *	the running kernel's pages are larger than the text offset allows
 */
struct layout {
	unsigned int nr;
	struct fastkexec_piece piece[3];
	const char *name[3];
	uint64_t lead;
};

/**
 * layout_plan() - sizes, alignments and order
 * @layout: takes them; addresses are zero
 * @image: the kernel
 * @initrd_size: bytes, 0 if there is none
 * @dtb_size: bytes
 * @info: what the module says of this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int layout_plan(struct layout *layout, const struct boot_image *image,
		uint64_t initrd_size, uint64_t dtb_size,
		const struct fastkexec_info *info);

/**
 * layout_check() - whether the places that the module found will do
 * @layout: with the addresses filled in
 * @image: the kernel
 *
 * Return: 0, or -1 after having said what was wrong
 */
int layout_check(const struct layout *layout, const struct boot_image *image);

/**
 * layout_entry() - where the kernel begins
 * @layout: as placed
 *
 * Return: physical address of its first instruction
 */
uint64_t layout_entry(const struct layout *layout);

/**
 * layout_initrd() - where the initrd begins
 * @layout: as placed
 *
 * Return: its physical address, 0 if there is none
 */
uint64_t layout_initrd(const struct layout *layout);

/**
 * layout_dtb() - where the device tree begins
 * @layout: as placed
 *
 * Return: its physical address
 */
uint64_t layout_dtb(const struct layout *layout);

/**
 * layout_segments() - what FASTKEXEC_LOAD is given
 * @layout: as placed
 * @contents: contents of each piece; the kernel's with @lead bytes before it
 * @segments: takes @layout->nr segments, which point to @contents
 */
void layout_segments(const struct layout *layout, const struct blob contents[],
		     struct fastkexec_segment segments[]);

#endif /* FASTKEXEC_LAYOUT_H */
