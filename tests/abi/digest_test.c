// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_DIGEST, beside the SHA-256 of another library.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sha2.h>

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

/* More than is hashed at a time, than a chunk of the page allocator and than a block. */
#define LARGE	((9ULL << 20) + 12345)

/* Contents that repeat nowhere. */
static char *make_contents(uint64_t size)
{
	uint64_t state = 88172645463325252ULL;
	char *contents = malloc(size);
	uint64_t i;

	if (!contents)
		fatal("malloc");
	for (i = 0; i < size; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		contents[i] = state;
	}
	return contents;
}

static void compare(int fd, const char *what, uint64_t dest, const void *contents, uint64_t size)
{
	struct fastkexec_digest digest = { .size = sizeof(digest), .dest = dest };
	uint8_t expected[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, contents, size);
	SHA256Final(expected, &context);
	if (accepted(fd, what, FASTKEXEC_DIGEST, &digest))
		check(!memcmp(digest.sha256, expected, sizeof(expected)),
		      "%s: the SHA-256 of %" PRIu64 " bytes is another one", what, size);
}

/* The spare segment has @bufsz bytes of contents in @memsz. */
static void load_and_compare(int fd, uint32_t placement, uint64_t bufsz, uint64_t memsz)
{
	char *contents = make_contents(bufsz + 1);
	struct image image;
	char what[80];

	snprintf(what, sizeof(what), "placement %u, %" PRIu64 " bytes in %" PRIu64, placement,
		 bufsz, memsz);
	image_prepare(&image, placement);
	image_spread_large(&image, memsz);
	image.segment[IMAGE_SPARE].buf = (uintptr_t)contents;
	image.segment[IMAGE_SPARE].bufsz = bufsz;
	image.segment[IMAGE_SPARE].memsz = memsz;
	if (accepted(fd, what, FASTKEXEC_LOAD, &image.load)) {
		compare(fd, what, image.segment[IMAGE_SPARE].dest, contents, bufsz);
		compare(fd, what, image.segment[IMAGE_DTB].dest,
			(void *)(uintptr_t)image.segment[IMAGE_DTB].buf,
			image.segment[IMAGE_DTB].bufsz);
		check(!call_unload(fd), "the image cannot be unloaded");
	}
	free(contents);
}

static void refuse(int fd)
{
	struct fastkexec_digest digest = { .size = sizeof(digest) };
	struct image image;

	refused(fd, "nothing is loaded", FASTKEXEC_DIGEST, &digest, ENODATA, "nothing is loaded");
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	digest.dest = image.segment[IMAGE_SPARE].dest + 1;
	refused(fd, "inside a segment", FASTKEXEC_DIGEST, &digest, EINVAL, "no segment begins");
	digest.dest = ~0ULL;
	refused(fd, "no address", FASTKEXEC_DIGEST, &digest, EINVAL, "no segment begins");
	digest.dest = image.segment[IMAGE_SPARE].dest;
	digest.reserved = 1;
	refused(fd, "reserved", FASTKEXEC_DIGEST, &digest, EINVAL, "reserved");
	digest.reserved = 1U << 31;
	refused(fd, "reserved, high bit", FASTKEXEC_DIGEST, &digest, EINVAL, "reserved");
	check(!call_unload(fd), "the image cannot be unloaded");
}

TEST("digest", "fields check")
{
	static const uint32_t placements[] = { FASTKEXEC_PLACE_COPY, FASTKEXEC_PLACE_IN_PLACE };
	int fd = call_open();
	unsigned int i;

	refuse(fd);
	for (i = 0; i < sizeof(placements) / sizeof(placements[0]); i++) {
		load_and_compare(fd, placements[i], 0, world.page);
		load_and_compare(fd, placements[i], 1, 2 * world.page);
		load_and_compare(fd, placements[i], world.page, world.page);
		load_and_compare(fd, placements[i], LARGE, LARGE);
		load_and_compare(fd, placements[i], LARGE, LARGE + 3 * world.page);
	}
	close(fd);
}
