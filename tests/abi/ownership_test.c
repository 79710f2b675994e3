// SPDX-License-Identifier: GPL-2.0
/*
 * Claims, loads and open files: who owns what, and until when.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

/* Large enough to be seen in the machine's free memory, whatever else goes on. */
#define CLAIM		(48ULL << 20)

static int64_t free_pages(void)
{
	struct account account;

	world_account(&account);
	return account.free;
}

/* Is @now as many pages below @before as @bytes take, give or take a sixth of CLAIM? */
static bool taken(int64_t before, int64_t now, uint64_t bytes)
{
	const int64_t tolerance = CLAIM / 6 / world.page;
	const int64_t off = before - now - (int64_t)(bytes / world.page);

	return off < tolerance && off > -tolerance;
}

static void check_taken(const char *when, int64_t before, uint64_t bytes)
{
	int64_t now = free_pages();

	check(taken(before, now, bytes), "%s: %" PRId64 " pages are taken, not %" PRIu64, when,
	      before - now, bytes / world.page);
}

static uint64_t claim(int fd, uint64_t size)
{
	struct query query;

	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.place.nr_pieces = 1;
	query.piece[0].memsz = size;
	query.piece[0].align = 2ULL << 20;
	query.piece[0].offset = 0;
	if (!accepted(fd, "one large piece", FASTKEXEC_PLACE, &query.place))
		return 0;
	check(query.piece[0].placement == FASTKEXEC_PLACE_IN_PLACE, "PLACE has not claimed");
	return query.piece[0].addr;
}

static void test_claims(void)
{
	int64_t before = free_pages();
	int fd = call_open(), other, i;

	for (i = 0; i < 20; i++)
		claim(fd, CLAIM);
	check_taken("20 claims on one file", before, CLAIM);

	other = call_open();
	claim(other, CLAIM);
	check_taken("a claim on another file", before, 2 * CLAIM);
	close(other);
	check_taken("the other file closed", before, CLAIM);

	other = dup(fd);
	close(fd);
	check_taken("one of two descriptors closed", before, CLAIM);
	close(other);
	check_taken("both descriptors closed", before, 0);
}

static void test_failed_query(void)
{
	int64_t before = free_pages();
	struct query query;
	int fd = call_open();

	claim(fd, CLAIM);
	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.place.reserved = 1;
	refused(fd, "reserved field, with a claim", FASTKEXEC_PLACE, &query.place, EINVAL,
		"reserved");
	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.piece[0].memsz = CLAIM;
	query.piece[1].align = world.pa_end;
	query.piece[1].offset = 0;
	refused(fd, "second piece without a place", FASTKEXEC_PLACE, &query.place, ENOSPC,
		"piece 1: ");
	check_taken("a query whose second piece has no place", before, 0);
	close(fd);
}

