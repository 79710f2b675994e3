// SPDX-License-Identifier: GPL-2.0
/*
 * Calls that are nearly right, from processes with and without rights, which are killed
 * in the middle of them, while the module comes and goes: nothing may break, and nothing
 * may be lost.
 *
 * FUZZ_CALLS in the environment says how many calls, FUZZ_SEED which: a process makes the
 * same calls in the same order whenever the seed is the same. What it finds in the
 * machine, and when another one comes in between, may differ.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "draw.h"
#include "fuzz_calls.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rights.h"
#include "test.h"

#define MODULE		"/t/fastkexec.ko"

#define CALLS		20000
#define SEED		1

/* The first one is root, the last one has no right, the others have CAP_SYS_BOOT alone. */
#define WORKERS		4
#define NOBODY		65534

/* The module is taken out after each round. What the first one leaves behind stays. */
#define ROUND		250000	/* calls */
#define LEAST_ROUNDS	3

/*
 * Pages that may be missing between the first round's end and the last one's: more than
 * three times what healthy runs differ by. And by how many slab may grow.
 */
#define TOLERANCE	128
#define SLAB_TOLERANCE	512

/* Processes that open the device while the module goes, how often, and how often it goes. */
#define OPENERS		2
#define OPENINGS	200
#define REMOVALS	8

/* Seconds without any call that comes back. */
#define PATIENCE	240

/* How often a call that is right is made, while another one changes something. */
#define TURNS		100

#define ERRORS		134

/* Shared by all processes. */
struct shared {
	uint64_t step[WORKERS];
	uint64_t end;			/* of the steps of each, in this round */
	uint64_t count[FUZZ_CALLS_MAX][ERRORS];
	uint64_t kills;
	uint64_t removals;
	uint64_t writes;		/* to memory of the image */
};

static struct shared *shared;
static uint64_t seed;
static int shared_fd = -1;

static uint64_t setting(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

/* ---- one process ---- */

/* Returns whether it may change anything. */
static bool take_rights(unsigned int who)
{
	if (who == WORKERS - 1)
		rights_drop_sys_boot();
	if (who == 0)
		return true;
	rights_become(NOBODY);
	return who != WORKERS - 1;
}

/* SIGKILL comes within milliseconds: in the middle of this call, or of one that follows. */
static void be_killed(struct draw *draw)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	struct itimerspec when = { .it_value = { 0 } };
	timer_t timer;

	when.it_value.tv_nsec = 1000L << draw_below(draw, 15);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &when, NULL))
		fatal("a timer");
	__atomic_add_fetch(&shared->kills, 1, __ATOMIC_RELAXED);
}

static void count(const struct fuzz_shot *shot, int error)
{
	const size_t row = shot->call - fuzz_calls;

	__atomic_add_fetch(&shared->count[row][error < ERRORS ? error : ERRORS - 1], 1,
			   __ATOMIC_RELAXED);
}

static sigjmp_buf taken_away;

static void leave(int signal)
{
	(void)signal;
	siglongjmp(taken_away, 1);
}

/* The memory may be taken away at any time. */
static void write_some(char *at)
{
	struct sigaction action = { .sa_handler = leave };

	sigaction(SIGBUS, &action, NULL);
	if (!sigsetjmp(taken_away, 1)) {
		*at = 1;
		__atomic_add_fetch(&shared->writes, 1, __ATOMIC_RELAXED);
	}
	signal(SIGBUS, SIG_DFL);
}

/* A mapping of the file, if it lets itself be mapped, stays until the next one is drawn. */
static void map_some(int fd, struct draw *draw)
{
	static char *memory = MAP_FAILED;
	static size_t size;

	if (memory != MAP_FAILED) {
		write_some(memory);
		munmap(memory, size);
	}
	size = world.page << draw_below(draw, 3);
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		      draw_once_in(draw, 8) ? MAP_PRIVATE : MAP_SHARED, fd, fuzz_draw_map(draw));
	if (memory != MAP_FAILED)
		write_some(memory);
}

