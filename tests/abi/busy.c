// SPDX-License-Identifier: GPL-2.0
/*
 * A load that takes its time, and others meanwhile.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "call.h"
#include "check.h"
#include "image.h"
#include "klog.h"
#include "slow.h"
#include "tests.h"
#include "world.h"

/* How long anything may take that takes no time. */
#define SOON	20

/* A call in a thread of its own. */
struct background {
	pthread_t thread;
	int fd;
	unsigned long cmd;
	void *arg;
	int result;
	bool done;
};

static void *run_background(void *arg)
{
	struct background *background = arg;

	background->result = call(background->fd, background->cmd, background->arg);
	__atomic_store_n(&background->done, true, __ATOMIC_RELEASE);
	return NULL;
}

static void start(struct background *background, int fd, unsigned long cmd, void *arg)
{
	*background = (struct background){ .fd = fd, .cmd = cmd, .arg = arg };
	errno = pthread_create(&background->thread, NULL, run_background, background);
	if (errno)
		fatal("pthread_create");
}

static int finish(struct background *background)
{
	pthread_join(background->thread, NULL);
	return background->result;
}

/* A right image with other addresses, one segment of which is slow to read. */
static void prepare_slow(struct image *image, const struct slow *slow)
{
	image_prepare(image, FASTKEXEC_PLACE_COPY);
	image_move(image, image->segment[IMAGE_KERNEL].dest + 64 * world.page);
	image->segment[IMAGE_SPARE].buf = (uintptr_t)slow->page;
}

/*
 * The checks of refused(), which asks for the status, would wait for the load that
 * they are made during.
 */
static void check_busy(int fd, unsigned long cmd, void *arg, const char *what)
{
	char words[300];
	struct klog log;
	int got;

	klog_read(&log);
	got = call(fd, cmd, arg);
	klog_read(&log);
	call_explain(fd, words, sizeof(words));
	check(got == EBUSY && log.lines == 1 && strstr(words, "running") &&
	      !strncmp(log.last, words, strlen(words)),
	      "%s while a load runs: %s, %u log lines, \"%s\"", what, strerror(got), log.lines,
	      words);
}

static void try_changes(int fd)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct fastkexec_unload unload = { .size = sizeof(unload) };
	struct image image;
	struct query query;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	check_busy(fd, FASTKEXEC_LOAD, &image.load, "LOAD");
	check_busy(fd, FASTKEXEC_PLACE, &query.place, "PLACE");
	check_busy(fd, FASTKEXEC_UNLOAD, &unload, "UNLOAD");
	check_busy(fd, FASTKEXEC_REHEARSE, &rehearse, "REHEARSE");
}

/* A second load while the first one runs. */
static void test_second_load(void)
{
	struct fastkexec_status status = { .size = sizeof(status) };
	struct background load, query;
	int first = call_open(), second = call_open(), third = call_open();
	struct loaded before, after;
	struct image image;
	struct slow slow;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(second, "right", FASTKEXEC_LOAD, &image.load);
	call_status(&before);

	slow_make(&slow);
	prepare_slow(&image, &slow);
	start(&load, first, FASTKEXEC_LOAD, &image.load);
	if (!check(slow_wait(&slow, SOON), "LOAD does not read its segments"))
		fatal("LOAD");
	try_changes(second);
	try_changes(first);
	start(&query, third, FASTKEXEC_STATUS, &status);
	usleep(100000);
	check(!load.done, "LOAD does not wait for its memory");
	slow_go(&slow);
	check(!finish(&load), "LOAD from slow memory: %s", strerror(load.result));
	check(!finish(&query) && status.loaded && status.nr_segments == IMAGE_SEGMENTS &&
	      (status.entry == image.load.entry || status.entry == before.status.entry),
	      "STATUS while a load runs: %s", strerror(query.result));
	call_status(&after);
	check(after.status.entry == image.load.entry, "the slow image is not there");
	check(!call_unload(second), "the image cannot be unloaded");
	slow_free(&slow);
	close(first);
	close(second);
	close(third);
}

/* In a process of its own: load from slow memory, tell when that has begun. */
static void load_for_ever(int tell)
{
	struct background load;
	struct image image;
	struct slow slow;

	slow_make(&slow);
	prepare_slow(&image, &slow);
	start(&load, call_open(), FASTKEXEC_LOAD, &image.load);
	if (slow_wait(&slow, SOON) && write(tell, "x", 1) == 1)
		pause();
	_exit(1);
}

static bool ends_soon(pid_t child)
{
	int tenths;

	for (tenths = 0; tenths < SOON * 10; tenths++) {
		if (waitpid(child, NULL, WNOHANG) == child)
			return true;
		usleep(100000);
	}
	return false;
}

/* A program that is killed during its load leaves nothing, and the way is free. */
static void test_killed_load(void)
{
	struct account first, second;
	struct loaded before, after;
	struct image image;
	int fd = call_open();
	int i, pipes[2];
	char byte;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	call_status(&before);
	world_account(&first);
	for (i = 0; i < 3; i++) {
		pid_t child;

		if (pipe(pipes))
			fatal("pipe");
		child = fork();
		if (child == 0)
			load_for_ever(pipes[1]);
		close(pipes[1]);
		check(child > 0 && read(pipes[0], &byte, 1) == 1, "the load does not begin");
		close(pipes[0]);
		kill(child, SIGKILL);
		if (!check(ends_soon(child), "a load from slow memory cannot be killed"))
			fatal("a process that cannot be killed");
		call_status(&after);
		check(call_same(&before, &after), "a load that was killed changes the image");
	}
	world_account(&second);
	check(world_missing(&first, &second) < 64, "killed loads: %" PRId64 " pages are gone",
	      world_missing(&first, &second));
	accepted(fd, "after one was killed", FASTKEXEC_LOAD, &image.load);
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

void test_busy(void)
{
	test_second_load();
	test_killed_load();
}
