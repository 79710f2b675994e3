// SPDX-License-Identifier: GPL-2.0
/*
 * A call that waits for the memory of its caller, and others meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "slow.h"
#include "test.h"

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

static bool done_soon(struct background *background)
{
	int hundredths;

	for (hundredths = 0; hundredths < SOON * 100; hundredths++) {
		if (__atomic_load_n(&background->done, __ATOMIC_ACQUIRE))
			return true;
		usleep(10000);
	}
	return false;
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

static void try_changes(int fd)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct fastkexec_unload unload = { .size = sizeof(unload) };
	struct image image;
	struct query query;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	refused(fd, "while a load runs", FASTKEXEC_LOAD, &image.load, EBUSY, "running");
	refused(fd, "while a load runs", FASTKEXEC_PLACE, &query.place, EBUSY, "running");
	refused(fd, "while a load runs", FASTKEXEC_UNLOAD, &unload, EBUSY, "running");
	refused(fd, "while a load runs", FASTKEXEC_REHEARSE, &rehearse, EBUSY, "running");
}

/* A call that takes no time whatever else goes on; gives up if it does not come back. */
static int soon(int fd, unsigned long cmd, void *arg, const char *what)
{
	struct background background;

	start(&background, fd, cmd, arg);
	if (!check(done_soon(&background), "%s does not come back", what))
		fatal("%s", what);
	return finish(&background);
}

/* STATUS tells of the old image, and INFO answers. */
static void ask_meanwhile(const struct loaded *before)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	struct loaded now = {
		.status = {
			.size = sizeof(now.status),
			.segments = (uintptr_t)now.segment,
			.nr_segments = FASTKEXEC_MAX_SEGMENTS,
			.segment_size = sizeof(now.segment[0]),
		},
	};
	int fd = call_open();
	int got;

	got = soon(fd, FASTKEXEC_STATUS, &now.status, "STATUS while a load runs");
	now.status.segments = 0;
	check(!got && call_same(before, &now), "STATUS while a load runs: %s", strerror(got));
	got = soon(fd, FASTKEXEC_INFO, &info, "INFO while a load runs");
	check(!got && !info.blockers, "INFO while a load runs: %s", strerror(got));
	close(fd);
}

/* The same in a process of its own. */
static void ask_from_elsewhere(const struct loaded *before)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		ask_meanwhile(before);
		_exit(0);
	}
	check(child > 0 && waitpid(child, &status, 0) == child && !status,
	      "a process that asks while a load runs");
}

/* A second load while the first one runs. */
static void test_second_load(void)
{
	int first = call_open(), second = call_open();
	struct loaded before, after;
	struct background load;
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
	ask_meanwhile(&before);
	ask_from_elsewhere(&before);
	try_changes(second);
	try_changes(first);
	usleep(100000);
	check(!load.done, "LOAD does not wait for its memory");
	slow_go(&slow);
	check(!finish(&load), "LOAD from slow memory: %s", strerror(load.result));
	call_status(&after);
	check(after.status.entry == image.load.entry, "the slow image is not there");
	check(!call_unload(second), "the image cannot be unloaded");
	slow_free(&slow);
	close(first);
	close(second);
}

/* Others load, ask and unload while @slow keeps @cmd from coming back. */
static void change_meanwhile(const struct slow *slow, struct background *waiting, int fd)
{
	struct fastkexec_unload unload = { .size = sizeof(unload) };
	struct loaded before;
	struct image image;

	if (!check(slow_wait(slow, SOON), "a call does not touch its memory"))
		fatal("a call that should wait");
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	check(!soon(fd, FASTKEXEC_LOAD, &image.load, "LOAD"), "LOAD while a call waits");
	call_status(&before);
	ask_meanwhile(&before);
	check(!soon(fd, FASTKEXEC_UNLOAD, &unload, "UNLOAD"), "UNLOAD while a call waits");
	check(!waiting->done, "a call does not wait for its memory");
}