static void make_step(int *fd, struct draw *draw, bool privileged)
{
	const bool anew = draw_once_in(draw, 200);
	const int at = draw_once_in(draw, 4) ? shared_fd : *fd;
	const struct fuzz_shot shot = fuzz_draw(draw);
	unsigned int turns = shot.patched < 2 ? TURNS : 0;
	int error;

	if (shot.call->changes && shot.patched < 2 && draw_once_in(draw, 16))
		be_killed(draw);
	error = call(at, shot.cmd, shot.argument);
	while (error == EBUSY && turns--) {
		usleep(500);
		error = call(at, shot.cmd, shot.argument);
	}
	count(&shot, error);
	fuzz_judge(&shot, error, privileged);
	if (draw_once_in(draw, !error && shot.cmd == FASTKEXEC_PLACE ? 2 : 50))
		map_some(at, draw);
	if (anew) {
		close(*fd);
		*fd = call_open();
	}
}

/* A step that did not end, because it was killed, is not made again. */
static void work(unsigned int who)
{
	const bool privileged = take_rights(who);
	struct draw draw;
	int fd = call_open();

	while (shared->step[who] < shared->end) {
		draw = draw_begin(seed, who, shared->step[who]++);
		make_step(&fd, &draw, privileged);
	}
	_exit(0);
}

static pid_t start(void (*run)(unsigned int who), unsigned int who)
{
	pid_t child = fork();

	if (child < 0)
		fatal("fork");
	if (child == 0) {
		run(who);
		_exit(0);
	}
	return child;
}

/* ---- the module goes ---- */

static bool remove_module(void)
{
	return !syscall(SYS_delete_module, "fastkexec", O_NONBLOCK);
}

static void insert_module(void)
{
	int module = open(MODULE, O_RDONLY | O_CLOEXEC);

	if (module < 0 || syscall(SYS_finit_module, module, "", 0))
		fatal("insmod %s", MODULE);
	close(module);
	if (chmod(DEVICE, 0666))
		fatal("chmod %s", DEVICE);
}

/* Whoever opens the device finds the module, or no device. */
static void open_often(unsigned int who)
{
	static struct image image;
	unsigned int i;
	int fd;

	for (i = 0; i < OPENINGS; i++) {
		image_prepare(&image, (i + who) % 3);
		fd = open(DEVICE, O_RDWR | O_CLOEXEC);
		if (fd < 0) {
			check(errno == ENOENT || errno == ENXIO || errno == ENODEV,
			      "open while the module goes: %s", strerror(errno));
			usleep(1000);
			continue;
		}
		call(fd, i % 4 ? FASTKEXEC_STATUS : FASTKEXEC_LOAD, &image.load);
		close(fd);
	}
}

static void remove_often(void)
{
	pid_t opener[OPENERS];
	unsigned int i;

	for (i = 0; i < OPENERS; i++)
		opener[i] = start(open_often, i);
	for (i = 0; i < REMOVALS; i++) {
		while (!remove_module())
			if (errno != EAGAIN)
				fatal("rmmod");
		insert_module();
		shared->removals++;
	}
	for (i = 0; i < OPENERS; i++)
		waitpid(opener[i], NULL, 0);
}

/* ---- all of them ---- */

static uint64_t steps_done(void)
{
	uint64_t done = 0;
	unsigned int i;

	for (i = 0; i < WORKERS; i++)
		done += shared->step[i];
	return done;
}

/* Fails if no call has come back for too long. */
static void look_for_life(void)
{
	static uint64_t last;
	static time_t when;
	uint64_t done = steps_done();

	if (done != last || !when) {
		last = done;
		when = time(NULL);
	}
	errno = ETIMEDOUT;
	if (time(NULL) - when > PATIENCE)
		fatal("no call has come back for %d s, after %" PRIu64 " of them", PATIENCE, done);
}

/* The worker that has ended is started again if it was killed. Returns whether it was. */
static bool start_again(pid_t worker[], pid_t ended, int status)
{
	unsigned int i;

	for (i = 0; i < WORKERS; i++)
		if (worker[i] == ended)
			break;
	if (i == WORKERS || (WIFEXITED(status) && !WEXITSTATUS(status)))
		return false;
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
		check(false, "fuzz: process %u ends with status 0x%x before step %" PRIu64, i,
		      status, shared->step[i]);
		return false;
	}
	worker[i] = start(work, i);
	return true;
}

