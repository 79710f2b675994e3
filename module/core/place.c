// SPDX-License-Identifier: GPL-2.0
/*
 * Placement. Contracts in place.h.
 */
#include "place.h"

#define GIB		(1ULL << 30)

static u64 round_down_to(u64 value, u64 align)
{
	return value & ~(align - 1);
}

static u64 round_up_to(u64 value, u64 align)
{
	return round_down_to(value + align - 1, align);
}

static u64 min_of(u64 a, u64 b)
{
	return a < b ? a : b;
}

static u64 max_of(u64 a, u64 b)
{
	return a > b ? a : b;
}

static bool is_power_of_two(u64 value)
{
	return value && !(value & (value - 1));
}

static int refuse(struct fk_place_error *error, const char *what, int index, int err)
{
	error->what = what;
	error->index = index;
	return err;
}

/* ---- one place ---- */

bool fk_place_fit(const struct fk_place *place, u64 low, u64 high, u64 *start)
{
	u64 room = place->size + place->offset;

	if (high < room)
		return false;
	*start = round_down_to(high - room, place->align) + place->offset;
	return *start >= low;
}

bool fk_place_find(const struct fk_ranges *usable, const struct fk_place *place, u64 *start)
{
	unsigned int i;

	for (i = usable->nr; i; i--) {
		const struct fk_range *range = &usable->range[i - 1];

		if (fk_place_fit(place, max_of(range->start, place->low),
				 min_of(range->end, place->high), start))
			return true;
	}
	return false;
}

/* ---- checks ---- */

static int check_piece(struct fk_place_piece *piece, int index, u64 page_size, u64 pa_end,
		       struct fk_place_error *error)
{
	if (!piece->memsz)
		return refuse(error, "memory size is zero", index, -EINVAL);
	if (piece->memsz > pa_end)
		return refuse(error, "larger than the physical address space", index, -EOVERFLOW);
	if (!is_power_of_two(piece->align) || piece->align < page_size || piece->align > pa_end)
		return refuse(error, "alignment is not a power of two of at least a page", index,
			      -EINVAL);
	if (piece->offset & (page_size - 1) || piece->offset >= piece->align)
		return refuse(error, "offset is not in pages or not below the alignment", index,
			      -EINVAL);
	piece->size = round_up_to(piece->memsz, page_size);
	return 0;
}

int fk_place_check(const struct fk_place_request *request, u64 page_size, unsigned int pa_bits,
		   struct fk_place_error *error)
{
	unsigned int i;
	int err;

	if (!request->nr)
		return refuse(error, "no pieces", -1, -EINVAL);
	if (request->window && (!is_power_of_two(request->window) || request->window < GIB))
		return refuse(error, "window is not a power of two of at least 1 GiB", -1,
			      -EINVAL);
	for (i = 0; i < request->nr; i++) {
		err = check_piece(&request->piece[i], (int)i, page_size, 1ULL << pa_bits, error);
		if (err)
			return err;
	}
	return 0;
}

static int check_sizes(const struct fk_place_request *request, struct fk_place_error *error)
{
	u64 largest = fk_ranges_largest(request->usable, 0, ~0ULL);
	unsigned int i;

	for (i = 0; i < request->nr; i++) {
		u64 size = request->piece[i].size;

		if (size > largest)
			return refuse(error, "larger than any range of usable memory", (int)i,
				      -EFBIG);
		if (request->window && size > request->window)
			return refuse(error, "larger than the window", (int)i, -EFBIG);
	}
	return 0;
}

/* ---- all places ---- */

static void give_back(const struct fk_place_request *request, struct fk_place_piece *piece)
{
	if (piece->claimed)
		request->ops->release(request->ctx, piece->start, piece->size);
	piece->claimed = false;
}

/* A place for @piece, which may be claimed, and which is not used again. */
static int place_piece(const struct fk_place_request *request, enum fk_placement placement,
		       struct fk_place_piece *piece, u64 low, u64 high)
{
	const struct fk_place place = {
		.size = piece->size,
		.align = piece->align,
		.offset = piece->offset,
		.low = low,
		.high = high,
	};
	int err = -EBUSY;

	if (placement != FK_PLACE_COPY)
		err = request->ops->claim(request->ctx, request->usable, &place, &piece->start);
	piece->claimed = !err;
	if (err == -EINTR || (err == -ENOMEM && placement == FK_PLACE_IN_PLACE))
		return err;
	if (err && (placement == FK_PLACE_IN_PLACE ||
		    !fk_place_find(request->usable, &place, &piece->start)))
		return -ENOSPC;

	/* A place in the middle of a range splits it, and the set may be full. */
	if (!fk_ranges_remove(request->usable, piece->start, piece->start + piece->size))
		return 0;
	give_back(request, piece);
	return -ENOSPC;
}

/* All pieces between @low and @high, or none. @failed: set to the first without a place. */
static int place_between(const struct fk_place_request *request, enum fk_placement placement,
			 u64 low, u64 high, unsigned int *failed)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < request->nr && !err; i++)
		err = place_piece(request, placement, &request->piece[i], low, high);
	if (!err)
		return 0;

	*failed = --i;
	/* In reverse order the set never has more ranges than it had: adding cannot fail. */
	while (i--) {
		struct fk_place_piece *piece = &request->piece[i];

		give_back(request, piece);
		fk_ranges_add(request->usable, piece->start, piece->start + piece->size);
	}
	return err;
}

/*
 * All pieces in the highest window that has room. Windows of more than 2 GiB overlap by
 * half, so that pieces which together span at most half a window share one.
 */
static int place_in_window(const struct fk_place_request *request, enum fk_placement placement,
			   unsigned int *failed)
{
	const struct fk_ranges *usable = request->usable;
	u64 step = max_of(request->window / 2, GIB);
	u64 high, low;
	int err;

	if (!request->window)
		return place_between(request, placement, 0, ~0ULL, failed);
	for (high = round_up_to(usable->range[usable->nr - 1].end, GIB);; high -= step) {
		low = high > request->window ? high - request->window : 0;
		err = place_between(request, placement, low, high, failed);
		if (err != -ENOSPC || !low)
			return err;
	}
}

static const char *reason(int err, enum fk_placement placement)
{
	switch (err) {
	case -EINTR:
		return "interrupted";
	case -ENOMEM:
		return "too little memory would be left: if an image is loaded, unload it first";
	}
	return placement == FK_PLACE_IN_PLACE ? "no place of its size can be claimed" :
						"no place of its size is usable";
}

int fk_place_all(const struct fk_place_request *request, struct fk_place_error *error)
{
	enum fk_placement placement = request->placement;
	unsigned int failed = 0;
	int err;

	err = check_sizes(request, error);
	if (err)
		return err;

	err = place_in_window(request, placement == FK_PLACE_AUTO ? FK_PLACE_IN_PLACE : placement,
			      &failed);
	if (placement == FK_PLACE_AUTO && (err == -ENOSPC || err == -ENOMEM))
		err = place_in_window(request, placement, &failed);
	if (!err)
		return 0;
	return refuse(error, reason(err, placement), err == -EINTR ? -1 : (int)failed, err);
}
