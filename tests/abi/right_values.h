/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arguments of FASTKEXEC_LOAD and FASTKEXEC_PLACE that are right.
 */
#ifndef ABI_RIGHT_VALUES_H
#define ABI_RIGHT_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "proc_iomem.h"

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
 * free. Each call asks anew: what could be claimed a while ago may be in use now.
 */
void image_spread(struct image *image);

/**
 * image_spread_as_before() - put each segment where image_spread() found a place last
 * @image: prepared
 *
 * For threads: no question is asked while another one loads.
 */
void image_spread_as_before(struct image *image);

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

#endif /* ABI_RIGHT_VALUES_H */
