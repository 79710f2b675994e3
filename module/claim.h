/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory claimed where the next kernel will use it.
 */
#ifndef FK_CLAIM_H
#define FK_CLAIM_H

#include "core/place.h"
#include "core/range.h"

/**
 * struct fk_claim - a stretch of memory that is ours
 * @start: physical, page-aligned
 * @size: bytes, a multiple of the page size; 0 if nothing is claimed
 */
struct fk_claim {
	u64 start;
	u64 size;
};

/**
 * fk_claim_at() - claim one particular stretch
 * @claim: filled in on success
 * @start: page-aligned
 * @size: bytes, a multiple of the page size
 *
 * Whatever can move is moved away.
 *
 * Return: 0, -EBUSY (something there cannot move, or the stretch crosses zones),
 * -ENOMEM (too little would be left to others), -EINTR (a fatal signal) or
 * -EOPNOTSUPP (this kernel cannot).
 */
int fk_claim_at(struct fk_claim *claim, u64 start, u64 size);

/**
 * fk_claim_patience() - how long may a search take that begins now?
 *
 * Ten seconds, and the attempt that is under way then. On a large machine whose memory
 * is full of pages that cannot move a search would take minutes.
 *
 * Return: jiffies, for fk_claim_find().
 */
unsigned long fk_claim_patience(void);

/**
 * fk_claim_find() - claim a stretch somewhere
 * @claim: filled in on success
 * @usable: where it may lie
 * @place: what it must be like
 * @patience: from fk_claim_patience(): one for all claims of a query
 *
 * Looks from the top of memory down. What cannot move is skipped in one step.
 *
 * Return: as fk_claim_at(); -EBUSY if there is no such stretch.
 */
int fk_claim_find(struct fk_claim *claim, const struct fk_ranges *usable,
		  const struct fk_place *place, unsigned long patience);

/**
 * fk_claim_lookup() - the claim of a stretch
 * @claims: where to look
 * @nr: how many
 * @start: where it begins
 * @size: its size, bytes
 *
 * Return: the claim that is that stretch, NULL if none is.
 */
struct fk_claim *fk_claim_lookup(struct fk_claim *claims, unsigned int nr, u64 start, u64 size);

/**
 * fk_claim_free() - give the memory back
 * @claim: may be empty; is empty afterwards
 */
void fk_claim_free(struct fk_claim *claim);

#endif /* FK_CLAIM_H */
