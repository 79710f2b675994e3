/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A random image of a next kernel: where its pieces come from and go to.
 */
#ifndef BARE_NEXT_IMAGE_H
#define BARE_NEXT_IMAGE_H

#include "crossing.h"

#define PIECES_MAX	12

/**
 * struct piece - a stretch of the image; whole pages
 * @dst: where it belongs
 * @src: where it is: FK_MOVE_ZERO if nowhere, @dst if it lies in place
 * @size: bytes
 * @whole: every byte of it matters, as it holds the kernel or its tree
 */
struct piece {
	u64 dst;
	u64 src;
	u64 size;
	bool whole;
};

/**
 * struct image - what the next kernel consists of
 * @in_place: nothing of it has to be moved
 * @nr: pieces
 * @piece: they; no two share a page
 */
struct image {
	bool in_place;
	unsigned int nr;
	struct piece piece[PIECES_MAX];
};

/**
 * image_begin() - an image without contents, or with a piece of a few megabytes
 * @image: filled in
 *
 * Comes before all else that takes memory, while the arenas are still in one piece.
 */
void image_begin(struct image *image);

/**
 * image_complete() - add the fake next kernel, its tree and some more
 * @image: begun
 * @crossing: gets the entry and the tree
 * @reuse: pages of the old kernel that may be overwritten
 * @nr_reuse: of them
 */
void image_complete(struct image *image, struct crossing *crossing, const u64 *reuse,
		    unsigned int nr_reuse);

/**
 * image_use_module_list() - tables, list and descriptor as the module makes them
 * @image: complete
 * @crossing: gets them, of a random design
 *
 * Notes all memory in the shadow, and then does there what the list will do.
 */
void image_use_module_list(const struct image *image, struct crossing *crossing);

/** image_sum() - what the next kernel finds if the shadow is right */
u64 image_sum(const struct image *image);

#endif /* BARE_NEXT_IMAGE_H */
