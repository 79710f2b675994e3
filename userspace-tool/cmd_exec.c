// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "out.h"

static int is_loaded(void)
{
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;
	int fd = calls_open();
	int ret;

	if (fd < 0)
		return -1;
	ret = calls_status(fd, &status, segments);
	close(fd);
	if (ret)
		return -1;
	if (!status.loaded)
		return out_fail("nothing is loaded; load a kernel with 'fastkexec load' first");
	return 0;
}

static int exec(int argc, char **argv)
{
	int status;

	if (!cmd_parse(&cmd_exec, NULL, argc, argv, &status))
		return status;
	if (is_loaded())
		return EXIT_FAILED;

	/* stdout may be a pipe that nobody reads. Do not die of it before reboot(). */
	signal(SIGPIPE, SIG_IGN);
	out_say("Starting the next kernel.\n");
	fflush(stdout);
	sync();
	reboot(RB_AUTOBOOT);
	out_fail("cannot reboot: %s", strerror(errno));
	return EXIT_FAILED;
}

const struct command cmd_exec = {
	.name		= "exec",
	.usage		= "",
	.summary	= "Start the kernel that was loaded, now; does not return",
	.help		=
		"File systems are synchronised and devices shut down, but services are not\n"
		"stopped: 'systemctl reboot' does that, and starts the same kernel.\n",
	.options	= cmd_no_options,
	.run		= exec,
};
