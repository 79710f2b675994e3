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
	if (!place->lowest) {
		*start = round_down_to(high - room, place->align) + place->offset;
		return *start >= low;
	}
	*start = place->offset;
	if (low > place->offset)
		*start += round_up_to(low - place->offset, place->align);
	return *start <= high - place->size;
}

bool fk_place_find(const struct fk_ranges *usable, const struct fk_place *place, u64 *start)
{
	unsigned int i;

	for (i = 0; i < usable->nr; i++) {
		unsigned int at = place->lowest ? i : usable->nr - 1 - i;
		const struct fk_range *range = &usable->range[at];

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

/* A place that is not claimed. Flaws that are in the way are usable no longer. */
static bool find_sound(const struct fk_place_request *request, const struct fk_place *place,
		       u64 *start)
{
	struct fk_range flaw;

	while (fk_place_find(request->usable, place, start)) {
		if (!request->ops->find_flaw(request->ctx, *start, *start + place->size, &flaw))
			return true;
		if (fk_ranges_remove(request->usable, flaw.start, flaw.end))
			return false;
	}
	return false;
}

/**
 * struct attempt - one way to place all pieces
 * @placement: how
 * @from_bottom: the lowest window, and the lowest place in it, come first
 * @low: no byte lies below
 * @high: no byte lies at or above
 */
struct attempt {
	enum fk_placement placement;
	bool from_bottom;
	u64 low;
	u64 high;
};

/* A place for @piece, which may be claimed, and which is not used again. */
static int place_piece(const struct fk_place_request *request, const struct attempt *attempt,
		       struct fk_place_piece *piece)
{
	enum fk_placement placement = attempt->placement;
	const struct fk_place place = {
		.size = piece->size,
		.align = piece->align,
		.offset = piece->offset,
		.low = attempt->low,
		.high = attempt->high,
		.lowest = attempt->from_bottom,
	};
	int err = -EBUSY;

	if (placement != FK_PLACE_COPY)
		err = request->ops->claim(request->ctx, request->usable, &place, &piece->start);
	piece->claimed = !err;
	if (err == -EINTR || (err == -ENOMEM && placement == FK_PLACE_IN_PLACE))
		return err;
	if (err && (placement == FK_PLACE_IN_PLACE ||
		    !find_sound(request, &place, &piece->start)))
		return -ENOSPC;

	/* A place in the middle of a range splits it, and the set may be full. */
	if (!fk_ranges_remove(request->usable, piece->start, piece->start + piece->size))
		return 0;
	give_back(request, piece);
	return -ENOSPC;
}

/*
 * Give back the first @nr pieces. In reverse order the set never has more ranges than it
 * had: adding cannot fail, unless flaws have filled the set, and then less is usable.
 */
static void take_back(const struct fk_place_request *request, unsigned int nr)
{
	while (nr--) {
		struct fk_place_piece *piece = &request->piece[nr];

		give_back(request, piece);
		fk_ranges_add(request->usable, piece->start, piece->start + piece->size);
	}
}

/* All pieces in the window of @attempt, or none. @failed: the first without a place. */
static int place_between(const struct fk_place_request *request, const struct attempt *attempt,
			 unsigned int *failed)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < request->nr && !err; i++)
		err = place_piece(request, attempt, &request->piece[i]);
	if (!err)
		return 0;
	*failed = i - 1;
	take_back(request, i - 1);
	return err;
}

/*
 * All pieces in the first window that has room. Windows of more than 2 GiB overlap by
 * half, so that pieces which together span at most half a window share one.
 */
static int place_in_window(const struct fk_place_request *request, struct attempt attempt,
			   unsigned int *failed)
{
	const struct fk_ranges *usable = request->usable;
	u64 step = max_of(request->window / 2, GIB), top, window, nr, i;
	int err = -ENOSPC;

	attempt.low = 0;
	attempt.high = ~0ULL;
	if (!request->window)
		return place_between(request, &attempt, failed);
	top = round_up_to(usable->range[usable->nr - 1].end, GIB);
	window = request->window;
	nr = top > window ? (top - window + step - 1) / step + 1 : 1;
	for (i = 0; i < nr && err == -ENOSPC; i++) {
		attempt.high = top - step * (attempt.from_bottom ? nr - 1 - i : i);
		attempt.low = attempt.high > window ? attempt.high - window : 0;
		err = place_between(request, &attempt, failed);
	}
	return err;
}

/* All pieces where they were before, or none. */
static int place_as_before(const struct fk_place_request *request, unsigned int *failed)
{
	struct attempt attempt = { .placement = FK_PLACE_IN_PLACE };
	unsigned int i;
	int err = 0;

	for (i = 0; i < request->nr && !err; i++) {
		attempt.low = request->piece[i].from_top;
		attempt.high = attempt.low + request->piece[i].size;
		err = place_piece(request, &attempt, &request->piece[i]);
	}
	if (!err)
		return 0;
	*failed = i - 1;
	take_back(request, i - 1);
	return err;
}

static u64 largest_left(const struct fk_place_request *request)
{
	return fk_ranges_largest(request->usable, 0, ~0ULL);
}

/*
 * Claim all pieces: from the top, unless that cuts memory in two and from the bottom it
 * is less so. Of claims only the last can be given back, so the better ones are claimed
 * anew, where they were.
 */
static int claim_all(const struct fk_place_request *request, unsigned int *failed)
{
	struct attempt attempt = { .placement = FK_PLACE_IN_PLACE };
	u64 before = largest_left(request), size = 0, left;
	unsigned int i;
	int err;

	err = place_in_window(request, attempt, failed);
	for (i = 0; i < request->nr; i++)
		size += request->piece[i].size;
	left = largest_left(request);
	if (err || size > before || left >= (before - size) / 8 * 7)
		return err;

	for (i = 0; i < request->nr; i++)
		request->piece[i].from_top = request->piece[i].start;
	take_back(request, request->nr);
	attempt.from_bottom = true;
	err = place_in_window(request, attempt, failed);
	if (!err && largest_left(request) >= left)
		return 0;
	if (!err)
		take_back(request, request->nr);
	if (err == -EINTR)
		return err;
	return place_as_before(request, failed);
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
	struct attempt attempt = { .placement = placement };
	unsigned int failed = 0;
	int err;

	err = check_sizes(request, error);
	if (err)
		return err;

	if (placement != FK_PLACE_COPY)
		err = claim_all(request, &failed);
	if (placement == FK_PLACE_COPY ||
	    (placement == FK_PLACE_AUTO && (err == -ENOSPC || err == -ENOMEM)))
		err = place_in_window(request, attempt, &failed);
	if (!err)
		return 0;
	return refuse(error, reason(err, placement), err == -EINTR ? -1 : (int)failed, err);
}
