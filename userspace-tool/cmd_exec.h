/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way out of this kernel, for all who ask for it.
 */
#ifndef FASTKEXEC_CMD_EXEC_H
#define FASTKEXEC_CMD_EXEC_H

#include <stdbool.h>

/**
 * struct exec_options - the arguments of 'fastkexec exec'
 * @no_sync: leave file systems as they are
 * @no_ifdown: leave network interfaces as they are
 */
struct exec_options {
	bool no_sync;
	bool no_ifdown;
};

/**
 * cmd_exec_leave() - start the kernel that is loaded
 * @options: how
 *
 * Returns only if that fails, after having said why.
 */
void cmd_exec_leave(const struct exec_options *options);

#endif /* FASTKEXEC_CMD_EXEC_H */