/* A STATUS that cannot write its segments, and a LOAD that cannot read its argument. */
static void test_slow_arguments(void)
{
	int first = call_open(), second = call_open();
	struct fastkexec_status status = {
		.size = sizeof(status),
		.nr_segments = FASTKEXEC_MAX_SEGMENTS,
		.segment_size = sizeof(struct fastkexec_segment),
	};
	struct background waiting;
	struct image image;
	struct slow slow;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(second, "right", FASTKEXEC_LOAD, &image.load);
	slow_make(&slow);
	status.segments = (uintptr_t)slow.page;
	start(&waiting, first, FASTKEXEC_STATUS, &status);
	change_meanwhile(&slow, &waiting, second);
	slow_go(&slow);
	check(!finish(&waiting) && status.nr_segments == IMAGE_SEGMENTS,
	      "STATUS to slow memory: %s", strerror(waiting.result));
	slow_free(&slow);

	slow_make(&slow);
	start(&waiting, first, FASTKEXEC_LOAD, slow.page);
	change_meanwhile(&slow, &waiting, second);
	slow_go(&slow);
	check(finish(&waiting) == EINVAL, "LOAD of zeroes: %s", strerror(waiting.result));
	slow_free(&slow);
	close(first);
	close(second);
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

/* A program is killed during its load: the image stays. */
static void kill_load(const struct loaded *before)
{
	struct loaded after;
	int pipes[2];
	pid_t child;
	char byte;

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
	check(call_same(before, &after), "a load that was killed changes the image");
}

/* It leaves nothing, and the way is free. The first one has the kernel warm up. */
static void test_killed_load(void)
{
	struct account first, second;
	struct loaded before;
	struct image image;
	int fd = call_open();
	int i;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	call_status(&before);
	kill_load(&before);
	world_account(&first);
	for (i = 0; i < 3; i++)
		kill_load(&before);
	world_account(&second);
	check(world_missing(&first, &second) < 64, "killed loads: %" PRId64 " pages are gone",
	      world_missing(&first, &second));
	accepted(fd, "after one was killed", FASTKEXEC_LOAD, &image.load);
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

TEST("busy", "fields check")
{
	test_second_load();
	test_slow_arguments();
	test_killed_load();
}

/* Until the machine restarts, so this comes last. */
LAST_TEST("load-disabled", "switch check")
{
	const char *file = "/sys/module/fastkexec/parameters/load_disabled";
	struct background load;
	struct image image, slow_image;
	struct query query;
	struct slow slow;
	int fd = call_open(), other = call_open();
	int parameter;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	parameter = open(file, O_WRONLY);
	check(parameter >= 0 && write(parameter, "N", 1) == 1, "the switch is not open");
	accepted(fd, "with an open switch", FASTKEXEC_LOAD, &image.load);

	slow_make(&slow);
	prepare_slow(&slow_image, &slow);
	start(&load, other, FASTKEXEC_LOAD, &slow_image.load);
	if (!check(slow_wait(&slow, SOON), "LOAD does not read its segments"))
		fatal("LOAD");
	check(write(parameter, "Y", 1) == 1, "the switch cannot be closed");
	slow_go(&slow);
	check(finish(&load) == EPERM, "a load under way: %s", strerror(load.result));
	slow_free(&slow);
	close(other);

	check(write(parameter, "Y", 1) == 1, "the switch cannot be closed again");
	check(write(parameter, "N", 1) < 0 && errno == EPERM, "the switch can be opened");
	check(write(parameter, "x", 1) < 0 && errno == EINVAL, "the switch takes anything");
	close(parameter);
	refused(fd, "switched off", FASTKEXEC_LOAD, &image.load, EPERM, "load_disabled");
	refused(fd, "switched off", FASTKEXEC_PLACE, &query.place, EPERM, "load_disabled");
	check(!call_unload(fd), "what was loaded before cannot be unloaded");
	close(fd);
}

static void expect_blocked(unsigned long long blockers)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	struct image image;
	struct query query;
	int fd = call_open();

	image_prepare(&image, FASTKEXEC_PLACE_AUTO);
	query_prepare(&query, FASTKEXEC_PLACE_AUTO);
	accepted(fd, "blocked", FASTKEXEC_INFO, &info);
	check(info.blockers == blockers, "INFO: blockers 0x%" PRIx64 ", not 0x%llx",
	      (uint64_t)info.blockers, blockers);
	refused(fd, "blocked", FASTKEXEC_LOAD, &image.load, EOPNOTSUPP, "cannot be left");
	refused(fd, "blocked", FASTKEXEC_PLACE, &query.place, EOPNOTSUPP, "cannot be left");
	close(fd);
}

TEST("blocked-by-lpi", "blocked")
{
	expect_blocked(FASTKEXEC_BLOCK_LPI);
}
