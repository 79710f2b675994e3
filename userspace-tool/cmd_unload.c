// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "origin.h"
#include "out.h"
#include "unload_options_list.h"

/**
 * struct unload_options - the arguments
 * @stale: unload only what is out of date
 */
struct unload_options {
	bool stale;
};

#define ROW(row_name, row_letter, row_argument, row_choices, row_field, row_help) { \
	.name = row_name, \
	.letter = row_letter, \
	.argument = row_argument, \
	.choices = row_choices, \
	.field = offsetof(struct unload_options, row_field), \
	.help = row_help, \
},

static const struct option_row rows[] = {
	UNLOAD_OPTIONS(ROW)
	{ 0 }
};

static void say_reason(void *stale, const char *reason)
{
	out_say("It is out of date: %s.\n", reason);
	*(bool *)stale = true;
}

/* Return: 1 if an image is loaded and out of date, 0 if not, -1 if that cannot be told */
static int is_stale(int fd)
{
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;
	struct origin origin;
	bool stale = false;

	if (calls_status(fd, &status, segments))
		return -1;
	if (!status.loaded || !origin_read(&origin))
		return 0;
	origin_stale(&origin, say_reason, &stale);
	if (origin.for_reboot)
		say_reason(&stale, "packages were installed on the way down");
	return stale;
}

static int unload_from(int fd, const struct unload_options *options)
{
	int stale = options->stale ? is_stale(fd) : 1;

	if (stale < 0)
		return EXIT_FAILED;
	if (!stale) {
		out_say("Nothing is loaded that is known to be out of date.\n");
		return EXIT_DONE;
	}
	if (origin_unload(fd))
		return EXIT_FAILED;
	out_say("Unloaded. A reboot goes through the firmware again.\n");
	return EXIT_DONE;
}

static int unload(int argc, char **argv)
{
	struct unload_options options = { 0 };
	int status, fd;

	if (!cmd_parse(&cmd_unload, &options, argc, argv, &status))
		return status;

	fd = calls_open();
	if (fd < 0)
		return EXIT_FAILED;
	status = unload_from(fd, &options);
	close(fd);
	return status;
}

const struct command cmd_unload = {
	.name		= "unload",
	.usage		= "[OPTIONS]",
	.summary	= "Forget the kernel that was loaded, and free its memory",
	.help		= "",
	.options	= rows,
	.run		= unload,
};
