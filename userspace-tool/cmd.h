/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands. Each is given its own arguments, beginning with the name that
 * messages use for it ("fastkexec load"), and returns an exit status.
 */
#ifndef FASTKEXEC_CMD_H
#define FASTKEXEC_CMD_H

#include <stdbool.h>

#include "exit_status.h"
#include "json.h"
#include "options.h"

/**
 * struct command - one command
 * @name: as typed
 * @usage: its arguments
 * @summary: one line of help
 * @help: more of it, whole lines; "" if there is nothing more to say
 * @options: its options
 * @run: does it; returns an enum exit_status
 *
 * Where --json is given and @run writes no answer, the caller of @run writes one without
 * keys of its own.
 */
struct command {
	const char *name;
	const char *usage;
	const char *summary;
	const char *help;
	const struct option_row *options;
	int (*run)(int argc, char **argv);
};

extern const struct command cmd_load;
extern const struct command cmd_exec;
extern const struct command cmd_unload;
extern const struct command cmd_rehearse;
extern const struct command cmd_status;
extern const struct command cmd_check;
extern const struct command cmd_info;
extern const struct command cmd_report;
extern const struct command cmd_cpus;
extern const struct command cmd_memory;
extern const struct command cmd_stamp;
extern const struct command cmd_next;
extern const struct command cmd_bench;
extern const struct command cmd_hook;
extern const struct command cmd_help_command;

/* The table of a command that has no options. */
extern const struct option_row cmd_no_options[];

/**
 * cmd_help() - print all there is to say about a command
 * @command: which one
 *
 * Return: exit status
 */
int cmd_help(const struct command *command);

/**
 * cmd_run() - run a command
 * @command: which one
 * @argc: number of @argv
 * @argv: its arguments, beginning with its name, which is made what messages use for it
 *
 * Return: exit status
 */
int cmd_run(const struct command *command, int argc, char **argv);

/**
 * cmd_misused() - point to the help of a command
 * @command: which one
 *
 * Return: EXIT_USAGE
 */
int cmd_misused(const struct command *command);

/**
 * cmd_parse() - understand the arguments of a command that takes only options
 * @command: which one
 * @values: where its options go; may be NULL if it has none
 * @argc: number of @argv
 * @argv: its arguments
 * @status: takes the exit status if the command is not to be run
 *
 * Return: whether to run it
 */
bool cmd_parse(const struct command *command, void *values, int argc, char **argv, int *status);

/**
 * cmd_json_open() - begin the answer of a command to a program
 * @json: takes it; goes to stdout
 * @command: which one
 *
 * Keys of its own may follow, and cmd_json_close() ends it.
 */
void cmd_json_open(struct json *json, const struct command *command);

/**
 * cmd_json_close() - end the answer with the notes, the errors and the exit status
 * @json: as begun
 * @status: enum exit_status
 *
 * Return: @status, or EXIT_FAILED if stdout could not be written to
 */
int cmd_json_close(struct json *json, int status);

#endif /* FASTKEXEC_CMD_H */
