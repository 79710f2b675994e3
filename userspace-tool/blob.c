// SPDX-License-Identifier: GPL-2.0
#include "blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "out.h"
#include "room.h"
#include "source.h"

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
	blob->data = data;
	blob->size = size;
	return 0;
}

int blob_map(struct blob *blob, size_t size, const char *what, int fd, uint64_t offset)
{
	void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);

	if (data == MAP_FAILED)
		return out_fail("cannot map the memory that %s will run in: %s", what,
				strerror(errno));
	*blob = (struct blob){ .data = data, .size = size, .mapped = true };
	return 0;
}

void blob_free(struct blob *blob)
{
	if (blob->data)
		munmap(blob->data, blob->size);
	*blob = (struct blob){ 0 };
}

int blob_load_file(struct blob *blob, const char *path, uint64_t memory)
{
	struct source source;
	struct blob room = { 0 };
	int ret;

	if (source_open(&source, path, memory))
		return -1;
	ret = blob_alloc(&room, source.size, path);
	if (!ret)
		ret = source_read(&source, room.data, source.size);
	source_close(&source);
	if (ret)
		blob_free(&room);
	else
		*blob = room;
	return ret;
}

int blob_read_file(struct blob *blob, const char *path, size_t limit)
{
	struct blob room = { 0 };
	size_t done = 0;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return out_fail("cannot open %s: %s", path, strerror(errno));
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
