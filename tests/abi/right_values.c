// SPDX-License-Identifier: GPL-2.0
/*
 * Arguments that are right. Contracts in right_values.h.
 */
#include "right_values.h"

#include <string.h>
#include <sys/mman.h>

#include "calls.h"
#include "check.h"

/* Bytes of contents that any segment can be given. */
#define CONTENTS	(64 * world.page)

/* Of @world.free, the part that the small images use lies so far in. */
#define INTO_FREE	(16ULL << 20)

static char *contents(void)
{
	static char *memory;

	if (memory)
		return memory;
	memory = mmap(NULL, CONTENTS, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		fatal("mmap");
	memset(memory, 0x5a, CONTENTS);
	return memory;
}

uint64_t image_span(void)
{
	return 12 * world.page;
}

static void move(struct image *image, uint64_t kernel, uint64_t dtb, uint64_t spare)
{
	image->segment[IMAGE_KERNEL].dest = kernel;
	image->segment[IMAGE_DTB].dest = dtb;
	image->segment[IMAGE_SPARE].dest = spare;
	image->load.entry = image->segment[IMAGE_KERNEL].dest + 64;
	image->load.dtb = image->segment[IMAGE_DTB].dest + 8;
}

void image_move(struct image *image, uint64_t dest)
{
	move(image, dest, dest + 5 * world.page, dest + 9 * world.page);
}

void image_spread_large(struct image *image, uint64_t size)
{
	const uint64_t sizes[IMAGE_SEGMENTS] = {
		[IMAGE_KERNEL] = image_span(),
		[IMAGE_DTB] = image_span(),
		[IMAGE_SPARE] = size,
	};
	uint64_t at[IMAGE_SEGMENTS];

	call_claimable(at, sizes, IMAGE_SEGMENTS);
	/* An odd page number: see image_prepare(). */
	move(image, at[IMAGE_KERNEL], at[IMAGE_DTB], at[IMAGE_SPARE] + world.page);
}

/* Where image_spread() has put segments last. */
static struct image spread;

void image_spread(struct image *image)
{
	image_spread_large(&spread, image_span());
	image_spread_as_before(image);
}

void image_spread_as_before(struct image *image)
{
	move(image, spread.segment[IMAGE_KERNEL].dest, spread.segment[IMAGE_DTB].dest,
	     spread.segment[IMAGE_SPARE].dest);
}

void image_prepare(struct image *image, uint32_t placement)
{
	unsigned int i;

	memset(image, 0, sizeof(*image));
	image->load.size = sizeof(image->load);
	image->load.placement = placement;
	image->load.nr_segments = IMAGE_SEGMENTS;
	image->load.segments = (uintptr_t)image->segment;
	image->load.segment_size = sizeof(image->segment[0]);

	image->segment[IMAGE_KERNEL].bufsz = world.page + IMAGE_KERNEL_MORE;
	image->segment[IMAGE_KERNEL].memsz = 3 * world.page;
	image->segment[IMAGE_DTB].bufsz = 64;
	image->segment[IMAGE_DTB].memsz = world.page;
	image->segment[IMAGE_KERNEL].role = FASTKEXEC_ROLE_KERNEL;
	image->segment[IMAGE_DTB].role = FASTKEXEC_ROLE_DTB;
	image->segment[IMAGE_SPARE].role = FASTKEXEC_ROLE_INITRD;
	image->segment[IMAGE_SPARE].bufsz = 10;
	image->segment[IMAGE_SPARE].memsz = 2 * world.page;

	/* The others are there for those who ask for too many. */
	for (i = IMAGE_SEGMENTS; i <= FASTKEXEC_MAX_SEGMENTS; i++) {
		image->segment[i].memsz = world.page;
		image->segment[i].dest = world.free.start + INTO_FREE + (20 + i) * world.page;
	}
	for (i = 0; i <= FASTKEXEC_MAX_SEGMENTS; i++) {
		image->segment[i].buf = (uintptr_t)contents();
		image->segment[i].align = world.page;
	}
	/* The spare one, nine pages further, has an odd page number. */
	image_move(image, ((world.free.start + INTO_FREE) & ~(2 * world.page - 1)));
}

void query_prepare(struct query *query, uint32_t placement)
{
	unsigned int i;

	memset(query, 0, sizeof(*query));
	query->place.size = sizeof(query->place);
	query->place.placement = placement;
	query->place.nr_pieces = 2;
	query->place.pieces = (uintptr_t)query->piece;
	query->place.piece_size = sizeof(query->piece[0]);
	for (i = 0; i <= FASTKEXEC_MAX_SEGMENTS; i++) {
		query->piece[i].memsz = i ? world.page : 3 * world.page;
		query->piece[i].align = 4 * world.page;
		query->piece[i].offset = world.page;
		query->piece[i].role = i ? FASTKEXEC_ROLE_DTB : FASTKEXEC_ROLE_KERNEL;
	}
}
