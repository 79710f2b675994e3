/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options that every command knows, as load_options_list.h has those of 'load'.
 */
#ifndef FASTKEXEC_COMMON_OPTIONS_LIST_H
#define FASTKEXEC_COMMON_OPTIONS_LIST_H

/*
 * COMMON_OPTIONS(X) - X(name, letter, argument, choices, field, help) for each of them
 *
 * The parameters are as of LOAD_OPTIONS(X), field a member of struct common_options.
 */
#define COMMON_OPTIONS(X) \
	X("json", 0, NULL, NULL, json, \
	  "answer for programs, by one JSON object on stdout. Its keys are in fastkexec(8)") \
	X("quiet", 'q', NULL, NULL, quiet, \
	  "say nothing but errors and notes") \
	X("verbose", 'v', NULL, NULL, verbose, \
	  "say each step") \
	X("help", 'h', NULL, NULL, help, \
	  "this text")

#endif /* FASTKEXEC_COMMON_OPTIONS_LIST_H */
