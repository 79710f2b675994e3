/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whole files of this machine, below root_set(), that are read without a risk: of a
 * moderate size, and never through an automount.
 */
#ifndef FASTKEXEC_TEXT_FILE_H
#define FASTKEXEC_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "next/pool.h"

/* The most that is read of one file, in bytes. */
#define TEXT_FILE_MAX	(1 << 20)

/**
 * text_file_read() - a whole file
 * @pool: holds it; a zero stands behind the text
 * @path: absolute, without root_set()'s
 * @size: takes its bytes
 *
 * Return: the text, or NULL: there is no such file, it is no regular file, it is too
 * large, or an automount is in the way
 */
const char *text_file_read(struct pool *pool, const char *path, size_t *size);

/**
 * text_file_there() - can a file be read?
 * @path: absolute, without root_set()'s
 *
 * Return: whether it is a regular file, not empty, and no automount is in the way
 */
bool text_file_there(const char *path);

#endif /* FASTKEXEC_TEXT_FILE_H */
