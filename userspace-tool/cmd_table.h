/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All the commands.
 */
#ifndef FASTKEXEC_CMD_TABLE_H
#define FASTKEXEC_CMD_TABLE_H

#include <stdio.h>

#include "cmd.h"

/* In the order in which help tells them; NULL is the last. */
extern const struct command *const cmd_table[];

/**
 * cmd_find() - look a command up
 * @name: as typed
 *
 * Return: the command, NULL if there is none of that name
 */
const struct command *cmd_find(const char *name);

/**
 * cmd_unknown() - say that there is no such command
 * @name: as typed
 *
 * Return: EXIT_USAGE
 */
int cmd_unknown(const char *name);

/**
 * cmd_help_all() - print what the tool can do
 * @file: where to
 */
void cmd_help_all(FILE *file);

#endif /* FASTKEXEC_CMD_TABLE_H */
