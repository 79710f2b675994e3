/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arguments of FASTKEXEC_LOAD and FASTKEXEC_PLACE that are right, and changes that
 * make one field of them wrong.
 */
#ifndef ABI_IMAGE_H
#define ABI_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "world.h"

/**
 * struct image - an image to load: a kernel, a device tree and something more
 * @load: the argument of FASTKEXEC_LOAD
 * @segment: one more than there may be
 *
 * It is not a kernel: nothing may jump to it.
 */
struct image {
	struct fastkexec_load load;
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS + 1];
};

/* The segments of a right image. */
enum {
	IMAGE_KERNEL,		/* one page of contents and 100 bytes, in three pages */
	IMAGE_DTB,		/* 64 bytes in one page */
	IMAGE_SPARE,		/* 10 bytes in two pages; nothing points there */
	IMAGE_SEGMENTS,
};

/* Bytes of contents of the kernel behind its first page. */
#define IMAGE_KERNEL_MORE	100

/**
 * struct query - pieces to place
 * @place: the argument of FASTKEXEC_PLACE
 * @piece: one more than there may be
 */
struct query {
	struct fastkexec_place place;
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS + 1];
};

/* What a patch does to a field. */
enum patch_how {
	PATCH_NONE,		/* nothing: the end of a list */
	PATCH_SET,		/* the value */
	PATCH_ADD,		/* the old value and the value */
	PATCH_PAGES,		/* the old value and so many pages */
	PATCH_SET_PAGES,	/* so many pages */
	PATCH_BAD,		/* an enum bad_pointer */
	PATCH_SPOT,		/* an enum spot */
};

/**
 * struct patch - one change
 * @at: offset in the argument
 * @width: 4 or 8 bytes there
 * @how: what to do
 * @value: with what
 */
struct patch {
	size_t at;
	unsigned int width;
	enum patch_how how;
	uint64_t value;
};

/**
 * struct rejection - one thing wrong, the rest right
 * @what: in words
 * @patch: makes it wrong
 * @error: what the call must fail with
 * @word: part of the reason
 */
struct rejection {
	const char *what;
	struct patch patch[3];
	int error;
	const char *word;
};

extern const struct rejection image_rejections[];
extern const unsigned int image_rejections_nr;
extern const struct rejection query_rejections[];
extern const unsigned int query_rejections_nr;

/**
 * image_prepare() - fill an image that is right
 * @image: filled in; its addresses lie in @world.free
 * @placement: enum fastkexec_placement
 */
void image_prepare(struct image *image, uint32_t placement);

/**
 * image_move() - put an image elsewhere, all of it
 * @image: prepared
 * @dest: where its first segment begins; page-aligned
 */
void image_move(struct image *image, uint64_t dest);

/**
 * image_spread() - put each segment where it can be claimed in place
 * @image: prepared
 *
 * A kernel cannot claim twice from one block of its memory, however much of it is
 * free.
 */
void image_spread(struct image *image);

/**
 * image_spread_large() - the same with another size of the spare segment
 * @image: prepared
 * @size: bytes; not set in @image
 *
 * Each call finds other places.
 */
void image_spread_large(struct image *image, uint64_t size);

/**
 * image_span() - bytes from the first segment's beginning to the last one's end
 *
 * Return: a multiple of the page size.
 */
uint64_t image_span(void);

/**
 * query_prepare() - fill a query that is right
 * @query: filled in: two pieces, of three pages and of one
 * @placement: enum fastkexec_placement
 */
void query_prepare(struct query *query, uint32_t placement);

/**
 * rejection_apply() - make an argument wrong
 * @rejection: how
 * @argument: a struct image or a struct query
 */
void rejection_apply(const struct rejection *rejection, void *argument);

#endif /* ABI_IMAGE_H */
