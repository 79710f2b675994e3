// SPDX-License-Identifier: GPL-2.0
/*
 * usage: hold MB KB
 *
 * Takes MB megabytes of memory, keeps one page in each KB kilobytes of it so that it
 * cannot be moved, although nothing but a failed attempt tells, gives the rest back and
 * stays in the background. Prints how many pages it holds.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGES_IN_PIPE	16

/* A page in a pipe has one reference more than its mappings explain. */
static int hold(char *page, size_t size)
{
	static int end[2], room;
	struct iovec vector = { .iov_base = page, .iov_len = size };

	if (!room && pipe(end))
		return -1;
	room = room ? room - 1 : PAGES_IN_PIPE - 1;
	return vmsplice(end[1], &vector, 1, 0) == (ssize_t)size ? 0 : -1;
}

int main(int argc, char **argv)
{
	const struct rlimit files = { .rlim_cur = 100000, .rlim_max = 100000 };
	size_t page = sysconf(_SC_PAGESIZE), size, step, at;
	unsigned int held = 0;
	char *memory;

	if (argc != 3)
		return 2;
	size = strtoull(argv[1], NULL, 0) << 20;
	step = strtoull(argv[2], NULL, 0) << 10;
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || setrlimit(RLIMIT_NOFILE, &files) ||
	    madvise(memory, size, MADV_NOHUGEPAGE) || step < page) {
		perror("hold");
		return 1;
	}
	for (at = 0; at < size; at += page)
		memory[at] = 1;
	for (at = 0; at < size; at += step, held++)
		if (hold(memory + at, page)) {
			perror("vmsplice");
			return 1;
		}
	munmap(memory, size);
	printf("held=%u\n", held);
	fflush(stdout);
	return daemon(0, 0) || pause();
}
