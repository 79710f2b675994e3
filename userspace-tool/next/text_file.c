// SPDX-License-Identifier: GPL-2.0
#include "next/text_file.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "next/mounts.h"
#include "root.h"

static int open_file(const char *path, struct stat *st)
{
	char full[PATH_MAX];
	int fd;

	if (mounts_automount(path))
		return -1;
	/* O_NONBLOCK: a FIFO is not waited for. */
	fd = open(root_path(full, sizeof(full), "%s", path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	if (!fstat(fd, st) && S_ISREG(st->st_mode) && st->st_size > 0)
		return fd;
	close(fd);
	return -1;
}

const char *text_file_read(struct pool *pool, const char *path, size_t *size)
{
	struct stat st;
	int fd = open_file(path, &st);
	char *text = NULL;
	size_t length = 0;
	ssize_t n = 1;

	if (fd < 0)
		return NULL;
	if (st.st_size <= TEXT_FILE_MAX)
		text = pool_alloc(pool, st.st_size + 1);
	while (text && n > 0 && length < (size_t)st.st_size) {
		n = read(fd, text + length, st.st_size - length);
		length += n > 0 ? n : 0;
	}
	close(fd);
	*size = length;
	return n < 0 ? NULL : text;
}

bool text_file_there(const char *path)
{
	struct stat st;
	int fd = open_file(path, &st);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}
