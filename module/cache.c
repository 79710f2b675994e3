// SPDX-License-Identifier: GPL-2.0
/*
 * Cache maintenance. Contracts and reasons in cache.h.
 */
#include <linux/kernel.h>

#include "cache.h"

/* Clean and invalidate rather than clean: Cortex-A53 errata 819472 to 827319. */
static void clean_line(u64 at)
{
	asm volatile("dc civac, %0" : : "r" (at) : "memory");
}

void fk_cache_clean(const void *start, u64 size, u64 line)
{
	u64 end = (u64)start + size;
	u64 at = (u64)start & ~(line - 1);

	/* By four: whole images go through here. */
	for (; at + 3 * line < end; at += 4 * line) {
		clean_line(at);
		clean_line(at + line);
		clean_line(at + 2 * line);
		clean_line(at + 3 * line);
	}
	for (; at < end; at += line)
		clean_line(at);
	asm volatile("dsb sy" : : : "memory");
}

void fk_cache_sync_code(const void *start, u64 size, u64 line)
{
	fk_cache_clean(start, size, line);
	asm volatile("ic ialluis\n\tdsb sy\n\tisb" : : : "memory");
}
