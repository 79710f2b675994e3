// SPDX-License-Identifier: GPL-2.0
/*
 * Each allocation of each call fails once, and then it and all that follow. The module
 * must be built for that (tests/env/build-module --inject).
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

#define MODULE		"/t/fastkexec.ko"
#define PARAMETER	"/sys/module/fastkexec/parameters/inject_"

/* No call of these tests has as many. */
#define MOST_POINTS	4000

/* A part of an image that is checked has 64 KB; room for 64 of them is made at first. */
#define LARGE		(9ULL << 20)

/* Room for 64 copies is made at first. An odd address needs one for each power of two. */
#define MANY_PAGES	63

/* Pages that may be missing after a call has failed at each of its points. */
#define TOLERANCE	24
#define ATTEMPTS	4

#define FUNCTIONS	64

static char *contents;

/* ---- what fails ---- */

static void write_parameter(const char *name, unsigned long value)
{
	char path[100], text[24];
	int fd;

	snprintf(path, sizeof(path), PARAMETER "%s", name);
	snprintf(text, sizeof(text), "%lu", value);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		fatal("%s", path);
	close(fd);
}

static void read_parameter(const char *name, char *text, size_t size)
{
	char path[100];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), PARAMETER "%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	got = fd < 0 ? -1 : read(fd, text, size - 1);
	if (got < 0)
		fatal("%s", path);
	text[got] = '\0';
	text[strcspn(text, "\n")] = '\0';
	close(fd);
}

static void begin_to_fail(unsigned long at, bool on)
{
	write_parameter("on", on);
	write_parameter("seen", 0);
	write_parameter("at", at);
}

/* Returns the allocations since begin_to_fail(). */
static unsigned long stop_to_fail(void)
{
	char text[24];

	write_parameter("at", 0);
	read_parameter("seen", text, sizeof(text));
	return strtoul(text, NULL, 10);
}

/* The functions in which an allocation has failed so far. */
static char function[FUNCTIONS][80];

static unsigned int note_function(void)
{
	char name[80];
	unsigned int i;

	read_parameter("where", name, sizeof(name));
	for (i = 0; i < FUNCTIONS && function[i][0]; i++)
		if (!strcmp(function[i], name))
			return i;
	errno = ENOSPC;
	if (i == FUNCTIONS)
		fatal("more functions than expected");
	strcpy(function[i], name);
	return i;
}

/* ---- calls ---- */

/**
 * struct trial - a call whose allocations fail
 * @what: in words
 * @run: makes it, with a file of its own; returns 0 or a positive errno
 * @prepare: done before, without failures; NULL if there is nothing to do
 * @placement: of the image or the query
 * @design: of the image
 * @nospc: whether it may say that no place is free
 * @stride: it fails at each so many points; 0 is 1
 */
struct trial {
	const char *what;
	int (*run)(const struct trial *trial, int fd);
	void (*prepare)(const struct trial *trial);
	uint32_t placement;
	uint32_t design;
	bool nospc;
	unsigned int stride;
};

static struct image image;

/* Of the points of each trial, only each so many. */
static unsigned int every = 1;

/* Side by side in one block, of which only one can be claimed: the others are copied. */
static void prepare_many(void)
{
	unsigned int i;

	image.load.nr_segments = FASTKEXEC_MAX_SEGMENTS;
	for (i = IMAGE_SEGMENTS; i < FASTKEXEC_MAX_SEGMENTS; i++) {
		image.segment[i].dest = world.free.start + (48ULL << 20) +
					 (i * 2 * (MANY_PAGES + 1) + 1) * world.page;
		image.segment[i].bufsz = MANY_PAGES * world.page;
		image.segment[i].memsz = MANY_PAGES * world.page;
	}
}

