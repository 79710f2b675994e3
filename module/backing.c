// SPDX-License-Identifier: GPL-2.0
/*
 * Backings. Contracts in backing.h.
 */
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>

#include "backing.h"
#include "compat.h"
#include "ram.h"

unsigned int fk_backing_order(u64 dest, u64 left)
{
	unsigned int order = min_t(unsigned int, MAX_PAGE_ORDER, ilog2(left >> PAGE_SHIFT));

	return dest ? min_t(unsigned int, order, __ffs(dest >> PAGE_SHIFT)) : order;
}

static int add_chunks(struct fk_backing *backing)
{
	const u64 end = backing->dest + backing->size;
	u64 at, size;

	for (at = backing->dest; at < end; at += size) {
		unsigned int order = fk_backing_order(at, end - at);
		struct fk_chunk *chunk = fk_chunks_alloc(&backing->chunks, order, true);

		if (!chunk)
			return -ENOMEM;
		size = PAGE_SIZE << chunk->order;
		if (fk_moves_add(&backing->moves, at, page_to_phys(chunk->page), size))
			return -ENOMEM;
	}
	return 0;
}

int fk_backing_make(struct fk_backing *backing, const struct fk_plan *plan, unsigned int i,
		    u64 highest_pa)
{
	int err;

	backing->dest = plan->segment[i].dest;
	backing->size = plan->segment[i].size;
	if (!fk_ram_spares((backing->size + FK_NEEDED_BY_JUMP) >> PAGE_SHIFT))
		return -ENOMEM;
	fk_chunks_init(&backing->chunks, plan, highest_pa);
	err = add_chunks(backing);
	fk_chunks_free_rejected(&backing->chunks);
	if (err)
		fk_backing_free(backing);
	return err;
}

struct fk_backing *fk_backing_lookup(struct fk_backing *backings, unsigned int nr, u64 dest,
				     u64 size)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (backings[i].dest == dest && backings[i].size == size)
			return &backings[i];
	return NULL;
}

u64 fk_backing_find(const struct fk_backing *backing, u64 dest, u64 *left)
{
	const struct fk_move *move = backing->moves.move;
	u64 first = 0, past = backing->moves.nr;

	/* The last one that begins at or below @dest. */
	while (past - first > 1) {
		u64 middle = first + (past - first) / 2;

		if (move[middle].dst_pa <= dest)
			first = middle;
		else
			past = middle;
	}
	*left = move[first].dst_pa + move[first].size - dest;
	return move[first].src_pa + (dest - move[first].dst_pa);
}

void fk_backing_free(struct fk_backing *backing)
{
	fk_chunks_free(&backing->chunks);
	fk_moves_free(&backing->moves);
	backing->size = 0;
}
