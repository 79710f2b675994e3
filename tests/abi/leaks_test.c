// SPDX-License-Identifier: GPL-2.0
/*
 * Nothing is lost: free pages before and after many calls of one kind, for every
 * kind, and the slab over all of them.
 *
 * A kind that loses a page each time shows as many pages as it has repetitions; what
 * else goes on in the guest moves fewer than TOLERANCE. A kind that seems to lose more is
 * measured again, for noise does not come back.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rejected_values.h"
#include "right_values.h"
#include "test.h"

#define TOLERANCE	24	/* pages */
#define ATTEMPTS	4

/* Slab pages for each thousand calls: 32 bytes a call would be 8 (of 4 KiB). */
#define SLAB_TOLERANCE	48

/* Bytes of a large image. */
#define LARGE		(32ULL << 20)

/* Taken out and put in again, with an image loaded. */
#define MODULE		"/t/fastkexec.ko"
#define MODULE_TIMES	50

/* Of the wrong values, only each so many. */
static unsigned int every = 1;

/* How often a call is made, and how often a large image is loaded. */
static unsigned int repetitions = 64;
static unsigned int large_times = 8;

static unsigned long calls_done;
static int64_t worst;		/* of what was let pass, pages */

static int counted(int fd, unsigned long cmd, const void *arg)
{
	calls_done++;
	return call(fd, cmd, arg);
}

static void expect(int got, int error, const char *what)
{
	if (got != error)
		check(false, "leaks: %s: %s, not %s", what, strerror(got), strerror(error));
}

static void fail_load(const struct rejection *rejection, uint32_t placement)
{
	struct image image;
	int fd = call_open();

	image_prepare(&image, placement);
	if (rejection->error == EFAULT)
		image_spread(&image);
	rejection_apply(rejection, &image);
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), rejection->error, rejection->what);
	close(fd);
}

static void fail_place(const struct rejection *rejection, uint32_t placement)
{
	struct query query;
	int fd = call_open();

	query_prepare(&query, placement);
	rejection_apply(rejection, &query);
	expect(counted(fd, FASTKEXEC_PLACE, &query.place), rejection->error, rejection->what);
	close(fd);
}

static void place_and_close(const struct rejection *none, uint32_t placement)
{
	struct query query;
	int fd = call_open();

	(void)none;
	query_prepare(&query, placement);
	expect(counted(fd, FASTKEXEC_PLACE, &query.place), 0, "PLACE");
	close(fd);
}

static void fail_load_with_claims(const struct rejection *rejection, uint32_t placement)
{
	struct image image;
	struct query query;
	int fd = call_open();

	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.piece[0].memsz = image_span();
	expect(counted(fd, FASTKEXEC_PLACE, &query.place), 0, "PLACE");
	image_prepare(&image, placement);
	image_move(&image, query.piece[0].addr);
	image.segment[IMAGE_SPARE].dest = query.piece[1].addr;
	image.segment[IMAGE_SPARE].memsz = world.page;
	rejection_apply(rejection, &image);
	counted(fd, FASTKEXEC_LOAD, &image.load);
	close(fd);
}

static void load_and_unload(const struct rejection *none, uint32_t placement)
{
	struct image image;
	int fd = call_open();

	(void)none;
	image_prepare(&image, placement);
	image_spread(&image);
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD");
	close(fd);
	fd = call_open();
	calls_done++;
	expect(call_unload(fd), 0, "UNLOAD");
	close(fd);
}

static void load_and_load(const struct rejection *none, uint32_t placement)
{
	struct image image;
	int fd = call_open();

	(void)placement;
	image_prepare(&image, FASTKEXEC_PLACE_AUTO);
	image_spread(&image);
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD");
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD");
	load_and_unload(none, FASTKEXEC_PLACE_COPY);
	close(fd);
}

static void query_and_close(const struct rejection *none, uint32_t placement)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	struct fastkexec_status status = { .size = sizeof(status) };
	int fd = call_open();

	(void)none;
	(void)placement;
	expect(counted(fd, FASTKEXEC_INFO, &info), 0, "INFO");
	expect(counted(fd, FASTKEXEC_STATUS, &status), 0, "STATUS");
	close(fd);
}

static void load_design(const struct rejection *none, uint32_t design)
{
	struct image image;
	int fd = call_open();

	(void)none;
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	image.load.design = design;
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD of a design");
	calls_done++;
	expect(call_unload(fd), 0, "UNLOAD");
	close(fd);
}

static void load_and_rehearse(const struct rejection *none, uint32_t placement)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct image image;
	int fd = call_open();

	(void)none;
	image_prepare(&image, placement);
	image_spread(&image);
	image.load.flags = FASTKEXEC_LOAD_REHEARSE;
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD with a rehearsal");
	expect(counted(fd, FASTKEXEC_REHEARSE, &rehearse), 0, "REHEARSE");
	call_provoke(true);
	expect(counted(fd, FASTKEXEC_REHEARSE, &rehearse), EIO, "REHEARSE with a fault");
	/* Where an image lies nothing can be claimed. */
	expect(call_unload(fd), 0, "UNLOAD");
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), EIO, "LOAD with a fault");
	call_provoke(false);
	calls_done++;
	close(fd);
}