/* Where it can be claimed now. */
static void prepare_load(const struct trial *trial)
{
	image_prepare(&image, trial->placement);
	image_spread_large(&image, LARGE + world.page);
	image.load.design = trial->design;
	image.load.flags = FASTKEXEC_LOAD_KEEPS | FASTKEXEC_LOAD_REHEARSE;
	image.segment[IMAGE_SPARE].buf = (uintptr_t)contents;
	image.segment[IMAGE_SPARE].bufsz = LARGE;
	image.segment[IMAGE_SPARE].memsz = LARGE + world.page;
	if (trial->placement != FASTKEXEC_PLACE_IN_PLACE)
		prepare_many();
}

static int run_load(const struct trial *trial, int fd)
{
	(void)trial;
	return call(fd, FASTKEXEC_LOAD, &image.load);
}

/* Contents that were written to a mapping, or would have been. */
static int run_mapped(const struct trial *trial, int fd)
{
	struct fastkexec_segment *spare = &image.segment[IMAGE_SPARE];
	struct query query;
	int error;

	query_prepare(&query, trial->placement);
	query.place.nr_pieces = 1;
	query.piece[0].memsz = LARGE + world.page;
	query.piece[0].align = world.page;
	query.piece[0].offset = 0;
	query.piece[0].flags = FASTKEXEC_PIECE_MAP;
	error = call(fd, FASTKEXEC_PLACE, &query.place);
	if (error)
		return error;
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	image.load.flags = FASTKEXEC_LOAD_KEEPS;
	spare->buf = 0;
	spare->bufsz = LARGE;
	spare->memsz = LARGE + world.page;
	spare->dest = query.piece[0].addr;
	spare->flags = FASTKEXEC_SEGMENT_MAPPED;
	return call(fd, FASTKEXEC_LOAD, &image.load);
}

static int run_place(const struct trial *trial, int fd)
{
	struct query query;

	query_prepare(&query, trial->placement);
	query.place.nr_pieces = 4;
	return call(fd, FASTKEXEC_PLACE, &query.place);
}

static int run_rehearse(const struct trial *trial, int fd)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };

	(void)trial;
	return call(fd, FASTKEXEC_REHEARSE, &rehearse);
}

static int run_digest(const struct trial *trial, int fd)
{
	struct fastkexec_digest digest = { .size = sizeof(digest) };
	struct loaded loaded;

	(void)trial;
	call_status(&loaded);
	digest.dest = loaded.segment[0].dest;
	return call(fd, FASTKEXEC_DIGEST, &digest);
}

/* A shortage is no reason why this machine cannot be left. */
static int run_info(const struct trial *trial, int fd)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	int error = call(fd, FASTKEXEC_INFO, &info);

	(void)trial;
	return !error && info.blockers ? EOPNOTSUPP : error;
}

static int run_keeps(const struct trial *trial, int fd)
{
	struct fastkexec_keeps keeps = { .size = sizeof(keeps) };

	(void)trial;
	return call(fd, FASTKEXEC_KEEPS, &keeps);
}

static int run_memory(const struct trial *trial, int fd)
{
	struct fastkexec_memory memory = { .size = sizeof(memory) };

	(void)trial;
	return call(fd, FASTKEXEC_MEMORY, &memory);
}

static int run_efi_map(const struct trial *trial, int fd)
{
	struct fastkexec_efi_map query = { .size = sizeof(query) };

	(void)trial;
	return call(fd, FASTKEXEC_EFI_MAP, &query);
}

static int run_open(const struct trial *trial, int fd)
{
	int error;

	(void)trial;
	fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	error = fd < 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	return error;
}

