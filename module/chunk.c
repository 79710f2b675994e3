// SPDX-License-Identifier: GPL-2.0
/*
 * Chunks of kexec-safe memory. Contracts in chunk.h.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "chunk.h"
#include "compat.h"
#include "inject.h"
#include "ram.h"

/* A chunk that is not @needed, because a smaller one will do, is not worth reclaim. */
static gfp_t gfp_for(bool needed)
{
	if (!needed)
		return GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY;
	return GFP_KERNEL | __GFP_NOWARN | __GFP_RETRY_MAYFAIL;
}

static bool in_the_way(const struct fk_chunks *chunks, const struct fk_chunk *chunk)
{
	u64 start = page_to_phys(chunk->page);
	u64 end = start + (PAGE_SIZE << chunk->order);

	return end - 1 > chunks->highest_pa || fk_plan_touches(chunks->plan, start, end);
}

static void free_list(struct list_head *list)
{
	struct fk_chunk *chunk, *next;

	list_for_each_entry_safe(chunk, next, list, list) {
		list_del(&chunk->list);
		__free_pages(chunk->page, chunk->order);
		kfree(chunk);
	}
}

void fk_chunks_init(struct fk_chunks *chunks, const struct fk_plan *plan, u64 highest_pa)
{
	chunks->plan = plan;
	chunks->highest_pa = highest_pa;
	chunks->pages = 0;
	INIT_LIST_HEAD(&chunks->held);
	INIT_LIST_HEAD(&chunks->aside);
}

static struct page *alloc_chunk(unsigned int order, bool smaller)
{
	if (!fk_ram_spares(1ULL << order))
		return NULL;
	return FK_MAY_FAIL(alloc_pages(gfp_for(!smaller || !order), order), NULL);
}

struct fk_chunk *fk_chunks_alloc(struct fk_chunks *chunks, unsigned int order, bool smaller)
{
	struct fk_chunk *chunk = FK_MAY_FAIL(kmalloc(sizeof(*chunk), gfp_for(true)), NULL);

	if (!chunk)
		return NULL;
	chunk->use = FK_USE_CONTENTS;
	for (chunk->order = order; !fatal_signal_pending(current); cond_resched()) {
		chunk->page = alloc_chunk(chunk->order, smaller);
		if (!chunk->page) {
			if (!smaller || !chunk->order)
				break;
			chunk->order--;
			continue;
		}
		if (!in_the_way(chunks, chunk)) {
			list_add_tail(&chunk->list, &chunks->held);
			chunks->pages += 1UL << chunk->order;
			return chunk;
		}
		list_add_tail(&chunk->list, &chunks->aside);
		chunk = FK_MAY_FAIL(kmemdup(chunk, sizeof(*chunk), gfp_for(true)), NULL);
		if (!chunk)
			return NULL;
	}
	kfree(chunk);
	return NULL;
}

bool fk_chunks_suits(const struct fk_chunks *chunks, const struct fk_chunk *chunk)
{
	return !in_the_way(chunks, chunk);
}

void fk_chunks_move(struct fk_chunk *chunk, struct fk_chunks *from, struct fk_chunks *to)
{
	list_move_tail(&chunk->list, &to->held);
	from->pages -= 1UL << chunk->order;
	to->pages += 1UL << chunk->order;
}

void fk_chunks_free_rejected(struct fk_chunks *chunks)
{
	free_list(&chunks->aside);
}

void fk_chunks_free(struct fk_chunks *chunks)
{
	if (!chunks->plan)
		return;
	free_list(&chunks->aside);
	free_list(&chunks->held);
	chunks->pages = 0;
}
