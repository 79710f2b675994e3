// SPDX-License-Identifier: GPL-2.0
#include "next/next.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>

#include "array.h"
#include "cmdline.h"
#include "kernel.h"
#include "next/mounts.h"
#include "next/text_file.h"
#include "root.h"

static const struct policy *const policies[] = {
	&policy_default,
	&policy_running,
	&policy_symlink,
	&policy_command,
};

int next_fail(struct next *next, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(next->why, sizeof(next->why), format, args);
	va_end(args);
	return -1;
}

int next_take_file(struct next *next, char *path, const char *file)
{
	if (strlen(file) >= PATH_MAX)
		return next_fail(next, "the name of a file is too long");
	if (mounts_automount(file))
		return next_fail(next, "%s is below an automount, which is not touched", file);
	if (!text_file_there(file))
		return next_fail(next, "%s is not there, or empty", file);
	strcpy(path, file);
	return 0;
}

/*
 * A file that is called vmlinuz-RELEASE or Image-RELEASE. A release begins with a digit;
 * another name says nothing.
 */
static void take_release(struct next *next)
{
	const char *name = strrchr(next->kernel, '/');
	const char *mark = strchr(name ? name : next->kernel, '-');

	if (!next->release[0] && mark && isdigit((unsigned char)mark[1]))
		snprintf(next->release, sizeof(next->release), "%.64s", mark + 1);
}

/* What the kernel says of itself, where its name says nothing. */
static void ask_kernel(struct next *next)
{
	struct kernel kernel = { 0 };
	struct sysinfo memory;
	char path[PATH_MAX];
	struct kernel_request request = {
		.path = root_path(path, sizeof(path), "%s", next->kernel),
	};

	if (sysinfo(&memory))
		return;
	request.memory = (uint64_t)memory.totalram * memory.mem_unit;
	if (kernel_open(&kernel, &request))
		return;
	kernel_release(&kernel, next->release, sizeof(next->release));
	kernel_close(&kernel);
}

/* A kernel whose modules are gone comes up without its disks or its network. */
static int check_release(struct next *next)
{
	take_release(next);
	if (!next->release[0])
		ask_kernel(next);
	if (!next->release[0])
		return next_fail(next, "%s does not tell its release", next->kernel);
	if (!root_has("/lib/modules/%s/modules.dep", next->release) &&
	    !root_has("/usr/lib/modules/%s/modules.dep", next->release))
		return next_fail(next, "/lib/modules/%s is not complete", next->release);
	return 0;
}

static int check(struct next *next)
{
	if (strlen(next->cmdline) >= CMDLINE_MAX)
		return next_fail(next, "the command line of %s is too long", next->kernel);
	return check_release(next);
}

int next_find(struct next *next, const struct settings *settings)
{
	struct running running;
	size_t i;

	*next = (struct next){ .policy = settings->policy, .loader = "" };
	running_look(&running);
	for (i = 0; i < ARRAY_SIZE(policies); i++) {
		if (strcmp(settings->policy, policies[i]->name))
			continue;
		if (policies[i]->find(next, settings, &running))
			return -1;
		return check(next);
	}
	return next_fail(next, "%s has the unknown POLICY '%s'", SETTINGS_FILE, settings->policy);
}
