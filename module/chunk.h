/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that the jump reads: chunks from the page allocator, outside every destination.
 */
#ifndef FK_CHUNK_H
#define FK_CHUNK_H

#include <linux/list.h>
#include <linux/mm_types.h>

#include "core/plan.h"

/**
 * enum fk_use - what a chunk holds
 * @FK_USE_CONTENTS: part of a segment that is copied, or scratch memory
 * @FK_USE_TABLES: a translation table, or a page of the copy list
 * @FK_USE_RELOC: relocation page and descriptor
 */
enum fk_use {
	FK_USE_CONTENTS,
	FK_USE_TABLES,
	FK_USE_RELOC,
};

/**
 * struct fk_chunk - one allocation
 * @list: links it to its owner
 * @page: the first page
 * @order: it is 2^@order pages long
 * @use: what it holds, which its user says
 */
struct fk_chunk {
	struct list_head list;
	struct page *page;
	unsigned int order;
	enum fk_use use;
};

/**
 * struct fk_chunks - an allocator, and what it has handed out
 * @plan: no chunk overlaps its destinations
 * @highest_pa: no byte of a chunk lies above
 * @held: chunks handed out
 * @aside: chunks in the wrong place, held back so that they are not offered again
 * @pages: pages handed out
 *
 * Everything handed out stays until fk_chunks_free().
 */
struct fk_chunks {
	const struct fk_plan *plan;
	u64 highest_pa;
	struct list_head held;
	struct list_head aside;
	u64 pages;
};

/**
 * fk_chunks_init() - begin with nothing
 * @chunks: the allocator
 * @plan: must outlive it
 * @highest_pa: last byte that may be used
 */
void fk_chunks_init(struct fk_chunks *chunks, const struct fk_plan *plan, u64 highest_pa);

/**
 * fk_chunks_alloc() - one chunk
 * @chunks: the allocator
 * @order: no larger than this
 * @smaller: whether a smaller one will do
 *
 * Return: a chunk (contents undefined, FK_USE_CONTENTS), owned by @chunks; NULL if memory is short.
 */
struct fk_chunk *fk_chunks_alloc(struct fk_chunks *chunks, unsigned int order, bool smaller);

/**
 * fk_chunks_suits() - could an allocator have handed this chunk out?
 * @chunks: the allocator
 * @chunk: of another one
 *
 * Return: whether it lies in no destination, and not too high.
 */
bool fk_chunks_suits(const struct fk_chunks *chunks, const struct fk_chunk *chunk);

/**
 * fk_chunks_move() - hand a chunk over
 * @chunk: handed out by @from
 * @from: an allocator
 * @to: another one, which owns it from now on
 */
void fk_chunks_move(struct fk_chunk *chunk, struct fk_chunks *from, struct fk_chunks *to);

/**
 * fk_chunks_free_rejected() - give back the chunks that were held aside
 * @chunks: the allocator
 */
void fk_chunks_free_rejected(struct fk_chunks *chunks);

/**
 * fk_chunks_free() - give back everything
 * @chunks: the allocator; may be all zero
 */
void fk_chunks_free(struct fk_chunks *chunks);

#endif /* FK_CHUNK_H */
