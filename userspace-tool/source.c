// SPDX-License-Identifier: GPL-2.0
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out.h"

/* Read at a time, and the progress shown. */
#define STEP	(1024 * 1024)

static int check(struct source *source, uint64_t memory)
{
	const char *path = source->path;
	struct stat st;

	if (fstat(source->fd, &st))
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
	source->size = st.st_size;
	return 0;
}

int source_open(struct source *source, const char *path, uint64_t memory)
{
	/* O_NONBLOCK: a FIFO is refused instead of waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return out_fail("cannot open %s: %s", path, strerror(errno));
	*source = (struct source){ .path = path, .is_open = true, .fd = fd };
	if (check(source, memory)) {
		source_close(source);
		return -1;
	}
	return 0;
}

static int fail(const struct source *source, ssize_t n, int error)
{
	if (n < 0)
		return out_fail("cannot read %s: %s", source->path, strerror(error));
	return out_fail("%s became shorter while it was read", source->path);
}

int source_read(struct source *source, uint8_t *to, size_t size)
{
	const size_t end = source->done + size;
	ssize_t n = 0;
	int error;

	while (source->done < end) {
		size_t left = end - source->done;

		n = read(source->fd, to, left < STEP ? left : STEP);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		to += n;
		source->done += n;
		out_progress(source->path, source->done, source->size);
	}
	error = errno;
	if (source->done == end)
		return 0;
	out_progress(source->path, source->size, source->size);
	return fail(source, n, error);
}

void source_close(struct source *source)
{
	if (source->is_open)
		close(source->fd);
	*source = (struct source){ 0 };
}
