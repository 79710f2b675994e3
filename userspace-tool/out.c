// SPDX-License-Identifier: GPL-2.0
#include "out.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COLUMNS		80

/* Where a message goes on that is wider than the terminal. */
#define HANGING		4

/* So much of a name, its end, leaves room in a line for what stands behind. */
#define PROGRESS_NAME	16

/* A note and an error are words on stderr; programs are given them without these. */
#define NOTE		"fastkexec: note"
#define ERROR		"fastkexec"

/**
 * struct kept - messages that are kept for the answer to a program
 * @text: each, one after the other, with its zero
 * @size: bytes of them
 */
struct kept {
	char *text;
	size_t size;
};

static bool quiet, verbose, json;
static struct kept notes, errors;

void out_quiet(bool now_quiet)
{
	quiet = now_quiet;
}

bool out_is_quiet(void)
{
	return quiet;
}

void out_verbose(bool now_verbose)
{
	verbose = now_verbose;
}

static void forget(struct kept *kept)
{
	free(kept->text);
	*kept = (struct kept){ 0 };
}

void out_json(bool now_json)
{
	json = now_json;
	forget(&notes);
	forget(&errors);
}

bool out_is_json(void)
{
	return json;
}

/* What there is no memory for is on stderr all the same. */
static void keep(struct kept *kept, const char *text)
{
	const size_t length = strlen(text) + 1;
	char *larger = realloc(kept->text, kept->size + length);

	if (!larger)
		return;
	memcpy(larger + kept->size, text, length);
	kept->text = larger;
	kept->size += length;
}

static void each(const struct kept *kept, void (*visit)(void *ctx, const char *text), void *ctx)
{
	const char *text;

	for (text = kept->text; text && text < kept->text + kept->size; text += strlen(text) + 1)
		visit(ctx, text);
}

void out_each_note(void (*visit)(void *ctx, const char *text), void *ctx)
{
	each(&notes, visit, ctx);
}

void out_each_error(void (*visit)(void *ctx, const char *text), void *ctx)
{
	each(&errors, visit, ctx);
}

void out_say(const char *format, ...)
{
	va_list args;

	if (quiet || json)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
}

void out_wrap(FILE *file, const char *text, size_t at, size_t indent)
{
	size_t blanks = 0;

	for (;;) {
		size_t length = strcspn(text, " ");

		if (blanks && at + blanks + length > COLUMNS) {
			fprintf(file, "\n%*s", (int)indent, "");
			at = indent;
			blanks = 0;
		}
		fprintf(file, "%*s%.*s", (int)blanks, "", (int)length, text);
		at += blanks + length;
		text += length;
		if (!*text)
			break;
		blanks = strspn(text, " ");
		text += blanks;
	}
	fputc('\n', file);
}

/**
 * struct line - a line to be written
 * @file: where to
 * @fd: its descriptor
 * @colour: of the first word
 * @words: what it begins with
 * @text: what follows
 * @indent: the column that each further line begins at
 */
struct line {
	FILE *file;
	int fd;
	enum out_colour colour;
	const char *words;
	const char *text;
	size_t indent;
};

static bool has_colours(void)
{
	const char *none = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	return !(none && *none) && terminal && strcmp(terminal, "dumb");
}

static void put_words(FILE *file, const struct line *line)
{
	static const char *const begin[] = {
		[OUT_GREEN] = "\033[32m",
		[OUT_YELLOW] = "\033[33m",
		[OUT_RED] = "\033[31m",
	};
	const int first = strcspn(line->words, " ");

	if (line->colour && has_colours())
		fprintf(file, "%s%.*s\033[0m%s", begin[line->colour], first, line->words,
			line->words + first);
	else
		fputs(line->words, file);
}

static void put_line(FILE *file, const struct line *line)
{
	if (isatty(line->fd)) {
		put_words(file, line);
		out_wrap(file, line->text, strlen(line->words), line->indent);
	} else {
		fprintf(file, "%s%s\n", line->words, line->text);
	}
}