/* A copy of the linear map has hundreds of tables, which are all allocated in one place. */
static const struct trial trials[] = {
	{ "open", run_open, NULL, 0, 0, false, 0 },
	{ "INFO", run_info, NULL, 0, 0, false, 0 },
	{ "KEEPS", run_keeps, NULL, 0, 0, false, 0 },
	{ "PLACE, auto", run_place, NULL, FASTKEXEC_PLACE_AUTO, 0, true, 0 },
	{ "PLACE, in place", run_place, NULL, FASTKEXEC_PLACE_IN_PLACE, 0, true, 0 },
	{ "PLACE, copy", run_place, NULL, FASTKEXEC_PLACE_COPY, 0, true, 0 },
	{ "LOAD, auto", run_load, prepare_load, FASTKEXEC_PLACE_AUTO,
	  FASTKEXEC_DESIGN_IDENTITY, false, 0 },
	{ "LOAD, in place", run_load, prepare_load, FASTKEXEC_PLACE_IN_PLACE,
	  FASTKEXEC_DESIGN_IDENTITY, true, 0 },
	{ "LOAD, copy", run_load, prepare_load, FASTKEXEC_PLACE_COPY,
	  FASTKEXEC_DESIGN_IDENTITY, false, 0 },
	{ "LOAD, copy, range", run_load, prepare_load, FASTKEXEC_PLACE_COPY,
	  FASTKEXEC_DESIGN_RANGE, false, 0 },
	{ "LOAD, copy, linear", run_load, prepare_load, FASTKEXEC_PLACE_COPY,
	  FASTKEXEC_DESIGN_LINEAR, false, 11 },
	{ "PLACE and LOAD, mapped, in place", run_mapped, NULL, FASTKEXEC_PLACE_IN_PLACE, 0, true,
	  0 },
	{ "PLACE and LOAD, mapped, copy", run_mapped, NULL, FASTKEXEC_PLACE_COPY, 0, false, 0 },
	{ "DIGEST", run_digest, NULL, 0, 0, false, 0 },
	{ "MEMORY", run_memory, NULL, 0, 0, false, 0 },
	{ "REHEARSE", run_rehearse, NULL, 0, 0, false, 0 },
};

/* Those that read EFI's map, where there is one. */
static const struct trial efi_trials[] = {
	{ "EFI_MAP", run_efi_map, NULL, 0, 0, false, 0 },
	{ "MEMORY", run_memory, NULL, 0, 0, false, 0 },
	{ "PLACE, copy", run_place, NULL, FASTKEXEC_PLACE_COPY, 0, true, 0 },
};

/* ---- each point ---- */

static void load_first(void)
{
	struct image first;
	int fd = call_open();
	int error;

	image_prepare(&first, FASTKEXEC_PLACE_COPY);
	first.load.flags = FASTKEXEC_LOAD_KEEPS;
	error = call(fd, FASTKEXEC_LOAD, &first.load);
	check(!error, "inject: the first image: %s", strerror(error));
	close(fd);
}

static int rehearse(void)
{
	int fd = call_open();
	int error = run_rehearse(NULL, fd);

	close(fd);
	return error;
}

/**
 * struct points - what became of a trial
 * @refused: points at which it failed
 * @absorbed: points at which it went well all the same
 */
struct points {
	unsigned int refused;
	unsigned int absorbed;
};

/* The call before this one has failed at point @n, with @error; or it went well. */
static void look_after(const struct trial *trial, unsigned long n, int error,
		       const struct loaded *before, struct points *points)
{
	const char *name = function[note_function()];
	struct loaded after;
	int got;

	if (!error) {
		points->absorbed++;
		if (trial->run == run_load || trial->run == run_mapped)
			load_first();
		return;
	}
	points->refused++;
	check(error == ENOMEM || (trial->nospc && error == ENOSPC), "%s, point %lu, in %s: %s",
	      trial->what, n, name, strerror(error));
	call_status(&after);
	check(call_same(before, &after), "%s, point %lu, in %s: the loaded image has changed",
	      trial->what, n, name);
	got = rehearse();
	check(!got, "%s, point %lu, in %s: it cannot be rehearsed: %s", trial->what, n, name,
	      strerror(got));
}

/* Let it fail at each of its points. @on: and at all that follow. */
static struct points fail_everywhere(const struct trial *trial, bool on)
{
	struct points points = { 0, 0 };
	struct loaded before;
	unsigned long n, seen;
	int error, fd;

