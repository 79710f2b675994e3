/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Later memory: which of it the next kernel starts with, and which it can be given later.
 */
#ifndef FASTKEXEC_LATER_CUT_H
#define FASTKEXEC_LATER_CUT_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "dtb_memory.h"

/**
 * struct later - how memory is divided
 * @unit: in: bytes, a power of two: what comes later does so by whole units
 * @least: in: the next kernel starts with so many bytes at least
 * @first: out: bytes that it starts with
 * @later: out: bytes that it can be given later
 */
struct later {
	uint64_t unit;
	uint64_t least;
	uint64_t first;
	uint64_t later;
};

/**
 * struct later_cut - while memory is divided
 * @unit: as of &struct later
 * @left: bytes of what need not stay that stays
 * @stays: bytes that stay
 * @goes: bytes that come later
 * @ctx: for the callbacks
 * @must_stay: whether a whole unit has to be there from the start
 * @take: called with each part, lowest first, and whether it stays; NULL: only count
 */
struct later_cut {
	uint64_t unit;
	uint64_t left;
	uint64_t stays;
	uint64_t goes;
	void *ctx;
	bool (*must_stay)(void *ctx, const struct dtb_range *part);
	void (*take)(void *ctx, const struct dtb_range *part, bool stays);
};

/**
 * later_cut_range() - divide a range of memory at the multiples of a unit
 * @cut: adds to its bytes, and calls its functions
 * @range: not empty
 *
 * What is no whole unit stays.
 */
void later_cut_range(struct later_cut *cut, const struct dtb_range *range);

/**
 * later_has_piece() - does the next kernel lie there?
 * @pieces: what lies where
 * @nr: how many
 * @part: of memory
 *
 * Return: whether any of it does
 */
bool later_has_piece(const struct fastkexec_piece pieces[], unsigned int nr,
		     const struct dtb_range *part);

/**
 * later_divide() - how much of what need not stay does
 * @later: as asked for; takes the answer
 * @cut: has counted all memory, with nothing @left; is made ready to cut it
 *
 * Return: whether anything comes later
 */
bool later_divide(struct later *later, struct later_cut *cut);

#endif /* FASTKEXEC_LATER_CUT_H */
