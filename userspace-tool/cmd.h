/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands. Each is given its own arguments, beginning with the name that
 * messages use for it ("fastkexec load"), and returns an exit status.
 */
#ifndef FASTKEXEC_CMD_H
#define FASTKEXEC_CMD_H

#include <stdbool.h>

#define FASTKEXEC_VERSION	"0.1"

/**
 * struct command - one command
 * @name: as typed
 * @summary: one line of help
 * @help: the rest of its help, from the options on
 * @usage: its arguments
 * @run: does it
 */
struct command {
	const char *name;
	const char *usage;
	const char *summary;
	const char *help;
	int (*run)(int argc, char **argv);
};

extern const struct command cmd_load;
extern const struct command cmd_exec;
extern const struct command cmd_unload;
extern const struct command cmd_rehearse;
extern const struct command cmd_status;

/**
 * cmd_help() - print all there is to say about a command
 * @command: which one
 *
 * Return: exit status
 */
int cmd_help(const struct command *command);

/**
 * cmd_misused() - point to the help of a command
 * @command: which one
 *
 * Return: EXIT_USAGE
 */
int cmd_misused(const struct command *command);

/**
 * cmd_no_arguments() - parse the arguments of a command that has only --help
 * @command: which one
 * @argc: number of @argv
 * @argv: its arguments
 * @status: takes the exit status if the command is not to be run
 *
 * Return: whether to run it
 */
bool cmd_no_arguments(const struct command *command, int argc, char **argv, int *status);

#endif /* FASTKEXEC_CMD_H */
