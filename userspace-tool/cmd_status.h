/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is loaded, for all who tell it.
 */
#ifndef FASTKEXEC_CMD_STATUS_H
#define FASTKEXEC_CMD_STATUS_H

#include "cmd.h"

/**
 * cmd_status_answer() - answer to a program what is loaded, and what the machine can do
 * @command: whose answer it is
 *
 * Return: exit status; without an answer after having said what was wrong
 */
int cmd_status_answer(const struct command *command);

#endif /* FASTKEXEC_CMD_STATUS_H */
