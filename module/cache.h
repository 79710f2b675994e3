/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cache maintenance by virtual address.
 *
 * Who needs what: the next kernel starts with its caches off and reads memory
 * itself, so all that lies in place is cleaned to the Point of Coherency when it
 * is loaded (boot protocol: "the loaded kernel image must be cleaned to the
 * PoC"); nobody writes it afterwards. Lines that speculation brings back later
 * are clean and equal to memory. What is copied during the jump is cleaned there,
 * by the copy loop. The relocation page is fetched with the MMU on, then off, so
 * it is cleaned to the PoC and the instruction caches drop what they had (Arm ARM
 * B2.7.4). Tables are read by walkers that are told the same cacheability as the
 * stores that wrote them (TCR_ELx.IRGN0/ORGN0): they need no cleaning.
 */
#ifndef FK_CACHE_H
#define FK_CACHE_H

#include <linux/types.h>

/**
 * fk_cache_clean() - clean and invalidate to the Point of Coherency
 * @start: first byte
 * @size: bytes (a size, not an end)
 * @line: bytes of the smallest data cache line, a power of two
 *
 * Complete when it returns.
 */
void fk_cache_clean(const void *start, u64 size, u64 line);

/**
 * fk_cache_sync_code() - make what was stored executable, at any address
 * @start: first byte
 * @size: bytes
 * @line: bytes of the smallest data cache line
 *
 * Cleans to the Point of Coherency and invalidates every CPU's instruction cache.
 */
void fk_cache_sync_code(const void *start, u64 size, u64 line);

#endif /* FK_CACHE_H */
