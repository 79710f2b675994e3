// SPDX-License-Identifier: GPL-2.0
#include "root.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *root = "";

void root_set(const char *path)
{
	root = path;
}

static void print_path(char *path, size_t size, const char *format, va_list args)
{
	int length = snprintf(path, size, "%s", root);

	if (length >= 0 && (size_t)length < size)
		vsnprintf(path + length, size - length, format, args);
}

const char *root_path(char *path, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_path(path, size, format, args);
	va_end(args);
	return path;
}

bool root_read(char *line, size_t size, const char *format, ...)
{
	char path[PATH_MAX];
	va_list args;
	ssize_t n;
	int fd;

	line[0] = '\0';
	va_start(args, format);
	print_path(path, sizeof(path), format, args);
	va_end(args);
	/* O_NONBLOCK: a FIFO is not waited for. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	n = read(fd, line, size - 1);
	close(fd);
	line[n > 0 ? n : 0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return true;
}

bool root_has(const char *format, ...)
{
	char path[PATH_MAX];
	va_list args;

	va_start(args, format);
	print_path(path, sizeof(path), format, args);
	va_end(args);
	return !access(path, F_OK);
}

void root_each(const char *directory, void (*visit)(void *ctx, const char *name), void *ctx)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir = opendir(root_path(path, sizeof(path), "%s", directory));

	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			visit(ctx, entry->d_name);
	closedir(dir);
}
