// SPDX-License-Identifier: GPL-2.0
#include "later_cut.h"

#include <stddef.h>

#include "ranges.h"

/* No arm64 machine addresses more. */
#define MOST	(1ULL << 52)

static void take(const struct later_cut *cut, const struct dtb_range *part, bool stays)
{
	if (cut->take)
		cut->take(cut->ctx, part, stays);
}

static void cut_part(struct later_cut *cut, const struct dtb_range *part)
{
	const uint64_t bytes = part->end - part->start;
	bool stays = bytes < cut->unit || cut->must_stay(cut->ctx, part);

	if (!stays && cut->left) {
		cut->left -= cut->left < bytes ? cut->left : bytes;
		stays = true;
	}
	*(stays ? &cut->stays : &cut->goes) += bytes;
	take(cut, part, stays);
}

void later_cut_range(struct later_cut *cut, const struct dtb_range *range)
{
	struct dtb_range part = *range;

	if (range->end > MOST) {
		cut->stays += range->end - range->start;
		take(cut, range, true);
		return;
	}
	for (; part.start < range->end; part.start = part.end) {
		part.end = (part.start / cut->unit + 1) * cut->unit;
		if (part.end > range->end)
			part.end = range->end;
		cut_part(cut, &part);
	}
}

bool later_has_piece(const struct fastkexec_piece pieces[], unsigned int nr,
		     const struct dtb_range *part)
{
	struct dtb_range range;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		range.start = pieces[i].addr;
		range.end = range.start + pieces[i].memsz;
		if (ranges_overlap(&range, part))
			return true;
	}
	return false;
}

bool later_divide(struct later *later, struct later_cut *cut)
{
	const uint64_t all = cut->stays + cut->goes;

	cut->left = later->least > cut->stays ? later->least - cut->stays : 0;
	later->first = cut->stays + (cut->left + cut->unit - 1) / cut->unit * cut->unit;
	if (later->first > all)
		later->first = all;
	later->later = all - later->first;
	return later->later;
}
