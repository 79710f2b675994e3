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

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

/* What the module leaves to others, bytes. */
#define LEFT	(32ULL << 20)

#define FILES	200

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

/* By copy it does not fit. In place it may, if nothing there has to stay. */
static void too_large(int fd, uint64_t size)
{
	struct image huge;
	int got;

	prepare_huge(&huge, FASTKEXEC_PLACE_COPY, size);
	refused(fd, "a copy larger than what is free", FASTKEXEC_LOAD, &huge.load, ENOMEM,
		"not enough memory");
	refused(fd, "the same again", FASTKEXEC_LOAD, &huge.load, ENOMEM, "unload it first");
	huge.load.placement = FASTKEXEC_PLACE_IN_PLACE;
	got = call(fd, FASTKEXEC_LOAD, &huge.load);
	check(!got || got == ENOSPC || got == ENOMEM, "in place, a large part of memory: %s",
	      strerror(got));
	check(world_available() > LEFT / 2, "in place, a large part of memory leaves %" PRIu64 " bytes",
	      world_available());
	munmap((void *)(uintptr_t)huge.segment[IMAGE_SPARE].buf, size);
}

/* Claims of all that can be claimed, from many files. */
static void claim_all(void)
{
	int fd[FILES], files = 0, got = 0;
	struct query query;
	unsigned int i;

	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.place.nr_pieces = FASTKEXEC_MAX_SEGMENTS;
	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++) {
		query.piece[i] = query.piece[0];
		query.piece[i].memsz = world.block;
		query.piece[i].align = world.block;
		query.piece[i].offset = 0;
	}
	while (!got && query.place.nr_pieces) {
		if (files == FILES)
			fatal("more than %u files of claims", FILES);
		fd[files] = call_open();
		got = call(fd[files++], FASTKEXEC_PLACE, &query.place);
		if (got == ENOSPC || got == ENOMEM) {
			query.place.nr_pieces /= 2;
			got = 0;
		}
	}
	check(!got, "PLACE until memory is full: %s", strerror(got));
	check(world_available() > LEFT / 2, "claims leave %" PRIu64 " bytes", world_available());
	report("claims leave %" PRIu64 " bytes", world_available());
	while (files)
		close(fd[--files]);
}

TEST("shortage", "fields")
{
	/* Half of it would fit, but for what is already in the destination's way. */
	static const unsigned int percent[] = { 60, 70, 80, 95, 120 };
	struct account before, after;
	struct image small;
	unsigned int i, tried = 0;
	int fd = call_open();

	claim_all();
	image_prepare(&small, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &small.load);
	world_account(&before);
	for (i = 0; i < sizeof(percent) / sizeof(percent[0]); i++) {
		uint64_t size = world_available() / 100 * percent[i] & ~((2ULL << 20) - 1);

		if (size > world.free.end - world.free.start - (64ULL << 20))
			break;
		too_large(fd, size);
		tried++;
	}
	check(tried > 0, "no destination is large enough to be too large");
	accepted(fd, "right, after the shortage", FASTKEXEC_LOAD, &small.load);
	world_account(&after);
	check(world_missing(&before, &after) < 256, "shortage: %" PRId64 " pages are gone",
	      world_missing(&before, &after));
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}