static void write_line(const struct line *line)
{
	size_t size;
	char *text;
	FILE *file = open_memstream(&text, &size);

	if (!file) {
		put_line(line->file, line);
		return;
	}
	put_line(file, line);
	if (!fclose(file))
		fwrite(text, 1, size, line->file);
	free(text);
}

static void write_words(enum out_colour colour, const char *words, const char *format,
			va_list args)
{
	struct line line = {
		.file = stdout,
		.fd = STDOUT_FILENO,
		.colour = colour,
		.words = words,
		.indent = strlen(words),
	};
	char *text;

	if (vasprintf(&text, format, args) < 0)
		return;
	line.text = text;
	write_line(&line);
	free(text);
}

void out_graded(enum out_colour colour, const char *words, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_words(colour, words, format, args);
	va_end(args);
}

void out_line(const char *words, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_words(OUT_PLAIN, words, format, args);
	va_end(args);
}

static void complain(enum out_colour colour, const char *who, const char *text)
{
	char words[128];
	const struct line line = {
		.file = stderr,
		.fd = STDERR_FILENO,
		.colour = colour,
		.words = words,
		.text = text,
		.indent = HANGING,
	};

	snprintf(words, sizeof(words), "%s: ", who);
	fflush(stdout);
	write_line(&line);
}

/* A message of at most a few paths: longer ones are cut. */
#define MESSAGE_MAX	(3 * PATH_MAX)

void out_complain(const char *who, const char *format, va_list args)
{
	char text[MESSAGE_MAX];

	vsnprintf(text, sizeof(text), format, args);
	complain(OUT_RED, who, text);
}

void out_note(const char *format, ...)
{
	char text[MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (json)
		keep(&notes, text);
	complain(OUT_YELLOW, NOTE, text);
}

int out_fail(const char *format, ...)
{
	char text[MESSAGE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (json)
		keep(&errors, text);
	complain(OUT_RED, ERROR, text);
	return -1;
}

void out_step(const char *format, ...)
{
	char text[MESSAGE_MAX];
	va_list args;

	if (!verbose)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	complain(OUT_PLAIN, ERROR, text);
}

int out_finish(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return EXIT_DONE;
	out_fail("cannot write: %s", strerror(errno));
	return EXIT_FAILED;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How fast it went since it was @from, @ms milliseconds ago, and what is left at that. */
static void show_rate(uint64_t from, uint64_t done, uint64_t total, int64_t ms)
{
	const double rate = (done - from) * 1000.0 / ms;

	if (done > from)
		fprintf(stderr, ", %s/s, %.0f s left", out_size(rate).s,
			(total - done) / rate + 0.5);
}

void out_progress(const char *what, uint64_t done, uint64_t total)
{
	static int64_t begin, last;
	static uint64_t from;
	size_t length = strlen(what);
	int64_t now;

	if (quiet || json || !isatty(STDERR_FILENO))
		return;

	if (done >= total) {
		if (last)
			fputs("\r\033[K", stderr);
		begin = 0;
		last = 0;
		return;
	}

	now = now_ms();
	if (!begin) {
		begin = now;
		from = done;
	}
	if (now - begin < 500 || now - last < 100)
		return;
	last = now;
	fprintf(stderr, "\r%s: %" PRIu64 " %%, %s of %s",
		what + (length > PROGRESS_NAME ? length - PROGRESS_NAME : 0),
		(uint64_t)((double)done / total * 100), out_size(done).s, out_size(total).s);
	show_rate(from, done, total, now - begin);
	fputs("\033[K", stderr);
	fflush(stderr);
}

struct out_text out_size(uint64_t bytes)
{
	static const char *const unit[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	struct out_text text;
	double value = bytes / 1024.0;
	unsigned int i = 0;

	if (bytes < 1024) {
		snprintf(text.s, sizeof(text.s), "%" PRIu64 " byte%s", bytes,
			 bytes == 1 ? "" : "s");
		return text;
	}
	while (value >= 1023.95 && i < 5) {
		value /= 1024;
		i++;
	}
	snprintf(text.s, sizeof(text.s), "%.1f %s", value, unit[i]);
	return text;
}