static void run_round(uint64_t calls)
{
	unsigned int i, at_work = WORKERS;
	pid_t worker[WORKERS], ended;
	struct klog log;
	int status;

	shared->end += calls / WORKERS;
	shared_fd = call_open();
	for (i = 0; i < WORKERS; i++)
		worker[i] = start(work, i);
	while (at_work) {
		ended = waitpid(-1, &status, WNOHANG);
		if (ended > 0 && !start_again(worker, ended, status))
			at_work--;
		if (ended > 0)
			continue;
		look_for_life();
		klog_read(&log);
		check(!remove_module() && errno == EAGAIN, "rmmod with an open file");
		usleep(20000);
	}
	close(shared_fd);
}

static void unload(void)
{
	int fd = call_open();

	call_unload(fd);
	close(fd);
}

/* ---- the result ---- */

static void tell_row(const struct fuzz_call *call, const uint64_t *of_error)
{
	uint64_t all = 0;
	char text[400] = "";
	size_t length = 0;
	int error;

	for (error = 0; error < ERRORS; error++) {
		all += of_error[error];
		if (of_error[error] && length < sizeof(text))
			length += snprintf(text + length, sizeof(text) - length, ", %" PRIu64 " %s",
					   of_error[error],
					   error ? strerrorname_np(error) : "went well");
	}
	report("fuzz: %s %" PRIu64 "%s", call->name, all, text);
	check(!fuzz_call_can_succeed(call) || of_error[0], "fuzz: no %s has ever gone well",
	      call->name);
}

static void tell(uint64_t calls, time_t seconds)
{
	unsigned int i;

	for (i = 0; i < fuzz_calls_nr; i++)
		tell_row(&fuzz_calls[i], shared->count[i]);
	report("fuzz: seed %" PRIu64 ", %" PRIu64 " calls in %lld s, %" PRIu64 " kills, %" PRIu64
	       " times rmmod and insmod, %" PRIu64 " writes to claims", seed, calls,
	       (long long)seconds, shared->kills, shared->removals, shared->writes);
	check(shared->writes, "fuzz: no claim was ever mapped and written to");
}

static unsigned long taints(void)
{
	FILE *file = fopen("/proc/sys/kernel/tainted", "r");
	unsigned long taint;

	if (!file || fscanf(file, "%lu", &taint) != 1)
		fatal("/proc/sys/kernel/tainted");
	fclose(file);
	return taint;
}

static void get_ready(void)
{
	seed = setting("FUZZ_SEED", SEED);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		fatal("mmap");
	if (chmod(DEVICE, 0666))
		fatal("chmod %s", DEVICE);
	fuzz_get_ready();
}

TEST("fuzz", "fuzz")
{
	const uint64_t calls = setting("FUZZ_CALLS", CALLS);
	const uint64_t rounds = calls / ROUND > LEAST_ROUNDS ? calls / ROUND : LEAST_ROUNDS;
	const unsigned long taint = taints();
	const time_t begin = time(NULL);
	struct account first, last;
	struct klog log;
	uint64_t i;

	get_ready();
	for (i = 0; i < rounds; i++) {
		run_round(calls / rounds);
		remove_often();
		unload();
		world_settle();
		world_account(i ? &last : &first);
		klog_read(&log);
		report("fuzz: round %" PRIu64 " of %" PRIu64 ", %" PRIu64 " calls", i + 1, rounds,
		       steps_done());
	}
	tell(steps_done(), time(NULL) - begin);
	report("fuzz: %" PRId64 " pages missing, slab grown by %" PRId64,
	       world_missing(&first, &last), last.slab - first.slab);
	check(world_missing(&first, &last) < TOLERANCE, "fuzz: %" PRId64 " pages are gone",
	      world_missing(&first, &last));
	check(last.slab - first.slab < SLAB_TOLERANCE, "fuzz: slab has grown by %" PRId64 " pages",
	      last.slab - first.slab);
	check(taints() == taint, "fuzz: the kernel is tainted: %lu, before %lu", taints(), taint);
}