static void load_and_digest(const struct rejection *none, uint32_t placement)
{
	struct fastkexec_digest digest = { .size = sizeof(digest) };
	struct image image;
	int fd = call_open();

	(void)none;
	image_prepare(&image, placement);
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD");
	digest.dest = image.segment[IMAGE_KERNEL].dest;
	expect(counted(fd, FASTKEXEC_DIGEST, &digest), 0, "DIGEST");
	digest.dest++;
	expect(counted(fd, FASTKEXEC_DIGEST, &digest), EINVAL, "DIGEST of nothing");
	calls_done++;
	expect(call_unload(fd), 0, "UNLOAD");
	close(fd);
}

static void load_large(const struct rejection *none, uint32_t placement)
{
	static void *contents;
	struct image image;
	int fd = call_open();

	(void)none;
	if (!contents) {
		contents = mmap(NULL, LARGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
		if (contents == MAP_FAILED)
			fatal("mmap");
	}
	image_prepare(&image, placement);
	image_spread_large(&image, LARGE);
	image.segment[IMAGE_SPARE].buf = (uintptr_t)contents;
	image.segment[IMAGE_SPARE].bufsz = LARGE - 1;
	image.segment[IMAGE_SPARE].memsz = LARGE;
	expect(counted(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD of 32 MiB");
	calls_done++;
	expect(call_unload(fd), 0, "UNLOAD");
	close(fd);
}

/* Keeps what it claims, as a leak would. */
static void place_and_forget(const struct rejection *none, uint32_t placement)
{
	struct query query;

	(void)none;
	(void)placement;
	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.place.nr_pieces = 1;
	query.piece[0].memsz = world.page;
	expect(counted(call_open(), FASTKEXEC_PLACE, &query.place), 0, "PLACE");
}

typedef void run_once(const struct rejection *rejection, uint32_t placement);

static int64_t measure(run_once *once, const struct rejection *rejection, uint32_t placement,
		       unsigned int times)
{
	struct account before, after;
	unsigned int i;

	world_account(&before);
	for (i = 0; i < times; i++)
		once(rejection, placement);
	world_account(&after);
	return world_missing(&before, &after);
}

static void check_kind(const char *what, run_once *once, const struct rejection *rejection,
		       uint32_t placement, unsigned int times)
{
	int64_t lost = 0, least = INT64_MAX;
	unsigned int i;

	once(rejection, placement);
	for (i = 0; i < ATTEMPTS; i++) {
		lost = measure(once, rejection, placement, times);
		if (lost < least)
			least = lost;
		if (lost > worst && lost < TOLERANCE)
			worst = lost;
		if (lost < TOLERANCE)
			break;
	}
	check(lost < TOLERANCE,
	      "leaks: %s, placement %u: at least %" PRId64 " pages lost in %u times, %u times over",
	      what, placement, least, times, ATTEMPTS);
}

static void check_failures(void)
{
	unsigned int i;
	uint32_t placement;

	for (i = 0; i < image_rejections_nr; i += every) {
		/* What is refused before a placement matters is refused alike. */
		if (image_rejections[i].error != EFAULT) {
			check_kind(image_rejections[i].what, fail_load, &image_rejections[i],
				   FASTKEXEC_PLACE_AUTO, repetitions);
			continue;
		}
		for (placement = 0; placement < 3; placement++)
			check_kind(image_rejections[i].what, fail_load, &image_rejections[i],
				   placement, repetitions);
		check_kind(image_rejections[i].what, fail_load_with_claims, &image_rejections[i],
			   FASTKEXEC_PLACE_COPY, repetitions);
	}
	for (i = 0; i < query_rejections_nr; i += every)
		check_kind(query_rejections[i].what, fail_place, &query_rejections[i],
			   FASTKEXEC_PLACE_AUTO, repetitions);
}

/* Hold pages, count those that are missed, and give them back. */
static int64_t lost_on_purpose(void)
{
	int fd, first = call_open();
	int64_t lost;

	close(first);
	lost = measure(place_and_forget, NULL, 0, repetitions);
	for (fd = first; fd < 1024; fd++)
		close(fd);
	return lost;
}

/* What is lost by those who want to lose it is seen. */
static void check_measure(void)
{
	int64_t lost = 0;
	unsigned int i;

	for (i = 0; i < ATTEMPTS; i++) {
		lost = lost_on_purpose();
		if (lost > repetitions - TOLERANCE / 2 && lost < repetitions + 2 * TOLERANCE)
			break;
	}
	check(i < ATTEMPTS,
	      "leaks: %u pages are held and %" PRId64 " are missed: the measure is no good",
	      repetitions, lost);
}

static void check_slab(const struct account *before, const struct account *after)
{
	int64_t grown = after->slab - before->slab;
	int64_t tolerance = SLAB_TOLERANCE + calls_done * 64 / 4 / world.page;

	check(grown < tolerance, "leaks: %" PRId64 " slab pages more after %lu calls", grown,
	      calls_done);
	report("leaks: %lu calls, at most %" PRId64 " pages missed of a kind (%u permitted)",
	       calls_done, worst, TOLERANCE);
	report("leaks: slab grown by %" PRId64 " (%" PRId64 " permitted)", grown, tolerance);
}

/* In a process of its own, which leaves an image and takes its claims with it. */
static void load_and_leave(uint32_t placement)
{
	struct image image;
	struct query query;
	int fd = call_open();

	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.piece[0].memsz = 1ULL << 20;
	expect(call(fd, FASTKEXEC_PLACE, &query.place), 0, "PLACE");
	image_prepare(&image, placement);
	image_spread(&image);
	expect(call(fd, FASTKEXEC_LOAD, &image.load), 0, "LOAD");
	_exit(0);
}

static void remove_and_insert(unsigned int times)
{
	int module = open(MODULE, O_RDONLY | O_CLOEXEC);
	unsigned int i;

	if (module < 0)
		fatal(MODULE);
	for (i = 0; i < times; i++) {
		pid_t child = fork();

		if (child == 0)
			load_and_leave(i % 3);
		waitpid(child, NULL, 0);
		if (syscall(SYS_delete_module, "fastkexec", O_NONBLOCK))
			fatal("rmmod");
		if (syscall(SYS_finit_module, module, "", 0))
			fatal("insmod");
	}
	close(module);
}

/* What is freed and kept for a while, by KASAN most of all, is no loss of slab. */
static void account_settled(struct account *account)
{
	world_settle();
	world_account(account);
}

/* Pages, and those of slab, that are not given back by so many times rmmod and insmod. */
static void lost_by_module(int64_t *lost, int64_t *slab)
{
	struct account before, after;

	account_settled(&before);
	remove_and_insert(MODULE_TIMES);
	account_settled(&after);
	*lost = world_missing(&before, &after);
	*slab = after.slab - before.slab;
}

/* What leaves with the module, an image loaded, leaves nothing. */
TEST("module", "leaks")
{
	int64_t lost = 0, slab = 0;
	unsigned int i;

	remove_and_insert(5);
	for (i = 0; i < ATTEMPTS; i++) {
		lost_by_module(&lost, &slab);
		report("leaks: %u times rmmod and insmod, %" PRId64 " pages lost, %" PRId64
		       " of slab", MODULE_TIMES, lost, slab);
		if (lost < MODULE_TIMES && slab < MODULE_TIMES)
			break;
	}
	check(i < ATTEMPTS, "leaks: %" PRId64 " pages lost and %" PRId64
	      " of slab in %u times rmmod and insmod, %u times over", lost, slab, MODULE_TIMES,
	      ATTEMPTS);
}

static void try_all(void)
{
	struct account before, middle, after;
	uint32_t placement, design;
	struct klog log;

	place_and_close(NULL, FASTKEXEC_PLACE_AUTO);
	load_and_unload(NULL, FASTKEXEC_PLACE_COPY);

	account_settled(&before);
	check_failures();
	account_settled(&middle);
	check_slab(&before, &middle);

	calls_done = 0;
	for (placement = 0; placement < 3; placement++) {
		check_kind("PLACE and close", place_and_close, NULL, placement, 2 * repetitions);
		check_kind("LOAD and UNLOAD", load_and_unload, NULL, placement, 4 * repetitions);
		check_kind("LOAD and UNLOAD of 32 MiB", load_large, NULL, placement, large_times);
	}
	for (design = 0; design <= FASTKEXEC_DESIGN_LINEAR; design++)
		check_kind("LOAD and UNLOAD of a design", load_design, NULL, design, repetitions);
	check_kind("LOAD and REHEARSE", load_and_rehearse, NULL, FASTKEXEC_PLACE_COPY,
		   repetitions);
	check_kind("LOAD and REHEARSE", load_and_rehearse, NULL, FASTKEXEC_PLACE_IN_PLACE,
		   repetitions);
	check_kind("LOAD and DIGEST", load_and_digest, NULL, FASTKEXEC_PLACE_COPY, repetitions);
	check_kind("LOAD for another image", load_and_load, NULL, 0, repetitions);
	check_kind("INFO and STATUS", query_and_close, NULL, 0, 4 * repetitions);
	account_settled(&after);
	check_slab(&middle, &after);
	check_measure();
	klog_read(&log);
}

TEST("leaks", "leaks")
{
	try_all();
}

/* For a kernel that takes ten times as long. */
TEST("leaks-some", "leaks-some")
{
	every = 11;
	repetitions = 32;
	large_times = 2;
	try_all();
}