	rehearse();
	for (n = 1; n < MOST_POINTS; n += every * (trial->stride ?: 1)) {
		if (trial->prepare)
			trial->prepare(trial);
		call_status(&before);
		fd = call_open();
		begin_to_fail(n, on);
		error = trial->run(trial, fd);
		seen = stop_to_fail();
		close(fd);
		if (seen < n) {
			check(!error, "%s, all is well: %s", trial->what, strerror(error));
			break;
		}
		look_after(trial, n, error, &before, &points);
	}
	check(points.refused && n < MOST_POINTS, "%s has %lu points", trial->what, n - 1);
	load_first();
	return points;
}

static void try_one(const struct trial *trial, bool on)
{
	struct account before, after;
	struct points points;
	int64_t lost = 0;
	unsigned int i;

	for (i = 0; i < ATTEMPTS; i++) {
		world_account(&before);
		points = fail_everywhere(trial, on);
		world_account(&after);
		lost = world_missing(&before, &after);
		if (lost < TOLERANCE)
			break;
	}
	check(lost < TOLERANCE, "%s: %" PRId64 " pages lost in each of %u rounds", trial->what,
	      lost, ATTEMPTS);
	report("inject: %s, %s: %u points, %u refused, %u absorbed", trial->what,
	       on ? "from there on" : "once", points.refused + points.absorbed, points.refused,
	       points.absorbed);
}

static void tell_functions(void)
{
	unsigned int i;

	for (i = 0; i < FUNCTIONS && function[i][0]; i++)
		report("inject: in %s", function[i]);
}

static void try_all(const struct trial trial[], unsigned int nr)
{
	struct klog log;
	unsigned int i;
	int fd;

	contents = mmap(NULL, LARGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (contents == MAP_FAILED)
		fatal("mmap");
	load_first();
	for (i = 0; i < 2 * nr; i++)
		try_one(&trial[i / 2], i % 2);
	fd = call_open();
	check(!call_unload(fd), "inject: the image cannot be unloaded");
	close(fd);
	tell_functions();
	klog_read(&log);
}

#define TRY_ALL(trials)		try_all(trials, sizeof(trials) / sizeof((trials)[0]))

TEST("inject", "inject")
{
	TRY_ALL(trials);
}

TEST("inject-efi", "inject-efi")
{
	TRY_ALL(efi_trials);
}

/* For a kernel that takes ten times as long: a prime, so that no loop is met in step. */
TEST("inject-some", "inject-some")
{
	every = 17;
	TRY_ALL(trials);
}

/* The module itself: it is not inserted, or it is and says which device has no stopper. */
TEST("inject-insmod", "inject")
{
	int error, module = open(MODULE, O_RDONLY | O_CLOEXEC);
	struct points points = { 0, 0 };
	char options[40], seen[24];
	unsigned long n;

	call_status_close();
	if (module < 0 || syscall(SYS_delete_module, "fastkexec", O_NONBLOCK))
		fatal("rmmod");
	for (n = 1; n < MOST_POINTS; n++) {
		snprintf(options, sizeof(options), "inject_at=%lu", n);
		error = syscall(SYS_finit_module, module, options, 0) ? errno : 0;
		check(!error || error == ENOMEM, "insmod, point %lu: %s", n, strerror(error));
		points.refused += error != 0;
		if (error)
			continue;
		read_parameter("seen", seen, sizeof(seen));
		if (strtoul(seen, NULL, 10) < n)
			break;
		points.absorbed++;
		if (syscall(SYS_delete_module, "fastkexec", O_NONBLOCK))
			fatal("rmmod");
	}
	close(module);
	check(n > 1 && n < MOST_POINTS, "insmod has %lu points", n - 1);
	report("inject: insmod: %lu points, %u refused, %u absorbed", n - 1, points.refused,
	       points.absorbed);
}
