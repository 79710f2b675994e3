// SPDX-License-Identifier: GPL-2.0
/*
 * Destinations that are not the old kernel's to give.
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

static const uint32_t placements[] = {
	FASTKEXEC_PLACE_AUTO, FASTKEXEC_PLACE_IN_PLACE, FASTKEXEC_PLACE_COPY,
};

static void refuse_at(int fd, uint64_t dest, unsigned int pages, const char *which,
		      const char *name)
{
	struct image image;
	char what[128];
	unsigned int p;

	for (p = 0; p < 3; p++) {
		image_prepare(&image, placements[p]);
		image_spread(&image);
		image.segment[IMAGE_SPARE].dest = dest & ~(world.page - 1);
		image.segment[IMAGE_SPARE].memsz = pages * world.page;
		snprintf(what, sizeof(what), "destination %s \"%s\" (0x%" PRIx64 "), placement %u",
			 which, name, dest, placements[p]);
		refused(fd, what, FASTKEXEC_LOAD, &image.load, EADDRNOTAVAIL,
			"segment 2: not RAM that the next kernel may use");
	}
}

static void refuse_child(int fd, const struct child *child)
{
	refuse_at(fd, child->range.start, 1, "at", child->name);
	refuse_at(fd, child->range.end - 1, 1, "at the end of", child->name);
	refuse_at(fd, child->range.start - world.page, 2, "that reaches into", child->name);
}

/* The old kernel's code goes away with it: by copy, anything may be put there. */
static void test_kernel_code(int fd)
{
	struct image image;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	image_spread(&image);
	image.segment[IMAGE_SPARE].dest =
		(world.kernel_code.start + 8 * world.page) & ~(world.page - 1);
	accepted(fd, "copied over the old kernel's code", FASTKEXEC_LOAD, &image.load);

	image.load.placement = FASTKEXEC_PLACE_AUTO;
	accepted(fd, "somehow over the old kernel's code", FASTKEXEC_LOAD, &image.load);

	image.load.placement = FASTKEXEC_PLACE_IN_PLACE;
	refused(fd, "in place over the old kernel's code", FASTKEXEC_LOAD, &image.load, ENOSPC,
		"segment 2: cannot be claimed");
}

/* What can never be is told before what cannot be now, wherever the two lie. */
static void test_hopeless_first(int fd)
{
	struct image image;

	image_prepare(&image, FASTKEXEC_PLACE_IN_PLACE);
	image_spread(&image);
	image.segment[IMAGE_SPARE].dest =
		(world.kernel_code.start + 8 * world.page) & ~(world.page - 1);
	image.segment[IMAGE_DTB].dest = world_spot(SPOT_HOLE);
	image.load.dtb = image.segment[IMAGE_DTB].dest;
	refused(fd, "one segment in use, a later one no RAM", FASTKEXEC_LOAD, &image.load,
		EADDRNOTAVAIL, "segment 1: 0x");
}

/* Whatever the module proposes is memory that it would accept. */
static void test_proposals(int fd)
{
	static const uint64_t sizes[] = { 1, 4097, 2ULL << 20, 48ULL << 20, 200ULL << 20 };
	struct query query;
	unsigned int p, i;

	for (p = 0; p < 3; p++) {
		query_prepare(&query, placements[p]);
		query.place.nr_pieces = sizeof(sizes) / sizeof(sizes[0]);
		for (i = 0; i < query.place.nr_pieces; i++)
			query.piece[i].memsz = sizes[i];
		if (!accepted(fd, "pieces of many sizes", FASTKEXEC_PLACE, &query.place))
			continue;
		for (i = 0; i < query.place.nr_pieces; i++) {
			const struct fastkexec_piece *piece = &query.piece[i];

			check(world_owns(piece->addr, piece->memsz),
			      "PLACE proposes 0x%" PRIx64 " for %" PRIu64 " bytes: not RAM to give",
			      (uint64_t)piece->addr, (uint64_t)piece->memsz);
			check(piece->addr % piece->align == piece->offset,
			      "PLACE proposes 0x%" PRIx64 ": not aligned as asked",
			      (uint64_t)piece->addr);
			check(piece->placement == FASTKEXEC_PLACE_COPY ?
			      placements[p] != FASTKEXEC_PLACE_IN_PLACE :
			      piece->placement == FASTKEXEC_PLACE_IN_PLACE &&
			      placements[p] != FASTKEXEC_PLACE_COPY,
			      "PLACE %u answers placement %u", placements[p], piece->placement);
		}
	}
}

