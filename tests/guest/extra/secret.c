// SPDX-License-Identifier: GPL-2.0
/*
 * usage: secret MEGABYTES   holds secret memory, in the background, until killed
 *
 * The kernel takes the pages of a memfd_secret out of its linear map. Comes back
 * once all of them are there; exit status 0 only then. The kernel needs
 * secretmem.enable=1 before 6.5.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	size_t size = argc > 1 ? strtoul(argv[1], NULL, 10) << 20 : 0;
	int fd = syscall(SYS_memfd_secret, 0);
	void *memory;
	pid_t pid;

	if (!size)
		return 2;
	if (fd < 0)
		return fail("memfd_secret");
	if (ftruncate(fd, size))
		return fail("ftruncate");
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED)
		return fail("mmap");
	memset(memory, 0x5e, size);

	pid = fork();
	if (pid < 0)
		return fail("fork");
	while (!pid)
		pause();
	return 0;
}
