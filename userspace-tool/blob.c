// SPDX-License-Identifier: GPL-2.0
#include "blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out.h"

#define CHUNK	(1024 * 1024)

static int no_memory(size_t size)
{
	return out_fail("out of memory: %s more are needed", out_size(size).s);
}

int blob_alloc(struct blob *blob, size_t size)
{
	void *data = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (data == MAP_FAILED)
		return no_memory(size);
	*blob = (struct blob){ .data = data, .size = size };
	return 0;
}

int blob_resize(struct blob *blob, size_t size)
{
	void *data = mremap(blob->data, blob->size, size, MREMAP_MAYMOVE);

	if (data == MAP_FAILED)
		return no_memory(size);
	*blob = (struct blob){ .data = data, .size = size };
	return 0;
}

void blob_free(struct blob *blob)
{
	if (blob->data)
		munmap(blob->data, blob->size);
	*blob = (struct blob){ 0 };
}

static int open_file(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);

	if (fd < 0)
		return out_fail("cannot open %s: %s", path, strerror(errno));
	return fd;
}

/* Bytes read, 0 at the end of the file, -1 with errno. */
static ssize_t read_some(int fd, void *buffer, size_t size)
{
	ssize_t n;

	do {
		n = read(fd, buffer, size);
	} while (n < 0 && errno == EINTR);
	return n;
}

static int read_through(int fd, const char *path, uint64_t size)
{
	uint64_t done = 0;
	ssize_t n = 0;
	int error;
	char *scratch = malloc(CHUNK);

	if (!scratch)
		return no_memory(CHUNK);
	while (done < size) {
		n = read_some(fd, scratch, CHUNK);
		if (n <= 0)
			break;
		done += n;
		out_progress(path, done, size);
	}
	error = errno;
	free(scratch);
	out_progress(path, size, size);

	if (n < 0)
		return out_fail("cannot read %s: %s", path, strerror(error));
	if (done < size)
		return out_fail("%s became shorter while it was read", path);
	return 0;
}

static int map_open_file(struct blob *blob, int fd, const char *path, uint64_t memory)
{
	struct stat st;
	void *data;

	if (fstat(fd, &st))
		return out_fail("cannot examine %s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return out_fail("%s is a directory", path);
	if (!S_ISREG(st.st_mode))
		return out_fail("%s is not a regular file", path);
	if (st.st_size == 0)
		return out_fail("%s is empty", path);
	if ((uint64_t)st.st_size > memory)
		return out_fail("%s (%s) is larger than this machine's memory (%s)",
				path, out_size(st.st_size).s, out_size(memory).s);
	if (read_through(fd, path, st.st_size))
		return -1;

	data = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (data == MAP_FAILED)
		return out_fail("cannot map %s: %s", path, strerror(errno));
	*blob = (struct blob){ .data = data, .size = st.st_size };
	return 0;
}

int blob_map_file(struct blob *blob, const char *path, uint64_t memory)
{
	/* O_NONBLOCK: a FIFO is refused instead of waited for. */
	int fd = open_file(path, O_NONBLOCK);
	int ret;

	if (fd < 0)
		return -1;
	ret = map_open_file(blob, fd, path, memory);
	close(fd);
	return ret;
}

int blob_read_file(struct blob *blob, const char *path, size_t limit)
{
	struct blob room = { 0 };
	size_t done = 0;
	ssize_t n = 0;
	int fd = open_file(path, 0);

	if (fd < 0)
		return -1;
	if (blob_alloc(&room, limit + 1)) {
		close(fd);
		return -1;
	}

	while (done <= limit) {
		n = read_some(fd, room.data + done, limit + 1 - done);
		if (n <= 0)
			break;
		done += n;
	}
	if (n < 0)
		out_fail("cannot read %s: %s", path, strerror(errno));
	else if (done > limit)
		out_fail("%s is larger than %s", path, out_size(limit).s);
	else if (done == 0)
		out_fail("%s is empty", path);
	close(fd);

	if (n < 0 || done > limit || done == 0 || blob_resize(&room, done)) {
		blob_free(&room);
		return -1;
	}
	*blob = room;
	return 0;
}
