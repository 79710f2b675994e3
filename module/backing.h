/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of a piece that is copied, while a program still writes its contents.
 */
#ifndef FK_BACKING_H
#define FK_BACKING_H

#include "chunk.h"
#include "moves.h"

/**
 * struct fk_backing - chunks that hold one piece, in order
 * @dest: where the piece will run, physical
 * @size: bytes of it, whole pages; 0: a load has taken it, or there is none
 * @chunks: its memory; a load takes chunk after chunk out of it
 * @moves: from each chunk to its destination, by rising destination; stays as it is
 */
struct fk_backing {
	u64 dest;
	u64 size;
	struct fk_chunks chunks;
	struct fk_moves moves;
};

/**
 * fk_backing_make() - chunks for a piece
 * @backing: to fill
 * @plan: where all pieces will run: no chunk lies there; must outlive @backing
 * @i: which of them
 * @highest_pa: last byte that a chunk may use
 *
 * Return: 0 or -ENOMEM: there is no backing then.
 */
int fk_backing_make(struct fk_backing *backing, const struct fk_plan *plan, unsigned int i,
		    u64 highest_pa);

/**
 * fk_backing_lookup() - the backing of a stretch
 * @backings: where to look
 * @nr: how many
 * @dest: where it will run
 * @size: bytes, whole pages
 *
 * Return: the backing of exactly that, NULL if there is none.
 */
struct fk_backing *fk_backing_lookup(struct fk_backing *backings, unsigned int nr, u64 dest,
				     u64 size);

/**
 * fk_backing_find() - where a byte of the piece is kept
 * @backing: made, maybe taken by a load
 * @dest: where that byte will run; inside of the piece
 * @left: set to the bytes that follow it in the same chunk, itself among them
 *
 * Return: its physical address.
 */
u64 fk_backing_find(const struct fk_backing *backing, u64 dest, u64 *left);

/**
 * fk_backing_order() - how large may the next chunk of a piece be?
 * @dest: where its first byte will run; page-aligned
 * @left: bytes of the piece from there on, at least a page
 *
 * It is not larger than @dest is aligned: then blocks of one size can map both, in
 * every design.
 *
 * Return: its order.
 */
unsigned int fk_backing_order(u64 dest, u64 left);

/**
 * fk_backing_free() - give back the chunks that no load has taken
 * @backing: may be all zero; is empty afterwards
 */
void fk_backing_free(struct fk_backing *backing);

#endif /* FK_BACKING_H */
