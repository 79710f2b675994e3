/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random numbers that come again: what is drawn for one step depends on nothing else.
 */
#ifndef ABI_DRAW_H
#define ABI_DRAW_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct draw - a source of numbers
 * @state: where it stands
 */
struct draw {
	uint64_t state;
};

/**
 * draw_begin() - the numbers of one step
 * @seed: of the whole run
 * @who: of the process
 * @step: of its steps
 *
 * Return: a source.
 */
struct draw draw_begin(uint64_t seed, uint64_t who, uint64_t step);

/**
 * draw_any() - a number
 * @draw: the source
 *
 * Return: any 64 bits.
 */
uint64_t draw_any(struct draw *draw);

/**
 * draw_below() - a number below another
 * @draw: the source
 * @end: not 0
 *
 * Return: 0 to @end - 1.
 */
uint64_t draw_below(struct draw *draw, uint64_t end);

/**
 * draw_once_in() - true once in a while
 * @draw: the source
 * @times: how rarely
 *
 * Return: true once in @times.
 */
bool draw_once_in(struct draw *draw, uint64_t times);

#endif /* ABI_DRAW_H */
