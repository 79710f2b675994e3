// SPDX-License-Identifier: GPL-2.0
/*
 * usage: turn   lets the host take its turn: prints the physical address of a byte, and
 *               waits until something outside has set it
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define PFN_MASK	((1ULL << 55) - 1)

static uint64_t physical_address(const void *at, long page)
{
	uint64_t entry = 0;
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (fd >= 0)
		(void)!pread(fd, &entry, sizeof(entry), (uintptr_t)at / page * sizeof(entry));
	close(fd);
	return (entry & PFN_MASK) * page;
}

int main(void)
{
	long page = sysconf(_SC_PAGESIZE);
	volatile char *flag = mmap(NULL, page, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
	uint64_t pa;

	if (flag == MAP_FAILED)
		return 1;
	*flag = 0;
	pa = physical_address((void *)flag, page);
	if (!pa)
		return 1;
	printf("turn at=0x%llx\n", (unsigned long long)pa);
	fflush(stdout);
	while (!*flag)
		usleep(1000);
	return 0;
}