static void test_killed_owner(void)
{
	int64_t before = free_pages();
	int pipes[2];
	pid_t child;
	char byte;

	if (pipe(pipes))
		fatal("pipe");
	child = fork();
	if (child < 0)
		fatal("fork");
	if (child == 0) {
		claim(call_open(), CLAIM);
		if (write(pipes[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(pipes[1]);
	check(read(pipes[0], &byte, 1) == 1, "a process has not claimed");
	close(pipes[0]);
	check_taken("a process has claimed", before, CLAIM);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	check_taken("that process was killed", before, 0);
}

/* A right image whose spare segment is CLAIM bytes long, at @dest. */
static void prepare_large(struct image *image, uint32_t placement, uint64_t dest)
{
	static char *contents;

	if (!contents) {
		contents = mmap(NULL, CLAIM, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
		if (contents == MAP_FAILED)
			fatal("mmap");
	}
	image_prepare(image, placement);
	image->segment[IMAGE_SPARE].buf = (uintptr_t)contents;
	image->segment[IMAGE_SPARE].bufsz = CLAIM;
	image->segment[IMAGE_SPARE].memsz = CLAIM;
	image->segment[IMAGE_SPARE].dest = dest;
}

static uint32_t spare_placement(uint64_t dest)
{
	struct loaded loaded;
	unsigned int i;

	call_status(&loaded);
	for (i = 0; i < loaded.status.nr_segments; i++)
		if (loaded.segment[i].dest == dest)
			return loaded.segment[i].placement;
	return 0;
}

/* What a file has claimed goes to the image, whatever placement is asked of the rest. */
static void test_claim_to_image(void)
{
	struct image image;
	int64_t before;
	int fd = call_open();
	uint64_t dest;

	prepare_large(&image, FASTKEXEC_PLACE_COPY, 0);
	before = free_pages();
	dest = claim(fd, CLAIM);
	prepare_large(&image, FASTKEXEC_PLACE_COPY, dest);
	accepted(fd, "with a claim", FASTKEXEC_LOAD, &image.load);
	check(spare_placement(dest) == FASTKEXEC_PLACE_IN_PLACE, "the claim is not used");
	check_taken("loaded", before, CLAIM);
	close(fd);
	check_taken("loaded, and the file closed", before, CLAIM);
	check(spare_placement(dest) == FASTKEXEC_PLACE_IN_PLACE, "the image goes with its file");

	fd = call_open();
	check(!call_unload(fd), "another file cannot unload");
	check_taken("unloaded", before, 0);
	close(fd);
}

static void test_claim_not_used(void)
{
	struct image image;
	int64_t before;
	uint64_t dest;
	int fd = call_open();

	prepare_large(&image, FASTKEXEC_PLACE_COPY, 0);
	before = free_pages();
	dest = claim(fd, CLAIM);

	/* Another segment than the claim: a page shorter. */
	prepare_large(&image, FASTKEXEC_PLACE_IN_PLACE, dest);
	image_spread_large(&image, image_span());
	image.segment[IMAGE_SPARE].dest = dest;
	image.segment[IMAGE_SPARE].memsz -= world.page;
	image.segment[IMAGE_SPARE].bufsz = 1;
	refused(fd, "in place where the same file holds another claim", FASTKEXEC_LOAD,
		&image.load, ENOSPC, "segment 2: ");
	check_taken("a claim that fits no segment", before, CLAIM);
	image.load.placement = FASTKEXEC_PLACE_AUTO;
	accepted(fd, "somehow where the same file holds another claim", FASTKEXEC_LOAD,
		 &image.load);
	check(spare_placement(dest) == FASTKEXEC_PLACE_COPY, "a claim that does not fit is used");
	check_taken("a load gives back what it has not used", before, 0);
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

static void test_failed_load_with_claim(void)
{
	struct image image;
	int64_t before;
	uint64_t dest;
	int fd = call_open();

	prepare_large(&image, FASTKEXEC_PLACE_COPY, 0);
	before = free_pages();
	dest = claim(fd, CLAIM);
	prepare_large(&image, FASTKEXEC_PLACE_AUTO, dest);
	image.segment[IMAGE_SPARE].buf = world_bad(BAD_NONE);
	refused(fd, "contents out of reach, with a claim", FASTKEXEC_LOAD, &image.load, EFAULT,
		"segment 2: its contents");
	prepare_large(&image, FASTKEXEC_PLACE_AUTO, dest);
	accepted(fd, "again, with contents", FASTKEXEC_LOAD, &image.load);
	check_taken("loaded after a failure", before, CLAIM);
	close(fd);
	fd = call_open();
	check(!call_unload(fd), "the image cannot be unloaded");
	check_taken("unloaded after a failure", before, 0);
	close(fd);
}

/* The first one that the module looks at. */
static unsigned int lowest_segment(const struct image *image)
{
	unsigned int i, lowest = 0;

	for (i = 1; i < image->load.nr_segments; i++)
		if (image->segment[i].dest < image->segment[lowest].dest)
			lowest = i;
	return lowest;
}

/* The old image is held until the new one is there, and then given back. */
static void test_replace(void)
{
	struct image image;
	int64_t before;
	uint64_t dest;
	char word[64];
	int fd = call_open();

	prepare_large(&image, FASTKEXEC_PLACE_COPY, 0);
	before = free_pages();
	prepare_large(&image, FASTKEXEC_PLACE_IN_PLACE, 0);
	image_spread_large(&image, CLAIM);
	dest = image.segment[IMAGE_SPARE].dest;
	accepted(fd, "in place, nothing claimed before", FASTKEXEC_LOAD, &image.load);
	check_taken("in place", before, CLAIM);
	snprintf(word, sizeof(word), "segment %u: in use and cannot be claimed",
		 lowest_segment(&image));
	refused(fd, "in place, where the old image is", FASTKEXEC_LOAD, &image.load, ENOSPC,
		word);
	check_taken("the old image is still there", before, CLAIM);

	image.load.placement = FASTKEXEC_PLACE_AUTO;
	accepted(fd, "somehow, where the old image is", FASTKEXEC_LOAD, &image.load);
	check(spare_placement(dest) == FASTKEXEC_PLACE_COPY, "two images in one place");
	check_taken("one image for another", before, CLAIM);

	accepted(fd, "somehow, where the old image will be", FASTKEXEC_LOAD, &image.load);
	check_taken("a third image", before, CLAIM);
	check(!call_unload(fd), "the image cannot be unloaded");
	check_taken("unloaded", before, 0);
	close(fd);
}

TEST("life", "fields check")
{
	test_claims();
	test_failed_query();
	test_killed_owner();
	test_claim_to_image();
	test_claim_not_used();
	test_failed_load_with_claim();
	test_replace();
}
