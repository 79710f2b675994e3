// SPDX-License-Identifier: GPL-2.0
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "origin.h"
#include "out.h"

static int unload(int argc, char **argv)
{
	int status, fd, ret;

	if (!cmd_parse(&cmd_unload, NULL, argc, argv, &status))
		return status;

	fd = calls_open();
	if (fd < 0)
		return EXIT_FAILED;
	ret = calls_unload(fd);
	close(fd);
	if (ret)
		return EXIT_FAILED;
	origin_forget();
	out_say("Unloaded. A reboot goes through the firmware again.\n");
	return EXIT_DONE;
}

const struct command cmd_unload = {
	.name		= "unload",
	.usage		= "",
	.summary	= "Forget the kernel that was loaded, and free its memory",
	.help		= "",
	.options	= cmd_no_options,
	.run		= unload,
};
