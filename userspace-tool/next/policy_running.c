// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel that is running, once more, with the same command line.
 */
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "next/next.h"
#include "next/text_file.h"

/* Where distributions keep a kernel and its initrd, the release in the place of %s. */
static const struct {
	const char *kernel;
	const char *initrd;
} places[] = {
	{ "/boot/vmlinuz-%s", "/boot/initrd.img-%s" },
	{ "/boot/vmlinuz-%s", "/boot/initramfs-%s.img" },
	{ "/boot/Image-%s", "/boot/initrd-%s" },
	{ "/boot/vmlinux-%s", "/boot/initrd-%s" },
};

static void name(char *path, const char *pattern, const char *release)
{
	const char *mark = strstr(pattern, "%s");

	snprintf(path, PATH_MAX, "%.*s%s%s", (int)(mark - pattern), pattern, release, mark + 2);
}

static int find(struct next *next, const struct settings *settings,
		const struct running *running)
{
	char kernel[PATH_MAX], initrd[PATH_MAX];
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		name(kernel, places[i].kernel, running->release);
		name(initrd, places[i].initrd, running->release);
		if (text_file_there(kernel) && text_file_there(initrd))
			break;
	}
	if (i == ARRAY_SIZE(places))
		return next_fail(next, "no kernel and initrd of %s are found in /boot",
				 running->release);
	if (next_take_file(next, next->kernel, kernel) ||
	    next_take_file(next, next->initrds[0], initrd))
		return -1;
	next->nr_initrds = 1;
	snprintf(next->release, sizeof(next->release), "%s", running->release);
	snprintf(next->cmdline, sizeof(next->cmdline), "%s", running->cmdline);
	next_fail(next, "it is the kernel that is running");
	return 0;
}

const struct policy policy_running = {
	.name = "running",
	.find = find,
};