TEST("destinations", "fields")
{
	int fd = call_open();
	struct image image;
	unsigned int i, kinds = 0;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	for (i = 0; i < world.nr_children; i++) {
		if (world.child[i].free)
			continue;
		refuse_child(fd, &world.child[i]);
		kinds |= strcmp(world.child[i].name, "reserved") ? 2 : 1;
	}
	/* A crash kernel's memory is a child by another name: it must have been there. */
	check(kinds == 3, "System RAM has no child called anything but \"reserved\"");
	test_kernel_code(fd);
	test_hopeless_first(fd);
	test_proposals(fd);
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

/* Memory that was added and is not online is refused for that alone. */
static void put_online(const struct range *range)
{
	uint64_t block = 0, at;
	char path[96];
	FILE *file = fopen("/sys/devices/system/memory/block_size_bytes", "r");

	if (!file || fscanf(file, "%" SCNx64, &block) != 1 || !block)
		fatal("memory blocks");
	fclose(file);
	for (at = range->start; at < range->end; at += block) {
		char state[16] = "";

		snprintf(path, sizeof(path), "/sys/devices/system/memory/memory%" PRIu64 "/state",
			 at / block);
		file = fopen(path, "r+");
		if (!file)
			fatal("%s", path);
		fputs("online", file);
		fflush(file);
		rewind(file);
		check(fgets(state, sizeof(state), file) && !strcmp(state, "online\n"),
		      "added memory at 0x%" PRIx64 " is %s", at, state);
		fclose(file);
	}
}

/* What was added is no destination, but as good as any memory to keep a copy in. */
static void test_kept_in_added(int fd)
{
	uint64_t size = (world_available() - (world.added.end - world.added.start) / 2) / 2 &
			~((2ULL << 20) - 1);
	void *buf = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct image image;

	if (buf == MAP_FAILED)
		fatal("mmap");
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	image.segment[IMAGE_SPARE].buf = (uintptr_t)buf;
	image.segment[IMAGE_SPARE].bufsz = size;
	image.segment[IMAGE_SPARE].memsz = size;
	image.segment[IMAGE_SPARE].dest = world.free.end - size;
	accepted(fd, "a copy that wants the memory that was added", FASTKEXEC_LOAD, &image.load);
	check(!call_unload(fd), "the image cannot be unloaded");
	munmap(buf, size);
}

TEST("hot-added", "hot-added")
{
	const struct range *added = &world.added;
	int fd = call_open();
	struct query query;
	unsigned int p, i;

	if (!check(added->end - added->start >= 64ULL << 20, "no memory was added"))
		return;
	put_online(added);
	refuse_at(fd, added->start, 1, "at", "hot-added memory");
	refuse_at(fd, added->start + (added->end - added->start) / 2, 2, "inside",
		  "hot-added memory");
	for (p = 0; p < 3; p++) {
		query_prepare(&query, placements[p]);
		query.piece[0].memsz = 16ULL << 20;
		if (!accepted(fd, "right", FASTKEXEC_PLACE, &query.place))
			continue;
		for (i = 0; i < 2; i++)
			check(query.piece[i].addr < added->start ||
			      query.piece[i].addr >= added->end,
			      "PLACE %u proposes 0x%" PRIx64 ", in hot-added memory",
			      placements[p], (uint64_t)query.piece[i].addr);
	}
	test_kept_in_added(fd);
	close(fd);
}
