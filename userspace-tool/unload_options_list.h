/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options of 'fastkexec unload', as load_options_list.h has those of 'load'.
 */
#ifndef FASTKEXEC_UNLOAD_OPTIONS_LIST_H
#define FASTKEXEC_UNLOAD_OPTIONS_LIST_H

/*
 * UNLOAD_OPTIONS(X) - X(name, letter, argument, choices, field, help) for each of them
 *
 * The parameters are as of LOAD_OPTIONS(X), field a member of struct unload_options.
 */
#define UNLOAD_OPTIONS(X) \
	X("stale", 0, NULL, NULL, stale, \
	  "only if what is loaded is out of date, as 'status' tells. It is no error if it is " \
	  "not, or if nothing is loaded")

#endif /* FASTKEXEC_UNLOAD_OPTIONS_LIST_H */
