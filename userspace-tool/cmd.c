// SPDX-License-Identifier: GPL-2.0
#include "cmd.h"

#include <stdio.h>

#include "out.h"
#include "version.h"

const struct option_row cmd_no_options[] = { { 0 } };

/* Whether the command that runs has written its answer. */
static bool answered;

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

void cmd_json_open(struct json *json, const struct command *command)
{
	*json = (struct json){ .file = stdout };
	json_open(json, NULL, '{');
	json_string(json, "command", command->name);
	json_string(json, "version", FASTKEXEC_VERSION);
	answered = true;
}

static void add_text(void *json, const char *text)
{
	json_string(json, NULL, text);
}

int cmd_json_close(struct json *json, int status)
{
	json_open(json, "notes", '[');
	out_each_note(add_text, json);
	json_close(json, ']');
	json_open(json, "errors", '[');
	out_each_error(add_text, json);
	json_close(json, ']');
	json_number(json, "status", status);
	json_close(json, '}');
	return out_finish() == EXIT_DONE ? status : EXIT_FAILED;
}

int cmd_run(const struct command *command, int argc, char **argv)
{
	char name[32];
	struct json json;
	int status;

	snprintf(name, sizeof(name), "fastkexec %s", command->name);
	argv[0] = name;
	answered = false;
	status = command->run(argc, argv);
	if (!out_is_json() || answered)
		return status;
	cmd_json_open(&json, command);
	return cmd_json_close(&json, status);
}
