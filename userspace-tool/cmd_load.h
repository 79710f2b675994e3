/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A load, for all who ask for one.
 */
#ifndef FASTKEXEC_CMD_LOAD_H
#define FASTKEXEC_CMD_LOAD_H

#include "load_options.h"

/**
 * cmd_load_run() - load a kernel, and say what was loaded
 * @options: what is asked for
 *
 * Return: 0, or -1 after having said what was wrong
 */
int cmd_load_run(const struct load_options *options);

#endif /* FASTKEXEC_CMD_LOAD_H */
