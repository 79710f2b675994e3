// SPDX-License-Identifier: GPL-2.0
/*
 * Everything at once, from many threads: nothing may break, nothing may be lost.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rejected_values.h"
#include "right_values.h"
#include "test.h"

#define SECONDS	10

/* So many loads there must be; a kernel that is slow gets so many seconds for them. */
#define LOADS	11
#define PATIENCE	240

#define THREADS	6

/* Pages that may be missing afterwards, and how often that is tried. */
#define TOLERANCE	256
#define ATTEMPTS	4

#define REHEARSALS	640

static unsigned long calls_done, loads_done;
static int shared_fd;

static void try_load(int fd, unsigned int *seed)
{
	struct image image;

	image_prepare(&image, rand_r(seed) % 3);
	if (rand_r(seed) % 2)
		image_spread_as_before(&image);
	image.load.design = rand_r(seed) % 4;
	if (rand_r(seed) % 4 == 0)
		rejection_apply(&image_rejections[rand_r(seed) % image_rejections_nr], &image);
	if (!call(fd, FASTKEXEC_LOAD, &image.load))
		__atomic_add_fetch(&loads_done, 1, __ATOMIC_RELAXED);
}

static void try_place(int fd, unsigned int *seed)
{
	struct query query;

	query_prepare(&query, rand_r(seed) % 3);
	if (rand_r(seed) % 2)
		query.piece[0].memsz = 8ULL << 20;
	if (rand_r(seed) % 4 == 0)
		rejection_apply(&query_rejections[rand_r(seed) % query_rejections_nr], &query);
	call(fd, FASTKEXEC_PLACE, &query.place);
}

static void try_query(int fd, unsigned int *seed)
{
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status = {
		.size = sizeof(status),
		.segments = (uintptr_t)segment,
		.nr_segments = FASTKEXEC_MAX_SEGMENTS,
		.segment_size = sizeof(segment[0]),
	};
	struct fastkexec_info info = { .size = sizeof(info) };
	char line[300];

	switch (rand_r(seed) % 3) {
	case 0:
		check(!call(fd, FASTKEXEC_STATUS, &status), "STATUS fails");
		check(status.nr_segments == (status.loaded ? IMAGE_SEGMENTS : 0),
		      "STATUS: loaded %u, %u segments", status.loaded, status.nr_segments);
		break;
	case 1:
		check(!call(fd, FASTKEXEC_INFO, &info), "INFO fails");
		break;
	default:
		check(!call_explain(fd, line, sizeof(line)), "EXPLAIN fails");
	}
}

static void *run(void *arg)
{
	unsigned int seed = (uintptr_t)arg;
	const time_t start = time(NULL);
	int fd = call_open();

	while (time(NULL) < start + (loads_done < LOADS ? PATIENCE : SECONDS)) {
		int at = rand_r(&seed) % 4 ? fd : shared_fd;

		switch (rand_r(&seed) % 10) {
		case 0 ... 2:
			try_load(at, &seed);
			break;
		case 3:
			try_place(at, &seed);
			break;
		case 4:
			call_unload(at);
			break;
		case 5:
			call(at, FASTKEXEC_REHEARSE,
			     &(struct fastkexec_rehearse){
				     .size = sizeof(struct fastkexec_rehearse),
				     .flags = rand_r(&seed) % 4,
			     });
			break;
		case 6:
			close(fd);
			fd = call_open();
			break;
		default:
			try_query(at, &seed);
		}
		__atomic_add_fetch(&calls_done, 1, __ATOMIC_RELAXED);
	}
	close(fd);
	return NULL;
}

/* A rehearsal holds the whole machine, and must let go of it each time. */
TEST("rehearsals", "fields")
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct image image;
	unsigned int i;
	int fd = call_open();
	int got = 0;

	for (i = 0; i < REHEARSALS && !got; i++) {
		if (i % 16 == 0) {
			image_prepare(&image, FASTKEXEC_PLACE_COPY);
			image.load.design = i / 16 % 4;
			got = call(fd, FASTKEXEC_LOAD, &image.load);
			check(!got, "LOAD with design %u: %s", image.load.design, strerror(got));
		}
		call_provoke(i % 4 == 3);
		got = call(fd, FASTKEXEC_REHEARSE, &rehearse);
		if (i % 4 == 3 && got == EIO)
			got = 0;
	}
	call_provoke(false);
	check(!got, "rehearsal %u: %s", i, strerror(got));
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

/* Everything at once, for SECONDS. Returns pages that are missing afterwards. */
static int64_t all_at_once(void)
{
	struct account before, after;
	pthread_t thread[THREADS];
	uintptr_t i;

	shared_fd = call_open();
	world_account(&before);
	for (i = 0; i < THREADS; i++) {
		errno = pthread_create(&thread[i], NULL, run, (void *)(i + 1));
		if (errno)
			fatal("pthread_create");
	}
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	call_unload(shared_fd);
	close(shared_fd);
	world_account(&after);
	return world_missing(&before, &after);
}

/*
 * In one round, usually the first, the kernel keeps some hundred pages, up to 600 so far;
 * also where the threads only query. What the module loses is missing in every round.
 */
TEST("stress", "fields")
{
	int64_t missing[ATTEMPTS];
	struct klog log;
	unsigned int i;

	image_spread(&(struct image){ 0 });
	for (i = 0; i < ATTEMPTS; i++) {
		missing[i] = all_at_once();
		report("stress: %lu calls, %lu loads, %" PRId64 " pages missing", calls_done,
		       loads_done, missing[i]);
		if (missing[i] < TOLERANCE)
			break;
	}
	check(i < ATTEMPTS, "stress: at least %u pages are gone in each of %u rounds", TOLERANCE,
	      ATTEMPTS);
	check(loads_done >= LOADS, "stress: only %lu loads in %lu calls", loads_done, calls_done);
	klog_read(&log);
}
