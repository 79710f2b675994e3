/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file that is read once, from its beginning on.
 */
#ifndef FASTKEXEC_SOURCE_H
#define FASTKEXEC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct source - an open file; all zero is none
 * @path: its name, for messages; not owned
 * @is_open: whether there is one
 * @fd: its descriptor
 * @size: bytes in all
 * @done: bytes that have been read
 */
struct source {
	const char *path;
	bool is_open;
	int fd;
	size_t size;
	size_t done;
};

/**
 * source_open() - begin to read a regular file of any size
 * @source: takes it; needs source_close() after success
 * @path: which file; must stay valid as long as @source
 * @memory: bytes of memory in this machine; a larger file is refused
 *
 * Return: 0, or -1 after having said what was wrong
 */
int source_open(struct source *source, const char *path, uint64_t memory);

/**
 * source_read() - the next bytes, with the progress shown
 * @source: open
 * @to: takes them
 * @size: how many; a file that has become shorter has fewer, which is a failure
 *
 * Return: 0, or -1 after having said what was wrong
 */
int source_read(struct source *source, uint8_t *to, size_t size);

/**
 * source_close() - be done with it
 * @source: open or not; is not open afterwards
 */
void source_close(struct source *source);

#endif /* FASTKEXEC_SOURCE_H */
