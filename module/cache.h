/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Cache maintenance by virtual address.
 *
 * The next kernel starts with its caches off and reads memory itself. A segment in
 * place is cleaned to the Point of Coherency when it is loaded (boot protocol: "the
 * loaded kernel image must be cleaned to the PoC") and not written afterwards; lines
 * that speculation brings back are clean. A copied segment is cleaned by the copy loop.
 * The relocation page is fetched with the MMU on, then off: it is cleaned to the PoC
 * and invalidated in the instruction caches (Arm ARM B2.7.4). Tables need no cleaning:
 * walkers use the same cacheability as the stores (TCR_ELx.IRGN0/ORGN0).
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
