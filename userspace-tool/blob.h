/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that holds a whole file, or what was made from one.
 */
#ifndef FASTKEXEC_BLOB_H
#define FASTKEXEC_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct blob - a range of this process's memory
 * @data: page-aligned; NULL if nothing is held
 * @size: bytes
 * @mapped: whether it is the memory that it will run in (see blob_map())
 *
 * An all-zero blob holds nothing. The holder of a blob frees it by blob_free().
 * A function that fails leaves the blob as it was.
 */
struct blob {
	uint8_t *data;
	size_t size;
	bool mapped;
};

/**
 * blob_alloc() - zeroed memory
 * @blob: takes it; what it held is forgotten, not freed
 * @size: bytes, at least 1; refused if they are more than seven eighths of what
 *	the kernel says is available
 * @what: what it is for, for the message
 *
 * Return: 0, or -1 after having said what was wrong
 */
int blob_alloc(struct blob *blob, size_t size, const char *what);

/**
 * blob_resize() - change the size; the contents stay, new bytes are zero if
 *	the blob has never been larger
 * @blob: as made by blob_alloc()
 * @size: bytes, at least 1; what comes on top is limited as there
 * @what: what it is for, for the message
 *
 * Return: 0, or -1 after having said what was wrong
 */
int blob_resize(struct blob *blob, size_t size, const char *what);

/**
 * blob_load_file() - a regular file of any size
 * @blob: takes a copy: the file may change after it was checked
 * @path: which file
 * @memory: bytes of memory in this machine; a larger file is refused
 *
 * Return: 0, or -1 after having said what was wrong
 */
int blob_load_file(struct blob *blob, const char *path, uint64_t memory);

/**
 * blob_read_file() - a small file, of /proc and /sys too
 * @blob: takes a copy that can be written to
 * @path: which file
 * @limit: bytes; a larger file is refused
 *
 * Return: 0, or -1 after having said what was wrong
 */
int blob_read_file(struct blob *blob, const char *path, size_t limit);

/**
 * blob_map() - memory that the module has claimed
 * @blob: takes it; what it held is forgotten, not freed
 * @size: bytes, at least 1
 * @what: what it is for, for the message
 * @fd: the device
 * @offset: of the memory there
 *
 * It can only be made smaller. Once FASTKEXEC_LOAD has taken it, it can only be freed.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int blob_map(struct blob *blob, size_t size, const char *what, int fd, uint64_t offset);

/**
 * blob_free() - give the memory back
 * @blob: what to free; holds nothing afterwards
 */
void blob_free(struct blob *blob);

#endif /* FASTKEXEC_BLOB_H */
