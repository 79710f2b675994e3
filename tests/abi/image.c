// SPDX-License-Identifier: GPL-2.0
/*
 * Right arguments, and how each of their fields can be wrong. Contracts in image.h.
 */
#include "image.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "call.h"
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

void image_spread(struct image *image)
{
	static struct image spread;

	if (!spread.load.entry)
		image_spread_large(&spread, image_span());
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

	image->segment[IMAGE_KERNEL].bufsz = world.page + IMAGE_KERNEL_MORE;
	image->segment[IMAGE_KERNEL].memsz = 3 * world.page;
	image->segment[IMAGE_DTB].bufsz = 64;
	image->segment[IMAGE_DTB].memsz = world.page;
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
	for (i = 0; i <= FASTKEXEC_MAX_SEGMENTS; i++) {
		query->piece[i].memsz = i ? world.page : 3 * world.page;
		query->piece[i].align = 4 * world.page;
		query->piece[i].offset = world.page;
	}
}

static uint64_t value_of(const struct patch *patch, uint64_t old)
{
	switch (patch->how) {
	case PATCH_SET:
		return patch->value;
	case PATCH_ADD:
		return old + patch->value;
	case PATCH_PAGES:
		return old + patch->value * world.page;
	case PATCH_SET_PAGES:
		return patch->value * world.page;
	case PATCH_BAD:
		return world_bad(patch->value);
	case PATCH_SPOT:
		return world_spot(patch->value);
	default:
		fatal("a patch that does nothing");
	}
}

static void apply(const struct patch *patch, char *argument)
{
	uint64_t value;
	uint32_t half;

	if (patch->width == 4) {
		memcpy(&half, argument + patch->at, sizeof(half));
		half = value_of(patch, half);
		memcpy(argument + patch->at, &half, sizeof(half));
	} else {
		memcpy(&value, argument + patch->at, sizeof(value));
		value = value_of(patch, value);
		memcpy(argument + patch->at, &value, sizeof(value));
	}
}

void rejection_apply(const struct rejection *rejection, void *argument)
{
	size_t i;

	for (i = 0; i < sizeof(rejection->patch) / sizeof(rejection->patch[0]); i++)
		if (rejection->patch[i].how != PATCH_NONE)
			apply(&rejection->patch[i], argument);
}

/* A field of an argument, as a patch wants it. */
#define FIELD(type, field)	offsetof(struct type, field), sizeof(((struct type *)0)->field)
#define LOAD(field)		FIELD(image, load.field)
#define SEG(which, field)	FIELD(image, segment[IMAGE_##which].field)
#define PLACE(field)		FIELD(query, place.field)
#define PIECE(i, field)		FIELD(query, piece[i].field)

