// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "cmd_exec.h"
#include "exec_options_list.h"
#include "flush.h"
#include "ifdown.h"
#include "out.h"
#include "report/history.h"

#define ROW(row_name, row_letter, row_argument, row_choices, row_field, row_help) { \
	.name = row_name, \
	.letter = row_letter, \
	.argument = row_argument, \
	.choices = row_choices, \
	.field = offsetof(struct exec_options, row_field), \
	.help = row_help, \
},

static const struct option_row rows[] = {
	EXEC_OPTIONS(ROW)
	{ 0 }
};

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

/* File systems first: some of them need the network. */
static void leave_clean(const struct exec_options *options)
{
	if (!options->no_sync) {
		out_step("synchronising file systems");
		flush_disks(FLUSH_PATIENCE_MS);
	}
	if (!options->no_ifdown) {
		out_step("taking network interfaces down");
		ifdown_all(IFDOWN_PATIENCE_MS);
	}
}

void cmd_exec_leave(const struct exec_options *options)
{
	/* stdout may be a pipe that nobody reads. Do not die of it before reboot(). */
	signal(SIGPIPE, SIG_IGN);
	out_say("Shutting this kernel down. The next one starts, or the console says why not.\n");
	fflush(stdout);
	history_request();
	calls_stamp(FASTKEXEC_MOMENT_REQUESTED);
	leave_clean(options);
	out_step("rebooting");
	calls_stamp(FASTKEXEC_MOMENT_SHUTDOWN);
	reboot(RB_AUTOBOOT);
	out_fail("cannot reboot: %s", strerror(errno));
}

static int exec(int argc, char **argv)
{
	struct exec_options options = { 0 };
	int status;

	if (!cmd_parse(&cmd_exec, &options, argc, argv, &status))
		return status;
	if (!is_loaded())
		cmd_exec_leave(&options);
	return EXIT_FAILED;
}

const struct command cmd_exec = {
	.name		= "exec",
	.usage		= "[OPTIONS]",
	.summary	= "Start the kernel that was loaded, now; does not return",
	.help		=
		"File systems are synchronised, network interfaces taken down and devices shut\n"
		"down, but services are not stopped: 'systemctl reboot' does that, and starts the\n"
		"same kernel.\n",
	.options	= rows,
	.run		= exec,
};
