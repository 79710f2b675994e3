// SPDX-License-Identifier: GPL-2.0
/*
 * /vmlinuz and /initrd.img, links that Debian keeps to its newest kernel.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/next.h"
#include "next/text_file.h"
#include "root.h"

static const struct {
	const char *kernel;
	const char *initrd;
} places[] = {
	{ "/vmlinuz", "/initrd.img" },
	{ "/boot/vmlinuz", "/boot/initrd.img" },
};

/* What the link stands for, whose name tells the release. */
static int follow(struct next *next, char *path, const char *link)
{
	char full[PATH_MAX], real[PATH_MAX], top[PATH_MAX];
	const char *file;
	size_t length;

	if (next_take_file(next, path, link))
		return -1;
	root_path(top, sizeof(top), "%s", "");
	root_path(full, sizeof(full), "%s", link);
	if (!realpath(full, real))
		return next_fail(next, "%s leads nowhere", link);
	length = strlen(top);
	file = !strncmp(real, top, length) ? real + length : real;
	return next_take_file(next, path, file);
}

static int find(struct next *next, const struct settings *settings,
		const struct running *running)
{
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (text_file_there(places[i].kernel))
			break;
	if (i == ARRAY_SIZE(places))
		return next_fail(next, "there is neither /vmlinuz nor /boot/vmlinuz");
	if (follow(next, next->kernel, places[i].kernel) ||
	    follow(next, next->initrds[0], places[i].initrd))
		return -1;
	next->nr_initrds = 1;
	snprintf(next->cmdline, sizeof(next->cmdline), "%s", running->cmdline);
	next_fail(next, "%s leads to it", places[i].kernel);
	return 0;
}

const struct policy policy_symlink = {
	.name = "symlink",
	.find = find,
};
