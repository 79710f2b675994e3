/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tool says: words on stdout, everything else on stderr.
 */
#ifndef FASTKEXEC_OUT_H
#define FASTKEXEC_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "exit_status.h"

/**
 * out_quiet() - with true, out_say() and out_progress() say nothing
 * @quiet: what to do from now on
 */
void out_quiet(bool quiet);

/**
 * out_say() - words for the user, on stdout; no newline is added
 * @format: as of printf(3)
 */
void out_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * out_note() - one line on stderr about something that does not stop the work
 * @format: as of printf(3)
 */
void out_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * out_fail() - the one line on stderr that says why the work stops
 * @format: as of printf(3)
 *
 * Return: -1, so that a function can end with it
 */
int out_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * out_finish() - the end of a command whose output is its result
 *
 * Return: EXIT_DONE, or EXIT_FAILED if stdout could not be written to
 */
int out_finish(void);

/**
 * out_progress() - how far a long operation is, if stderr is a terminal
 * @what: what is being done
 * @done: bytes done; @total ends the display and wipes it
 * @total: bytes in all
 *
 * Says nothing during the first half second.
 */
void out_progress(const char *what, uint64_t done, uint64_t total);

/**
 * struct out_text - a short text by value
 * @s: it
 */
struct out_text {
	char s[32];
};

/**
 * out_size() - "42 bytes", "1.5 MiB"; use as out_size(n).s
 * @bytes: how many
 *
 * Return: the text
 */
struct out_text out_size(uint64_t bytes);

#endif /* FASTKEXEC_OUT_H */
