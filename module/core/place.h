/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the pieces of the next kernel can live. Pure C: memory is claimed by a
 * function of the caller.
 *
 * All addresses are physical, so none is above 2^52, and ranges are half-open.
 */
#ifndef FK_PLACE_H
#define FK_PLACE_H

#include "range.h"
#include "types.h"

/**
 * struct fk_place - what is asked of a place
 * @size: bytes, a multiple of the page size
 * @align: power of two, at least the page size
 * @offset: the start is a multiple of @align, plus @offset; less than @align
 * @low: no byte lies below
 * @high: no byte lies at or above
 * @lowest: the lowest such place is wanted, and not the highest
 */
struct fk_place {
	u64 size;
	u64 align;
	u64 offset;
	u64 low;
	u64 high;
	bool lowest;
};

/**
 * fk_place_fit() - the highest or lowest place inside one range
 * @place: what it must be like; @place->low and @place->high are not looked at
 * @low: no byte lies below
 * @high: no byte lies at or above; may be less than @low
 * @start: set to the start of the place, and to an undefined value if there is none
 *
 * Return: true if there is one.
 */
bool fk_place_fit(const struct fk_place *place, u64 low, u64 high, u64 *start);

/**
 * fk_place_find() - the highest or lowest place inside a set of ranges
 * @usable: where it may lie
 * @place: what it must be like
 * @start: set to the start of the place, and to an undefined value if there is none
 *
 * Return: true if there is one.
 */
bool fk_place_find(const struct fk_ranges *usable, const struct fk_place *place, u64 *start);

/**
 * enum fk_placement - how a piece gets to where it will run; numbered as in the ABI
 * @FK_PLACE_AUTO: in place where possible, else by copy, each piece on its own
 * @FK_PLACE_IN_PLACE: its memory must be claimed
 * @FK_PLACE_COPY: its memory is not claimed
 */
enum fk_placement {
	FK_PLACE_AUTO		= 0,
	FK_PLACE_IN_PLACE	= 1,
	FK_PLACE_COPY		= 2,
};

/**
 * struct fk_place_ops - how memory is claimed
 * @claim: claim one place inside @usable that is like @place, and set @start. Returns
 *	0; -EINTR or -ENOMEM, which mean what they say; or any other error, which all
 *	mean that no such place can be claimed.
 * @release: give back what the last @claim that is still held has claimed
 * @find_flaw: is there, between @start and @end, memory that must not be used, although it
 *	is usable? Sets @flaw to the first range of it, which is at least a page.
 */
struct fk_place_ops {
	int (*claim)(void *ctx, const struct fk_ranges *usable, const struct fk_place *place,
		     u64 *start);
	void (*release)(void *ctx, u64 start, u64 size);
	bool (*find_flaw)(void *ctx, u64 start, u64 end, struct fk_range *flaw);
};

/**
 * struct fk_place_piece - one thing that needs a place
 * @memsz: in: bytes
 * @align: in: as in &struct fk_place
 * @offset: in: as in &struct fk_place
 * @size: out (fk_place_check()): @memsz, rounded up to pages
 * @start: out (fk_place_all()): where it goes
 * @from_top: of fk_place_all(): where it could go, from the top of memory
 * @claimed: out (fk_place_all()): its memory is claimed
 */
struct fk_place_piece {
	u64 memsz;
	u64 align;
	u64 offset;
	u64 size;
	u64 start;
	u64 from_top;
	bool claimed;
};

/**
 * struct fk_place_request - a query
 * @placement: how all pieces are to be placed
 * @nr: pieces, at least 1
 * @piece: the caller's array, in the order in which places are given out
 * @window: 0, or a power of two of at least 1 GiB: all pieces lie inside @window bytes
 *	that begin at a multiple of 1 GiB
 * @usable: where pieces may lie; page-aligned
 * @ops: claims memory, which never has a flaw, and finds flaws
 * @ctx: handed to @ops
 */
struct fk_place_request {
	enum fk_placement placement;
	unsigned int nr;
	struct fk_place_piece *piece;
	u64 window;
	struct fk_ranges *usable;
	const struct fk_place_ops *ops;
	void *ctx;
};

/**
 * struct fk_place_error - why a query fails
 * @what: a phrase about piece @index or, if that is negative, about the whole query
 * @index: of a piece, or -1
 */
struct fk_place_error {
	const char *what;
	int index;
};

/**
 * fk_place_check() - is this a query that can be asked?
 * @request: its @window, @nr and of each piece @memsz, @align, @offset are read; each
 *	piece's @size is set
 * @page_size: of the running kernel, a power of two
 * @pa_bits: of the CPU, at most 52
 * @error: filled in on failure
 *
 * Return: 0, -EINVAL, or -EOVERFLOW (a piece is larger than the physical address space).
 */
int fk_place_check(const struct fk_place_request *request, u64 page_size, unsigned int pa_bits,
		   struct fk_place_error *error);

/**
 * fk_place_all() - find a place for every piece, or for none
 * @request: has passed fk_place_check()
 * @error: filled in on failure
 *
 * Windows are tried from the top of memory down. The first in which all pieces can be
 * claimed wins; only if there is none does FK_PLACE_AUTO take the first in which each
 * piece has a place of one kind or the other.
 *
 * What can be claimed may lie in the middle of memory, where it keeps the next kernel
 * from using large ranges (a crash kernel, 1 GiB pages). If the largest range that is
 * left would be less than seven eighths of what could be left, windows and places are
 * tried from the bottom up as well, and that wins unless it leaves a smaller range.
 *
 * On success what the pieces occupy is taken out of @request->usable, and claims belong
 * to the caller. After a failure no claim is held and the set is as before, less flaws.
 *
 * Return: 0, -EFBIG (a piece is larger than every range or than the window), -ENOSPC (no
 * window has room), -ENOMEM (too little memory would be left to others, and the pieces
 * must be claimed) or -EINTR (a claim was interrupted).
 */
int fk_place_all(const struct fk_place_request *request, struct fk_place_error *error);

#endif /* FK_PLACE_H */
