// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "cmd_table.h"
#include "out.h"

/**
 * struct help_options - the arguments
 * @list: print for programs, which complete words
 */
struct help_options {
	bool list;
};

static const struct option_row rows[] = {
	{
		.name = "list",
		.field = offsetof(struct help_options, list),
		.help = "a line for each command, or for each option of COMMAND; for completions",
	},
	{ 0 }
};

static void list_commands(void)
{
	size_t i;

	for (i = 0; cmd_table[i]; i++)
		printf("%s\t%s\n", cmd_table[i]->name, cmd_table[i]->summary);
}

static int help_on(const char *name, bool list)
{
	const struct command *command = cmd_find(name);

	if (!command)
		return cmd_unknown(name);
	if (!list)
		return cmd_help(command);
	options_list(command->options);
	return out_finish();
}

static int help(int argc, char **argv)
{
	struct help_options options = { 0 };
	int operand = options_parse(rows, &options, argc, argv);

	if (operand == OPTIONS_HELP)
		return cmd_help(&cmd_help_command);
	if (operand > 0 && operand + 1 < argc)
		operand = options_misused(argv, "one command at a time: '%s' is too many",
					  argv[operand + 1]);
	if (operand < 0)
		return cmd_misused(&cmd_help_command);
	if (operand < argc)
		return help_on(argv[operand], options.list);
	if (options.list)
		list_commands();
	else
		cmd_help_all(stdout);
	return out_finish();
}

const struct command cmd_help_command = {
	.name		= "help",
	.usage		= "[COMMAND]",
	.summary	= "Tell what there is, or what one command does",
	.help		= "",
	.options	= rows,
	.run		= help,
};
