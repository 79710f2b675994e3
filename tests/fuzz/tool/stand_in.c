// SPDX-License-Identifier: GPL-2.0
/*
 * In the place of parts of the tool: memory that the sanitizer watches to the byte, a
 * machine with nothing in /proc, and messages that nobody reads.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "out.h"
#include "root.h"

/* Beyond this an input is believed that should not be. */
#define MOST	(64U << 20)

int blob_alloc(struct blob *blob, size_t size, const char *what)
{
	(void)what;
	if (!size || size > MOST)
		abort();
	*blob = (struct blob){ .data = calloc(1, size), .size = size };
	return 0;
}

int blob_resize(struct blob *blob, size_t size, const char *what)
{
	(void)what;
	if (!size || size > MOST)
		abort();
	blob->data = realloc(blob->data, size);
	blob->size = size;
	return 0;
}

void blob_free(struct blob *blob)
{
	free(blob->data);
	*blob = (struct blob){ 0 };
}

int blob_load_file(struct blob *blob, const char *path, uint64_t memory)
{
	(void)blob;
	(void)path;
	(void)memory;
	return -1;
}

static void format_away(const char *format, va_list args)
{
	static char text[4096];

	vsnprintf(text, sizeof(text), format, args);
}

int out_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_away(format, args);
	va_end(args);
	return -1;
}

void out_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_away(format, args);
	va_end(args);
}

void out_progress(const char *what, uint64_t done, uint64_t total)
{
	(void)what;
	if (done > total)
		abort();
}

struct out_text out_size(uint64_t bytes)
{
	struct out_text text;

	snprintf(text.s, sizeof(text.s), "%llu bytes", (unsigned long long)bytes);
	return text;
}

int blob_read_file(struct blob *blob, const char *path, size_t limit)
{
	return blob_load_file(blob, path, limit);
}

const char *root_path(char *path, size_t size, const char *format, ...)
{
	(void)format;
	snprintf(path, size, "/nowhere");
	return path;
}

bool root_read(char *line, size_t size, const char *format, ...)
{
	(void)format;
	snprintf(line, size, "linux,dummy-virt");
	return true;
}

void root_each(const char *directory, void (*visit)(void *ctx, const char *name), void *ctx)
{
	(void)directory;
	(void)visit;
	(void)ctx;
}

bool root_has(const char *format, ...)
{
	(void)format;
	return false;
}
