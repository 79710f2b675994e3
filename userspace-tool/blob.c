// SPDX-License-Identifier: GPL-2.0
#include "blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "room.h"
#include "out.h"

#define CHUNK	(1024 * 1024)

/* Bytes read, 0 at the end of the file, -1 with errno. */
static ssize_t read_some(int fd, void *buffer, size_t size)
{
	ssize_t n;

	do {
		n = read(fd, buffer, size);
	} while (n < 0 && errno == EINTR);
	return n;
}

/* Whether @more bytes can be had; says if not. */
static bool is_room(size_t more, const char *what)
{
	uint64_t room = room_available();

	if (more <= room)
		return true;
	out_fail("out of memory for %s: %s more are needed, and %s can be had", what,
		 out_size(more).s, out_size(room).s);
	return false;
}

static int no_memory(size_t more, const char *what)
{
	return out_fail("out of memory for %s: %s more are needed", what, out_size(more).s);
}

int blob_alloc(struct blob *blob, size_t size, const char *what)
{
	void *data;

	if (!is_room(size, what))
		return -1;
	data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (data == MAP_FAILED)
		return no_memory(size, what);
	*blob = (struct blob){ .data = data, .size = size };
	return 0;
}

int blob_resize(struct blob *blob, size_t size, const char *what)
{
	void *data;

	if (size > blob->size && !is_room(size - blob->size, what))
		return -1;
	data = mremap(blob->data, blob->size, size, MREMAP_MAYMOVE);
	if (data == MAP_FAILED)
		return no_memory(size, what);
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

static int read_whole(const struct blob *blob, int fd, const char *path)
{
	size_t done = 0;
	ssize_t n = 0;
	int error;

	while (done < blob->size) {
		n = read_some(fd, blob->data + done,
			      blob->size - done < CHUNK ? blob->size - done : CHUNK);
		if (n <= 0)
			break;
		done += n;
		out_progress(path, done, blob->size);
	}
	error = errno;
	out_progress(path, blob->size, blob->size);

	if (n < 0)
		return out_fail("cannot read %s: %s", path, strerror(error));
	if (done < blob->size)
		return out_fail("%s became shorter while it was read", path);
	return 0;
}

static int load_open_file(struct blob *blob, int fd, const char *path, uint64_t memory)
{
	struct blob room = { 0 };
	struct stat st;

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
	if (blob_alloc(&room, st.st_size, path))
		return -1;
	if (read_whole(&room, fd, path)) {
		blob_free(&room);
		return -1;
	}
	*blob = room;
	return 0;
}

int blob_load_file(struct blob *blob, const char *path, uint64_t memory)
{
	/* O_NONBLOCK: a FIFO is refused instead of waited for. */
	int fd = open_file(path, O_NONBLOCK);
	int ret;

	if (fd < 0)
		return -1;
	ret = load_open_file(blob, fd, path, memory);
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
	if (blob_alloc(&room, limit + 1, path)) {
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

	if (n < 0 || done > limit || done == 0 || blob_resize(&room, done, path)) {
		blob_free(&room);
		return -1;
	}
	*blob = room;
	return 0;
}
