// SPDX-License-Identifier: GPL-2.0
#include "next/pool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * struct pool_piece - one piece
 * @before: the one before it
 * @memory: what the caller has
 */
struct pool_piece {
	struct pool_piece *before;
	max_align_t memory[];
};

void *pool_alloc(struct pool *pool, size_t size)
{
	struct pool_piece *piece = NULL;

	if (size <= POOL_MAX - pool->used)
		piece = calloc(1, sizeof(*piece) + size);
	if (!piece) {
		pool->failed = true;
		return NULL;
	}
	piece->before = pool->last;
	pool->last = piece;
	/* A piece of no bytes costs something, too. */
	pool->used += size ? size : 1;
	return piece->memory;
}

const char *pool_text(struct pool *pool, const char *text, size_t length)
{
	char *copy = pool_alloc(pool, length + 1);

	if (!copy)
		return "";
	memcpy(copy, text, length);
	return copy;
}

const char *pool_print(struct pool *pool, const char *format, ...)
{
	const char *copy = "";
	char *text = NULL;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0) {
		pool->failed = true;
		return copy;
	}
	copy = pool_text(pool, text, length);
	free(text);
	return copy;
}

void pool_free(struct pool *pool)
{
	struct pool_piece *piece;

	while ((piece = pool->last)) {
		pool->last = piece->before;
		free(piece);
	}
	*pool = (struct pool){ 0 };
}
