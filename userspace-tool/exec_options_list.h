/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options of 'fastkexec exec', as load_options_list.h has those of 'load'.
 */
#ifndef FASTKEXEC_EXEC_OPTIONS_LIST_H
#define FASTKEXEC_EXEC_OPTIONS_LIST_H

/*
 * EXEC_OPTIONS(X) - X(name, letter, argument, choices, field, help) for each of them
 *
 * The parameters are as of LOAD_OPTIONS(X), field a member of struct exec_options.
 */
#define EXEC_OPTIONS(X) \
	X("no-sync", 0, NULL, NULL, no_sync, \
	  "do not synchronise file systems. Otherwise that goes on for as long as it gets on: " \
	  "what a disk or a server has not taken for ten seconds is given up, with a note") \
	X("no-ifdown", 0, NULL, NULL, no_ifdown, \
	  "do not take network interfaces down. Otherwise all but the loopback ones are taken " \
	  "down, for five seconds at most")

#endif /* FASTKEXEC_EXEC_OPTIONS_LIST_H */
