// SPDX-License-Identifier: GPL-2.0
#include "ranges.h"

#include <stdlib.h>

#include "out.h"

static int grow(struct ranges *ranges)
{
	const unsigned int room = 2 * ranges->room + 64;
	void *grown = realloc(ranges->item, room * sizeof(*ranges->item));

	if (!grown)
		return out_fail("out of memory");
	ranges->item = grown;
	ranges->room = room;
	return 0;
}

int ranges_add(struct ranges *ranges, const struct dtb_range *range, unsigned int number)
{
	if (ranges->nr == ranges->room && grow(ranges))
		return -1;
	ranges->item[ranges->nr++] = (struct ranges_item){ *range, number };
	return 0;
}

bool ranges_overlap(const struct dtb_range *a, const struct dtb_range *b)
{
	return a->start < b->end && b->start < a->end;
}

void ranges_free(struct ranges *ranges)
{
	free(ranges->item);
	*ranges = (struct ranges){ 0 };
}
