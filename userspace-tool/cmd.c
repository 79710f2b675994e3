// SPDX-License-Identifier: GPL-2.0
#include "cmd.h"

#include <stdio.h>

#include "out.h"

const struct option_row cmd_no_options[] = { { 0 } };

int cmd_help(const struct command *command)
{
	printf("Usage: fastkexec %s%s%s\n\n%s.\n\n%s%s", command->name,
	       command->usage[0] ? " " : "", command->usage, command->summary, command->help,
	       command->help[0] ? "\n" : "");
	options_help(command->options);
	return out_finish();
}

int cmd_misused(const struct command *command)
{
	fprintf(stderr, "Try 'fastkexec %s --help'.\n", command->name);
	return EXIT_USAGE;
}

bool cmd_parse(const struct command *command, void *values, int argc, char **argv, int *status)
{
	int operand = options_parse(command->options, values, argc, argv);

	if (operand == OPTIONS_HELP) {
		*status = cmd_help(command);
		return false;
	}
	if (operand == argc)
		return true;
	if (operand > 0)
		options_misused(argv, "takes no argument, and was given '%s'", argv[operand]);
	*status = cmd_misused(command);
	return false;
}
