// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "array.h"
#include "calls.h"
#include "cmd.h"
#include "out.h"
#include "report/history.h"

static const struct {
	const char *name;
	enum fastkexec_moment moment;
} moments[] = {
	{ "requested", FASTKEXEC_MOMENT_REQUESTED },
	{ "shutdown", FASTKEXEC_MOMENT_SHUTDOWN },
};

static int take(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(moments) && strcmp(name, moments[i].name); i++)
		;
	if (i == ARRAY_SIZE(moments))
		return -1;
	if (moments[i].moment == FASTKEXEC_MOMENT_REQUESTED)
		history_request();
	if (calls_stamp(moments[i].moment))
		out_step("No module takes the stamp: the clock of the wall has to do.");
	return 0;
}

/* A reboot must not fail because its time is not known. */
static int stamp(int argc, char **argv)
{
	int operand = options_parse(cmd_no_options, NULL, argc, argv);

	if (operand == OPTIONS_HELP)
		return cmd_help(&cmd_stamp);
	if (operand < 0)
		return cmd_misused(&cmd_stamp);
	if (operand != argc - 1 || take(argv[operand])) {
		options_misused(argv, "takes one word: requested or shutdown");
		return cmd_misused(&cmd_stamp);
	}
	return EXIT_DONE;
}

const struct command cmd_stamp = {
	.name		= "stamp",
	.usage		= "requested|shutdown",
	.summary	= "Note when a reboot was asked for, or user space ended, for 'report'",
	.help		=
		"For programs that take part in a shutdown. The last call counts.\n"
		"  requested  a reboot was asked for\n"
		"  shutdown   services are stopped and file systems unmounted\n",
	.options	= cmd_no_options,
	.run		= stamp,
};
