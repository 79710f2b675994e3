// SPDX-License-Identifier: GPL-2.0
#include "report/clocks.h"

#include <time.h>

static uint64_t read_clock(clockid_t clock)
{
	struct timespec now = { 0 };

	clock_gettime(clock, &now);
	return now.tv_sec * CLOCKS_SECOND + now.tv_nsec;
}

#ifdef __aarch64__
static void read_counter(struct clocks *clocks)
{
	asm volatile("isb\n\tmrs %0, cntvct_el0" : "=r" (clocks->counter) : : "memory");
	asm volatile("mrs %0, cntfrq_el0" : "=r" (clocks->frequency));
}
#else
static void read_counter(struct clocks *clocks)
{
	clocks->counter = 0;
	clocks->frequency = 0;
}
#endif

/* CLOCK_MONOTONIC is bent by NTP, for days perhaps. The raw one stands still in suspend. */
struct clocks clocks_now(void)
{
	struct clocks clocks;

	read_counter(&clocks);
	clocks.up_ns = read_clock(CLOCK_MONOTONIC_RAW) + read_clock(CLOCK_BOOTTIME) -
		       read_clock(CLOCK_MONOTONIC);
	clocks.real_ns = read_clock(CLOCK_REALTIME);
	return clocks;
}

uint64_t clocks_ns(uint64_t ticks, uint64_t frequency)
{
	return ticks / frequency * CLOCKS_SECOND +
	       ticks % frequency * CLOCKS_SECOND / frequency;
}

uint64_t clocks_start(const struct clocks *now)
{
	const uint64_t ticks = now->up_ns / CLOCKS_SECOND * now->frequency +
			       now->up_ns % CLOCKS_SECOND * now->frequency / CLOCKS_SECOND;

	return now->counter - ticks;
}
