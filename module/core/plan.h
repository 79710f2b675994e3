/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From the segments that a caller submits to a plan: every range is checked, they are
 * sorted by destination, and no two overlap. Later steps check none of this again. Pure C.
 */
#ifndef FK_PLAN_H
#define FK_PLAN_H

#include "types.h"

#define FK_PLAN_MAX	16

/**
 * struct fk_plan_segment - one range of the next kernel
 * @dest: physical start, page-aligned
 * @size: bytes there, @memsz rounded up to pages
 * @memsz: bytes there as submitted, at least 1
 * @bufsz: bytes of contents, at most @memsz; the rest of @size becomes zero
 * @align: 0, or a power of two that @dest is a multiple of
 * @role: what it is to the next kernel; only handed on
 * @index: where the segment stood in the caller's array
 */
struct fk_plan_segment {
	u64 dest;
	u64 size;
	u64 memsz;
	u64 bufsz;
	u64 align;
	u32 role;
	unsigned int index;
};

/**
 * struct fk_plan - an image as ranges
 * @nr: segments, 1 to FK_PLAN_MAX
 * @segment: sorted by @dest; no two overlap
 * @entry: first instruction, in the contents of a segment
 * @dtb: device tree, in the contents of a segment
 * @record_pa: 0, or where the record goes, in the contents of a segment and inside a page
 */
struct fk_plan {
	unsigned int nr;
	struct fk_plan_segment segment[FK_PLAN_MAX];
	u64 entry;
	u64 dtb;
	u64 record_pa;
};

/**
 * struct fk_plan_error - what is wrong with a submission
 * @what: a phrase that completes "segment N: " or, if @index is negative, stands
 *	for itself
 * @index: in the caller's array, or -1
 */
struct fk_plan_error {
	const char *what;
	int index;
};

/**
 * fk_plan_build() - check and sort
 * @plan: in: @nr, @entry, @dtb, @record_pa and of each segment @dest, @memsz, @bufsz, @align;
 *	out: complete
 * @page_size: of the running kernel, a power of two
 * @pa_bits: of the CPU, at most 52
 * @error: filled in on failure
 *
 * Return: 0, or -E2BIG (@nr), -EINVAL, -EOVERFLOW, -EEXIST as in the ABI's table.
 */
int fk_plan_build(struct fk_plan *plan, u64 page_size, unsigned int pa_bits,
		  struct fk_plan_error *error);

/**
 * fk_plan_touches() - does a range meet a destination?
 * @plan: a built plan
 * @start: of the range
 * @end: past its last byte
 *
 * Return: true if [@start, @end) and a destination have a byte in common.
 */
bool fk_plan_touches(const struct fk_plan *plan, u64 start, u64 end);

#endif /* FK_PLAN_H */
