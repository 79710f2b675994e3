/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tool says: words on stdout, everything else on stderr. A terminal shows a
 * long line wrapped. A file or a pipe gets it whole, so that programs can search it.
 * Each line is written at once, so that lines of several programs do not mix.
 */
#ifndef FASTKEXEC_OUT_H
#define FASTKEXEC_OUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "exit_status.h"

/**
 * out_quiet() - with true, out_say() and out_progress() say nothing
 * @quiet: what to do from now on
 */
void out_quiet(bool quiet);

/**
 * out_is_quiet() - was out_quiet() called with true?
 *
 * Return: whether it was
 */
bool out_is_quiet(void);

/**
 * out_verbose() - with true, out_step() says something
 * @verbose: what to do from now on
 */
void out_verbose(bool verbose);

/**
 * out_json() - with true, stdout is for the answer alone: out_say() and out_progress() say
 *	nothing, and notes and errors are kept for out_each_note() and out_each_error()
 * @json: what to do from now on; forgets what was kept
 */
void out_json(bool json);

/**
 * out_is_json() - is the answer for programs?
 *
 * Return: as out_json() was told last
 */
bool out_is_json(void);

/**
 * out_each_note() - visit the notes since out_json()
 * @visit: called with each
 * @ctx: for @visit
 */
void out_each_note(void (*visit)(void *ctx, const char *text), void *ctx);

/**
 * out_each_error() - visit the errors since out_json()
 * @visit: called with each
 * @ctx: for @visit
 */
void out_each_error(void (*visit)(void *ctx, const char *text), void *ctx);

/**
 * out_step() - a line on stderr about what is done next, for those who asked for it
 * @format: as of printf(3); a newline is added
 */
void out_step(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * out_say() - words for the user, on stdout; no newline is added
 * @format: as of printf(3)
 */
void out_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * out_wrap() - a paragraph of at most 80 columns
 * @file: where it goes
 * @text: its words; a newline is added
 * @at: the column that it begins at
 * @indent: the column that each further line begins at
 *
 * A word that is wider than a line stays whole.
 */
void out_wrap(FILE *file, const char *text, size_t at, size_t indent);

/**
 * enum out_colour - the colour of a word, on a terminal
 * @OUT_PLAIN: none
 * @OUT_GREEN: all is well
 * @OUT_YELLOW: the user should know
 * @OUT_RED: something does not go on
 *
 * There are no colours with NO_COLOR in the environment, nor on a terminal that is dumb.
 */
enum out_colour {
	OUT_PLAIN,
	OUT_GREEN,
	OUT_YELLOW,
	OUT_RED,
};

/**
 * out_graded() - as out_line(), with the first of @words in a colour
 * @colour: which
 * @words: what it begins with
 * @format: as of printf(3); a newline is added
 */
void out_graded(enum out_colour colour, const char *words, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * out_line() - a line for the user, on stdout, also if out_quiet() was called
 * @words: what it begins with; the text stands right behind
 * @format: as of printf(3); a newline is added
 *
 * On a terminal further lines begin below the text.
 */
void out_line(const char *words, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * out_complain() - one line on stderr
 * @who: what it begins with, before a colon
 * @format: as of printf(3); a newline is added
 * @args: the arguments of @format
 */
void out_complain(const char *who, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

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
 * Tells bytes, rate and the time that is left. Says nothing during the first half second.
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