const struct rejection image_rejections[] = {
	{ "flag 30", { { LOAD(flags), PATCH_SET, 1U << 30 } }, EINVAL, "flags" },
	{ "flag 31", { { LOAD(flags), PATCH_SET, 1U << 31 } }, EINVAL, "flags" },
	{ "all flags", { { LOAD(flags), PATCH_SET, ~0U } }, EINVAL, "flags" },
	{ "design 4", { { LOAD(design), PATCH_SET, 4 } }, EINVAL, "design" },
	{ "design 2^32-1", { { LOAD(design), PATCH_SET, ~0U } }, EINVAL, "design" },
	{ "reserved field", { { LOAD(reserved), PATCH_SET, 1 } }, EINVAL, "reserved" },
	{ "flag 1", { { LOAD(flags), PATCH_SET, 2 } }, EINVAL, "flags" },
	{ "a flag that is defined and one that is not", { { LOAD(flags), PATCH_SET, 3 } }, EINVAL,
	  "flags" },
	{ "placement 3", { { LOAD(placement), PATCH_SET, 3 } }, EINVAL, "placement" },
	{ "placement 2^32-1", { { LOAD(placement), PATCH_SET, ~0U } }, EINVAL, "placement" },
	{ "no segments", { { LOAD(nr_segments), PATCH_SET, 0 } }, EINVAL, "no segments" },
	{ "17 segments", { { LOAD(nr_segments), PATCH_SET, 17 } }, E2BIG, "17 segments" },
	{ "2^31 segments", { { LOAD(nr_segments), PATCH_SET, 1U << 31 } }, E2BIG, "segments" },
	{ "2^32-1 segments", { { LOAD(nr_segments), PATCH_SET, ~0U } }, E2BIG, "segments" },
	{ "segments at NULL", { { LOAD(segments), PATCH_BAD, BAD_NULL } }, EFAULT, "segments" },
	{ "segments in the kernel", { { LOAD(segments), PATCH_BAD, BAD_KERNEL } }, EFAULT,
	  "segments" },
	{ "segments nowhere", { { LOAD(segments), PATCH_BAD, BAD_GAP } }, EFAULT, "segments" },
	{ "segments out of reach", { { LOAD(segments), PATCH_BAD, BAD_NONE } }, EFAULT,
	  "segments" },
	{ "segments at the top", { { LOAD(segments), PATCH_BAD, BAD_TOP } }, EFAULT, "segments" },

	{ "segment with a placement", { { SEG(SPARE, placement), PATCH_SET, 1 } }, EINVAL,
	  "segment 2: placement" },
	{ "segment with chunks", { { SEG(SPARE, chunks), PATCH_SET, 1 } }, EINVAL,
	  "segment 2: placement or chunks" },
	{ "empty segment",
	  { { SEG(SPARE, memsz), PATCH_SET, 0 }, { SEG(SPARE, bufsz), PATCH_SET, 0 } }, EINVAL,
	  "segment 2: memory size" },
	{ "contents one byte too large",
	  { { SEG(SPARE, bufsz), PATCH_SET_PAGES, 2 }, { SEG(SPARE, bufsz), PATCH_ADD, 1 } },
	  EINVAL, "segment 2: contents" },
	{ "contents of 2^64-1 bytes", { { SEG(SPARE, bufsz), PATCH_SET, ~0ULL } }, EINVAL,
	  "segment 2: contents" },
	{ "destination one byte off", { { SEG(SPARE, dest), PATCH_ADD, 1 } }, EINVAL,
	  "segment 2: destination is not page-aligned" },
	{ "destination half a page off", { { SEG(SPARE, dest), PATCH_ADD, 2048 } }, EINVAL,
	  "segment 2: destination is not page-aligned" },
	{ "alignment 3", { { SEG(SPARE, align), PATCH_SET, 3 } }, EINVAL,
	  "segment 2: alignment" },
	{ "alignment of three pages", { { SEG(SPARE, align), PATCH_SET_PAGES, 3 } }, EINVAL,
	  "segment 2: alignment" },
	{ "alignment 2^64-1", { { SEG(SPARE, align), PATCH_SET, ~0ULL } }, EINVAL,
	  "segment 2: alignment" },
	{ "destination not aligned to two pages", { { SEG(SPARE, align), PATCH_SET_PAGES, 2 } },
	  EINVAL, "segment 2: destination is not aligned as asked" },
	{ "destination not aligned to 2^63", { { SEG(SPARE, align), PATCH_SET, 1ULL << 63 } },
	  EINVAL, "segment 2: destination is not aligned as asked" },

	{ "size of 2^64-1 bytes", { { SEG(SPARE, memsz), PATCH_SET, ~0ULL } }, EOVERFLOW,
	  "segment 2: reaches beyond" },
	{ "size of 2^63 bytes", { { SEG(SPARE, memsz), PATCH_SET, 1ULL << 63 } }, EOVERFLOW,
	  "segment 2: reaches beyond" },
	{ "destination that wraps", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_LAST } }, EOVERFLOW,
	  "segment 2: reaches beyond" },
	{ "destination past all addresses", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_PA_END } },
	  EOVERFLOW, "segment 2: reaches beyond" },
	{ "destination half past all addresses", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_PA_LAST } },
	  EOVERFLOW, "segment 2: reaches beyond" },

	{ "two segments at one place",
	  { { SEG(SPARE, dest), PATCH_PAGES, -9ULL } }, EEXIST, "overlaps" },
	{ "overlap by a page, above", { { SEG(SPARE, dest), PATCH_PAGES, -7ULL } }, EEXIST,
	  "overlaps" },
	{ "overlap by a page, below", { { SEG(SPARE, dest), PATCH_PAGES, -5ULL } }, EEXIST,
	  "overlaps" },
	{ "overlap by one byte that takes a page",
	  { { SEG(SPARE, memsz), PATCH_SET_PAGES, 1 }, { SEG(SPARE, memsz), PATCH_ADD, 1 },
	    { SEG(SPARE, dest), PATCH_PAGES, -5ULL } }, EEXIST, "overlaps" },
	{ "one segment inside another",
	  { { SEG(SPARE, dest), PATCH_PAGES, -8ULL }, { SEG(SPARE, memsz), PATCH_SET_PAGES, 1 } },
	  EEXIST, "overlaps" },
	{ "one segment around another",
	  { { SEG(SPARE, dest), PATCH_PAGES, -5ULL }, { SEG(SPARE, memsz), PATCH_SET_PAGES, 4 } },
	  EEXIST, "overlaps" },

	{ "device as destination", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_DEVICE } },
	  EADDRNOTAVAIL, "segment 2: 0x" },
	{ "nothing as destination", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_HOLE } },
	  EADDRNOTAVAIL, "segment 2: 0x" },
	{ "destination half past RAM", { { SEG(SPARE, dest), PATCH_SPOT, SPOT_RAM_LAST } },
	  EADDRNOTAVAIL, "segment 2: 0x" },
	{ "last of all pages as destination",
	  { { SEG(SPARE, dest), PATCH_SPOT, SPOT_PA_LAST },
	    { SEG(SPARE, memsz), PATCH_SET_PAGES, 1 } }, EADDRNOTAVAIL, "segment 2: 0x" },
	{ "larger than all memory",
	  { { SEG(SPARE, dest), PATCH_SPOT, SPOT_RAM_LAST },
	    { SEG(SPARE, memsz), PATCH_SET, 1ULL << 34 } }, EADDRNOTAVAIL, "segment 2: 0x" },

	{ "contents at NULL", { { SEG(SPARE, buf), PATCH_BAD, BAD_NULL } }, EFAULT,
	  "segment 2: its contents" },
	{ "contents in the kernel", { { SEG(SPARE, buf), PATCH_BAD, BAD_KERNEL } }, EFAULT,
	  "segment 2: its contents" },
	{ "contents nowhere", { { SEG(SPARE, buf), PATCH_BAD, BAD_GAP } }, EFAULT,
	  "segment 2: its contents" },
	{ "contents out of reach", { { SEG(SPARE, buf), PATCH_BAD, BAD_NONE } }, EFAULT,
	  "segment 2: its contents" },
	{ "contents that wrap", { { SEG(SPARE, buf), PATCH_BAD, BAD_TOP } }, EFAULT,
	  "segment 2: its contents" },
	{ "contents that end in a page out of reach",
	  { { SEG(SPARE, buf), PATCH_BAD, BAD_NONE }, { SEG(SPARE, buf), PATCH_ADD, -4ULL } },
	  EFAULT, "segment 2: its contents" },

	{ "entry 0", { { LOAD(entry), PATCH_SET, 0 } }, EINVAL, "entry" },
	{ "entry 2^64-4", { { LOAD(entry), PATCH_SET, ~3ULL } }, EINVAL, "entry" },
	{ "entry one byte off", { { LOAD(entry), PATCH_ADD, 1 } }, EINVAL, "entry" },
	{ "entry two bytes off", { { LOAD(entry), PATCH_ADD, 2 } }, EINVAL, "entry" },
	{ "entry before the segment", { { LOAD(entry), PATCH_ADD, -68ULL } }, EINVAL, "entry" },
	{ "entry at the end of the contents",
	  { { LOAD(entry), PATCH_PAGES, 1 }, { LOAD(entry), PATCH_ADD, IMAGE_KERNEL_MORE - 64 } },
	  EINVAL, "entry" },
	{ "entry that reaches into the zeroes",
	  { { LOAD(entry), PATCH_PAGES, 1 }, { LOAD(entry), PATCH_ADD, IMAGE_KERNEL_MORE - 68 },
	    { SEG(KERNEL, bufsz), PATCH_ADD, -1ULL } }, EINVAL, "entry" },
	{ "entry in the zeroes", { { LOAD(entry), PATCH_PAGES, 2 } }, EINVAL, "entry" },
	{ "entry behind the segment", { { LOAD(entry), PATCH_PAGES, 3 } }, EINVAL, "entry" },
	{ "device tree at 0", { { LOAD(dtb), PATCH_SET, 0 } }, EINVAL, "device tree" },
	{ "device tree at 2^64-8", { { LOAD(dtb), PATCH_SET, ~7ULL } }, EINVAL, "device tree" },
	{ "device tree four bytes off", { { LOAD(dtb), PATCH_ADD, 4 } }, EINVAL, "device tree" },
	{ "device tree one byte off", { { LOAD(dtb), PATCH_ADD, 1 } }, EINVAL, "device tree" },
	{ "device tree that reaches into the zeroes", { { LOAD(dtb), PATCH_ADD, 24 } }, EINVAL,
	  "device tree" },
	{ "device tree in the zeroes", { { LOAD(dtb), PATCH_ADD, 128 } }, EINVAL, "device tree" },
	{ "device tree in no segment", { { LOAD(dtb), PATCH_PAGES, 1 } }, EINVAL, "device tree" },
};

