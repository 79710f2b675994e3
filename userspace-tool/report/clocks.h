/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The clocks of this machine, all read at one moment.
 */
#ifndef FASTKEXEC_REPORT_CLOCKS_H
#define FASTKEXEC_REPORT_CLOCKS_H

#include <stdint.h>

#define CLOCKS_SECOND	UINT64_C(1000000000)

/**
 * struct clocks - one moment
 * @counter: CNTVCT_EL0, which goes on through a jump
 * @frequency: its ticks a second; 0 where there is no such counter
 * @up_ns: since this kernel's clock began, suspended or not
 * @real_ns: since 1970
 */
struct clocks {
	uint64_t counter;
	uint64_t frequency;
	uint64_t up_ns;
	uint64_t real_ns;
};

/**
 * clocks_now() - read them
 *
 * Return: this moment
 */
struct clocks clocks_now(void);

/**
 * clocks_ns() - ticks in nanoseconds
 * @ticks: of the counter
 * @frequency: ticks a second, at least 1
 *
 * Return: nanoseconds
 */
uint64_t clocks_ns(uint64_t ticks, uint64_t frequency);

/**
 * clocks_start() - when this kernel's clock began
 * @now: any moment
 *
 * Return: the counter then
 */
uint64_t clocks_start(const struct clocks *now);

#endif /* FASTKEXEC_REPORT_CLOCKS_H */
