// SPDX-License-Identifier: GPL-2.0
/*
 * Lists of moves. Contracts in moves.h.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "inject.h"
#include "moves.h"

/* Room at first; it doubles. */
#define FIRST_MOVES	64

static int grow(struct fk_moves *moves)
{
	u64 max = moves->max ? moves->max * 2 : FIRST_MOVES;
	struct fk_move *move = FK_MAY_FAIL(kvmalloc_array(max, sizeof(*move), GFP_KERNEL), NULL);

	if (!move)
		return -ENOMEM;
	if (moves->nr)
		memcpy(move, moves->move, moves->nr * sizeof(*move));
	kvfree(moves->move);
	moves->move = move;
	moves->max = max;
	return 0;
}

int fk_moves_add(struct fk_moves *moves, u64 dst_pa, u64 src_pa, u64 size)
{
	int err = moves->nr == moves->max ? grow(moves) : 0;

	if (err)
		return err;
	moves->move[moves->nr].dst_pa = dst_pa;
	moves->move[moves->nr].src_pa = src_pa;
	moves->move[moves->nr].size = size;
	moves->nr++;
	return 0;
}

void fk_moves_free(struct fk_moves *moves)
{
	kvfree(moves->move);
	moves->move = NULL;
	moves->nr = 0;
	moves->max = 0;
}
