// SPDX-License-Identifier: GPL-2.0
/*
 * An image that memory cannot hold twice: where it comes from costs nothing here
 * (untouched memory, read as zeroes), so it is the image alone that does not fit.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call.h"
#include "check.h"
#include "image.h"
#include "tests.h"
#include "world.h"

static uint64_t available(void)
{
	FILE *file = fopen("/proc/meminfo", "r");
	unsigned long long kib = 0;
	char line[128];

	if (!file)
		fatal("/proc/meminfo");
	while (fgets(line, sizeof(line), file))
		sscanf(line, "MemAvailable: %llu", &kib);
	fclose(file);
	return kib << 10;
}

/* The right image, the spare segment of which is larger than what is free elsewhere. */
static void prepare_huge(struct image *image, uint32_t placement, uint64_t size)
{
	void *buf = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	/* Else a large page of zeroes stays with the process. */
	if (buf == MAP_FAILED || madvise(buf, size, MADV_NOHUGEPAGE))
		fatal("mmap");
	image_prepare(image, placement);
	image->segment[IMAGE_SPARE].buf = (uintptr_t)buf;
	image->segment[IMAGE_SPARE].bufsz = size;
	image->segment[IMAGE_SPARE].memsz = size;
	image->segment[IMAGE_SPARE].dest = world.free.end - size;
}

void test_shortage(void)
{
	const uint64_t size = (available() * 7 / 10) & ~((2ULL << 20) - 1);
	struct account before, after;
	struct image small, huge;
	int fd = call_open();

	if (size > (world.free.end - world.free.start) * 9 / 10)
		fatal("free memory lies scattered");
	image_prepare(&small, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &small.load);
	world_account(&before);

	prepare_huge(&huge, FASTKEXEC_PLACE_COPY, size);
	refused(fd, "a copy larger than what is free", FASTKEXEC_LOAD, &huge.load, ENOMEM,
		"not enough memory");
	refused(fd, "the same again", FASTKEXEC_LOAD, &huge.load, ENOMEM, "unload it first");
	/* In place it could fit, but for the old kernel's own pages, which cannot move. */
	huge.load.placement = FASTKEXEC_PLACE_IN_PLACE;
	huge.segment[IMAGE_SPARE].dest = world.free.start + (64ULL << 20);
	refused(fd, "in place, all that is free", FASTKEXEC_LOAD, &huge.load, ENOSPC,
		"cannot be claimed");

	munmap((void *)(uintptr_t)huge.segment[IMAGE_SPARE].buf, size);
	world_account(&after);
	check(world_missing(&before, &after) < 256, "shortage: %" PRId64 " pages are gone",
	      world_missing(&before, &after));
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}
