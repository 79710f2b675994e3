// SPDX-License-Identifier: GPL-2.0
/*
 * How each field of an argument can be wrong. Contracts in rejected_values.h.
 */
#include "rejected_values.h"

#include <errno.h>
#include <string.h>

#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"

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
	{ "verify 3", { { LOAD(verify), PATCH_SET, 3 } }, EINVAL, "verify" },
	{ "verify 2^32-1", { { LOAD(verify), PATCH_SET, ~0U } }, EINVAL, "verify" },
	{ "reserved field of a load", { { LOAD(reserved), PATCH_SET, 1 } }, EINVAL, "reserved" },
	{ "reserved field of a load, high bit", { { LOAD(reserved), PATCH_SET, 1U << 31 } },
	  EINVAL, "reserved" },
	{ "flag 2", { { LOAD(flags), PATCH_SET, 4 } }, EINVAL, "flags" },
	{ "a flag that is defined and one that is not", { { LOAD(flags), PATCH_SET, 5 } }, EINVAL,
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

	{ "segments of 0 bytes", { { LOAD(segment_size), PATCH_SET, 0 } }, EINVAL,
	  "one of the segments is less than" },
	{ "segments a byte too short",
	  { { LOAD(segment_size), PATCH_SET, FASTKEXEC_SEGMENT_SIZE_V0 - 1 } }, EINVAL,
	  "one of the segments is less than" },
	{ "segments larger than a page",
	  { { LOAD(segment_size), PATCH_SET_PAGES, 1 }, { LOAD(segment_size), PATCH_ADD, 1 } },
	  E2BIG, "absurd" },
	{ "segments of 2^31 bytes", { { LOAD(segment_size), PATCH_SET, 1U << 31 } }, E2BIG,
	  "absurd" },
	{ "segments of 2^32-1 bytes", { { LOAD(segment_size), PATCH_SET, ~0U } }, E2BIG,
	  "absurd" },
	/* What lies behind is the next segment. */
	{ "segments with something behind",
	  { { LOAD(segment_size), PATCH_SET, sizeof(struct fastkexec_segment) + 8 } }, E2BIG,
	  "segments ask for something" },

	{ "segment with role 4", { { SEG(SPARE, role), PATCH_SET, 4 } }, EINVAL,
	  "segment 2: role 4" },
	{ "segment with role 2^32-1", { { SEG(KERNEL, role), PATCH_SET, ~0U } }, EINVAL,
	  "segment 0: role" },
	{ "flag 1 of a segment", { { SEG(SPARE, flags), PATCH_SET, 2 } }, EINVAL,
	  "segment 2: flags" },
	{ "contents at an address, and in the mapping", { { SEG(SPARE, flags), PATCH_SET, 1 } },
	  EINVAL, "segment 2: buf is not zero" },
	{ "contents in the mapping of nothing",
	  { { SEG(SPARE, flags), PATCH_SET, 1 }, { SEG(SPARE, buf), PATCH_SET, 0 } }, EINVAL,
	  "segment 2: nothing of this address and size" },
	{ "flag 31 of a segment", { { SEG(DTB, flags), PATCH_SET, 1U << 31 } }, EINVAL,
	  "segment 1: flags" },
	{ "reserved field of a segment", { { SEG(SPARE, reserved[0]), PATCH_SET, 1 } }, EINVAL,
	  "segment 2: reserved" },
	{ "last reserved field of a segment",
	  { { SEG(SPARE, reserved[1]), PATCH_SET, 1U << 31 } }, EINVAL,
	  "segment 2: reserved" },
	{ "segment with a placement", { { SEG(SPARE, placement), PATCH_SET, 1 } }, EINVAL,
	  "segment 2: placement" },
	{ "segment with chunks", { { SEG(SPARE, chunks), PATCH_SET, 1 } }, EINVAL,
	  "segment 2: placement or chunks" },
	{ "record a word off",
	  { { LOAD(record), PATCH_SET_PAGES, 1 }, { LOAD(record), PATCH_ADD, 8 } }, EINVAL,
	  "the record is misaligned" },
	{ "record that is not in contents", { { LOAD(record), PATCH_SET_PAGES, 1 } }, EINVAL,
	  "the record is misaligned or in no segment" },
	{ "record below 2^64", { { LOAD(record), PATCH_SET, ~0xffULL } }, EINVAL,
	  "the record is misaligned or in no segment" },
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
	  { { SEG(SPARE, dest), PATCH_PAGES, -9ULL } }, EEXIST,
	  "segment 2: overlaps" },
	{ "overlap by a page, above", { { SEG(SPARE, dest), PATCH_PAGES, -7ULL } }, EEXIST,
	  "segment 2: overlaps" },
	{ "overlap by a page, below", { { SEG(SPARE, dest), PATCH_PAGES, -5ULL } }, EEXIST,
	  "segment 1: overlaps" },
	{ "overlap by one byte that takes a page",
	  { { SEG(SPARE, memsz), PATCH_SET_PAGES, 1 }, { SEG(SPARE, memsz), PATCH_ADD, 1 },
	    { SEG(SPARE, dest), PATCH_PAGES, -5ULL } }, EEXIST,
	  "segment 1: overlaps" },
	{ "one segment inside another",
	  { { SEG(SPARE, dest), PATCH_PAGES, -8ULL }, { SEG(SPARE, memsz), PATCH_SET_PAGES, 1 } },
	  EEXIST,
	  "segment 2: overlaps" },
	{ "one segment around another",
	  { { SEG(SPARE, dest), PATCH_PAGES, -5ULL }, { SEG(SPARE, memsz), PATCH_SET_PAGES, 4 } },
	  EEXIST,
	  "segment 1: overlaps" },

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

	{ "flag 0", { { PLACE(flags), PATCH_SET, 1 } }, EINVAL, "flags" },
	{ "all flags", { { PLACE(flags), PATCH_SET, ~0U } }, EINVAL, "flags" },
	{ "pieces of 0 bytes", { { PLACE(piece_size), PATCH_SET, 0 } }, EINVAL,
	  "one of the pieces is less than" },
	{ "pieces a byte too short",
	  { { PLACE(piece_size), PATCH_SET, FASTKEXEC_PIECE_SIZE_V0 - 1 } }, EINVAL,
	  "one of the pieces is less than" },
	{ "pieces larger than a page",
	  { { PLACE(piece_size), PATCH_SET_PAGES, 1 }, { PLACE(piece_size), PATCH_ADD, 1 } },
	  E2BIG, "absurd" },
	{ "pieces of 2^31 bytes", { { PLACE(piece_size), PATCH_SET, 1U << 31 } }, E2BIG,
	  "absurd" },
	{ "pieces of 2^32-1 bytes", { { PLACE(piece_size), PATCH_SET, ~0U } }, E2BIG, "absurd" },
	/* What lies behind is the next piece. */
	{ "pieces with something behind",
	  { { PLACE(piece_size), PATCH_SET, sizeof(struct fastkexec_piece) + 8 } }, E2BIG,
	  "pieces ask for something" },

	{ "piece with role 4", { { PIECE(1, role), PATCH_SET, 4 } }, EINVAL, "piece 1: role 4" },
	{ "piece with role 2^32-1", { { PIECE(0, role), PATCH_SET, ~0U } }, EINVAL,
	  "piece 0: role" },
	{ "flag 1 of a piece", { { PIECE(1, flags), PATCH_SET, 2 } }, EINVAL, "piece 1: flags" },
	{ "flag 31 of a piece", { { PIECE(0, flags), PATCH_SET, 1U << 31 } }, EINVAL,
	  "piece 0: flags" },
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
