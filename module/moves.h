/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A list of moves that grows.
 */
#ifndef FK_MOVES_H
#define FK_MOVES_H

#include "core/tables.h"

/**
 * struct fk_moves - stretches that the jump has to write; all zero at first
 * @move: they, in the order in which they were added
 * @nr: how many
 * @max: room in @move
 */
struct fk_moves {
	struct fk_move *move;
	u64 nr;
	u64 max;
};

/**
 * fk_moves_add() - one more
 * @moves: the list
 * @dst_pa: as in &struct fk_move
 * @src_pa: as in &struct fk_move
 * @size: as in &struct fk_move
 *
 * Return: 0 or -ENOMEM.
 */
int fk_moves_add(struct fk_moves *moves, u64 dst_pa, u64 src_pa, u64 size);

/**
 * fk_moves_free() - forget all of them
 * @moves: the list; is empty afterwards
 */
void fk_moves_free(struct fk_moves *moves);

#endif /* FK_MOVES_H */
