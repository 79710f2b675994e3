/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FASTKEXEC_EXIT_STATUS_H
#define FASTKEXEC_EXIT_STATUS_H

/**
 * enum exit_status - exit status of the tool, and what its commands return
 * @EXIT_DONE: the command was done
 * @EXIT_FAILED: it failed, and one sentence on stderr says why
 * @EXIT_USAGE: the arguments were wrong; nothing was tried
 */
enum exit_status {
	EXIT_DONE	= 0,
	EXIT_FAILED	= 1,
	EXIT_USAGE	= 2,
};

#endif /* FASTKEXEC_EXIT_STATUS_H */
