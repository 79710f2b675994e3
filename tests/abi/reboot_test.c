// SPDX-License-Identifier: GPL-2.0
/*
 * A reboot has begun: loads, unloads and rmmod that race it.
 *
 * The way down is short. It is held up by devices that are being reset over and over
 * meanwhile: to shut one down, the kernel has to wait for its reset.
 *
 * Whether a reboot has begun is asked by a call that is wrong anyway: EINVAL before,
 * EBUSY from then on. A load whose contents come slowly is under way all the time;
 * it must not arrive.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "slow.h"
#include "test.h"

#define SOON	20

/* Not to be cut in two by what the others write. */
struct answers {
	int load, place, unload, rehearse, rmmod, late;
	bool same;
	char words[100];
};

static struct slow slow;
static struct image late_image;
static int late_result = -1;
static bool late_done;

static void *load_late(void *arg)
{
	int fd = call_open();

	(void)arg;
	late_result = call(fd, FASTKEXEC_LOAD, &late_image.load);
	close(fd);
	__atomic_store_n(&late_done, true, __ATOMIC_RELEASE);
	return NULL;
}

/* A reset, of the bus if the device knows no other, holds the device's lock for ms. */
static void *hold_device(void *path)
{
	int fd = open(path, O_WRONLY);

	while (pwrite(fd, "1", 1, 0) == 1)
		;
	fatal("%s", (char *)path);
}

static void *reboot_now(void *arg)
{
	(void)arg;
	reboot(RB_AUTOBOOT);
	report("FAIL reboot(2) came back with %s", strerror(errno));
	return NULL;
}

static void start(void *(*run)(void *), void *arg)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, run, arg);
	if (errno)
		fatal("pthread_create");
}

static void hold_devices(void)
{
	static glob_t found;
	size_t i;

	if (glob("/sys/bus/pci/devices/*/reset", 0, NULL, &found))
		fatal("no PCI device that can be reset");
	for (i = 0; i < found.gl_pathc; i++)
		start(hold_device, found.gl_pathv[i]);
	usleep(50000);
}

static bool has_begun(int fd)
{
	struct fastkexec_unload wrong = { .size = sizeof(wrong), .flags = 1 };

	/* While the slow load runs, this is EBUSY for another reason. */
	char words[300];

	if (call(fd, FASTKEXEC_UNLOAD, &wrong) != EBUSY)
		return false;
	call_explain(fd, words, sizeof(words));
	return strstr(words, "reboot");
}

static void ask(int fd, struct answers *answers)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct fastkexec_unload unload = { .size = sizeof(unload) };
	struct image image;
	struct query query;

	image_prepare(&image, FASTKEXEC_PLACE_AUTO);
	query_prepare(&query, FASTKEXEC_PLACE_AUTO);
	answers->unload = call(fd, FASTKEXEC_UNLOAD, &unload);
	answers->load = call(fd, FASTKEXEC_LOAD, &image.load);
	call_explain(fd, answers->words, sizeof(answers->words));
	answers->rehearse = call(fd, FASTKEXEC_REHEARSE, &rehearse);
	answers->place = call(fd, FASTKEXEC_PLACE, &query.place);
}

TEST("reboot", "reboot")
{
	struct loaded before, after;
	struct answers answers = { .late = -1 };
	int fd = call_open();

	call_status(&before);
	if (!before.status.loaded)
		fatal("nothing is loaded");
	slow_make(&slow);
	image_prepare(&late_image, FASTKEXEC_PLACE_COPY);
	late_image.segment[IMAGE_SPARE].buf = (uintptr_t)slow.page;
	start(load_late, NULL);
	if (!slow_wait(&slow, SOON))
		fatal("LOAD does not read its segments");

	hold_devices();
	start(reboot_now, NULL);
	while (!has_begun(fd))
		;
	ask(fd, &answers);
	slow_go(&slow);
	while (!__atomic_load_n(&late_done, __ATOMIC_ACQUIRE))
		;
	answers.late = late_result;
	call_status(&after);
	answers.same = call_same(&before, &after);
	/* With no file open, it is the reboot alone that holds the module. */
	close(fd);
	call_status_close();
	answers.rmmod = syscall(SYS_delete_module, "fastkexec", O_NONBLOCK) ? errno : 0;
	report("race load=%s place=%s unload=%s rehearse=%s late=%s rmmod=%s same=%d says=\"%s\"",
	       strerrorname_np(answers.load), strerrorname_np(answers.place),
	       strerrorname_np(answers.unload), strerrorname_np(answers.rehearse),
	       strerrorname_np(answers.late), strerrorname_np(answers.rmmod), answers.same,
	       answers.words);
	for (;;)
		pause();
}
