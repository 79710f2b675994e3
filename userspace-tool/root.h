/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small files of this machine: settings, states, notes.
 */
#ifndef FASTKEXEC_ROOT_H
#define FASTKEXEC_ROOT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * root_set() - look at another root than /
 * @path: its directory, for tests; "" for the machine's own; must stay valid
 */
void root_set(const char *path);

/**
 * root_path() - where a file of this machine is
 * @path: takes the answer
 * @size: bytes at @path
 * @format: absolute path, as of printf(3)
 *
 * Return: @path
 */
const char *root_path(char *path, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * root_read() - the first line of a small file
 * @line: takes it, without the newline; empty if the file cannot be read
 * @size: bytes at @line
 * @format: absolute path, as of printf(3)
 *
 * Return: whether there was such a file
 */
bool root_read(char *line, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * root_has() - is there such a file?
 * @format: absolute path, as of printf(3)
 *
 * Return: whether there is
 */
bool root_has(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * root_each() - visit the entries of a directory
 * @directory: absolute path; one that is not there has no entries
 * @visit: called with each name, in no order, . and .. left out
 * @ctx: for @visit
 */
void root_each(const char *directory, void (*visit)(void *ctx, const char *name), void *ctx);

#endif /* FASTKEXEC_ROOT_H */