const unsigned int image_rejections_nr = sizeof(image_rejections) / sizeof(image_rejections[0]);

const struct rejection query_rejections[] = {
	{ "placement 3", { { PLACE(placement), PATCH_SET, 3 } }, EINVAL, "placement" },
	{ "placement 2^32-1", { { PLACE(placement), PATCH_SET, ~0U } }, EINVAL, "placement" },
	{ "no pieces", { { PLACE(nr_pieces), PATCH_SET, 0 } }, EINVAL, "no pieces" },
	{ "17 pieces", { { PLACE(nr_pieces), PATCH_SET, 17 } }, E2BIG, "17 pieces" },
	{ "2^31 pieces", { { PLACE(nr_pieces), PATCH_SET, 1U << 31 } }, E2BIG, "pieces" },
	{ "2^32-1 pieces", { { PLACE(nr_pieces), PATCH_SET, ~0U } }, E2BIG, "pieces" },
	{ "reserved field", { { PLACE(reserved), PATCH_SET, 1 } }, EINVAL, "reserved" },
	{ "reserved field, high bit", { { PLACE(reserved), PATCH_SET, 1U << 31 } }, EINVAL,
	  "reserved" },
	{ "pieces at NULL", { { PLACE(pieces), PATCH_BAD, BAD_NULL } }, EFAULT, "pieces" },
	{ "pieces in the kernel", { { PLACE(pieces), PATCH_BAD, BAD_KERNEL } }, EFAULT, "pieces" },
	{ "pieces nowhere", { { PLACE(pieces), PATCH_BAD, BAD_GAP } }, EFAULT, "pieces" },
	{ "pieces out of reach", { { PLACE(pieces), PATCH_BAD, BAD_NONE } }, EFAULT, "pieces" },
	{ "pieces at the top", { { PLACE(pieces), PATCH_BAD, BAD_TOP } }, EFAULT, "pieces" },
	{ "window of 3 GiB", { { PLACE(window), PATCH_SET, 3ULL << 30 } }, EINVAL, "window" },
	{ "window of 512 MiB", { { PLACE(window), PATCH_SET, 1ULL << 29 } }, EINVAL, "window" },
	{ "window of 1 byte", { { PLACE(window), PATCH_SET, 1 } }, EINVAL, "window" },
	{ "window of 2^64-1", { { PLACE(window), PATCH_SET, ~0ULL } }, EINVAL, "window" },

	{ "reserved field of a piece", { { PIECE(1, reserved), PATCH_SET, 1 } }, EINVAL,
	  "piece 1: reserved" },
	{ "empty piece", { { PIECE(1, memsz), PATCH_SET, 0 } }, EINVAL, "piece 1: memory size" },
	{ "piece of 2^64-1 bytes", { { PIECE(1, memsz), PATCH_SET, ~0ULL } }, EOVERFLOW,
	  "piece 1: larger" },
	{ "piece of 2^63 bytes", { { PIECE(1, memsz), PATCH_SET, 1ULL << 63 } }, EOVERFLOW,
	  "piece 1: larger" },
	{ "piece larger than all addresses",
	  { { PIECE(1, memsz), PATCH_SPOT, SPOT_PA_END }, { PIECE(1, memsz), PATCH_ADD, 1 } },
	  EOVERFLOW, "piece 1: larger" },
	{ "piece larger than all memory", { { PIECE(1, memsz), PATCH_SPOT, SPOT_PA_END } }, EFBIG,
	  "piece 1: " },
	{ "piece of 16 GiB", { { PIECE(1, memsz), PATCH_SET, 1ULL << 34 } }, EFBIG, "piece 1: " },
	{ "alignment 0", { { PIECE(1, align), PATCH_SET, 0 } }, EINVAL, "piece 1: alignment" },
	{ "alignment of three pages", { { PIECE(1, align), PATCH_SET_PAGES, 3 } }, EINVAL,
	  "piece 1: alignment" },
	{ "alignment of half a page",
	  { { PIECE(1, align), PATCH_SET, 2048 }, { PIECE(1, offset), PATCH_SET, 0 } }, EINVAL,
	  "piece 1: alignment" },
	{ "alignment 2^63", { { PIECE(1, align), PATCH_SET, 1ULL << 63 } }, EINVAL,
	  "piece 1: alignment" },
	{ "alignment 2^64-1", { { PIECE(1, align), PATCH_SET, ~0ULL } }, EINVAL,
	  "piece 1: alignment" },
	{ "offset one byte off", { { PIECE(1, offset), PATCH_ADD, 1 } }, EINVAL,
	  "piece 1: offset" },
	{ "offset as large as the alignment", { { PIECE(1, offset), PATCH_SET_PAGES, 4 } },
	  EINVAL, "piece 1: offset" },
	{ "offset of 2^63", { { PIECE(1, offset), PATCH_SET, 1ULL << 63 } }, EINVAL,
	  "piece 1: offset" },
	{ "alignment that no memory has",
	  { { PIECE(1, align), PATCH_SPOT, SPOT_PA_END }, { PIECE(1, offset), PATCH_SET, 0 } },
	  ENOSPC, "piece 1: " },
	{ "offset into nowhere",
	  { { PIECE(1, align), PATCH_SPOT, SPOT_PA_END },
	    { PIECE(1, offset), PATCH_SPOT, SPOT_HOLE } }, ENOSPC, "piece 1: " },
};

const unsigned int query_rejections_nr = sizeof(query_rejections) / sizeof(query_rejections[0]);
