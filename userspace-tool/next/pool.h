/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is given back all at once.
 */
#ifndef FASTKEXEC_POOL_H
#define FASTKEXEC_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* The most that one pool holds, in bytes: no boot menu needs it. */
#define POOL_MAX	(16 << 20)

struct pool_piece;

/**
 * struct pool - pieces of memory; all zero holds none
 * @last: the newest piece
 * @used: bytes of all
 * @failed: whether a piece could not be had
 */
struct pool {
	struct pool_piece *last;
	size_t used;
	bool failed;
};

/**
 * pool_alloc() - zeroed memory
 * @pool: holds it
 * @size: bytes
 *
 * Return: the memory, or NULL, and then @pool->failed is set
 */
void *pool_alloc(struct pool *pool, size_t size);

/**
 * pool_text() - a copy of a text
 * @pool: holds it
 * @text: bytes, which need not end with a zero
 * @length: how many
 *
 * Return: the copy, or "", and then @pool->failed is set
 */
const char *pool_text(struct pool *pool, const char *text, size_t length);

/**
 * pool_print() - a text that is made
 * @pool: holds it
 * @format: as of printf(3)
 *
 * Return: the text, or "", and then @pool->failed is set
 */
const char *pool_print(struct pool *pool, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * pool_free() - give it all back
 * @pool: holds nothing afterwards
 */
void pool_free(struct pool *pool);

#endif /* FASTKEXEC_POOL_H */
