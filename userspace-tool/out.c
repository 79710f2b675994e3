// SPDX-License-Identifier: GPL-2.0
#include "out.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COLUMNS		80

/* Where a message goes on that is wider than the terminal. */
#define HANGING		4

static bool quiet;

void out_quiet(bool now_quiet)
{
	quiet = now_quiet;
}

void out_say(const char *format, ...)
{
	va_list args;

	if (quiet)
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

/* A line of @file, whose descriptor is @fd. */
static void print_line(FILE *file, int fd, size_t at, size_t indent, const char *format,
		       va_list args)
{
	char *text;

	if (isatty(fd) && vasprintf(&text, format, args) >= 0) {
		out_wrap(file, text, at, indent);
		free(text);
		return;
	}
	vfprintf(file, format, args);
	fputc('\n', file);
}

void out_line(const char *words, const char *format, ...)
{
	const size_t width = strlen(words);
	va_list args;

	fputs(words, stdout);
	va_start(args, format);
	print_line(stdout, STDOUT_FILENO, width, width, format, args);
	va_end(args);
}

void out_complain(const char *who, const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", who);
	print_line(stderr, STDERR_FILENO, strlen(who) + 2, HANGING, format, args);
}

void out_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out_complain("fastkexec: note", format, args);
	va_end(args);
}

int out_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out_complain("fastkexec", format, args);
	va_end(args);
	return -1;
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

void out_progress(const char *what, uint64_t done, uint64_t total)
{
	static int64_t begin, last;
	int64_t now;

	if (quiet || !isatty(STDERR_FILENO))
		return;

	if (done >= total) {
		if (last)
			fputs("\r\033[K", stderr);
		begin = 0;
		last = 0;
		return;
	}

	now = now_ms();
	if (!begin)
		begin = now;
	if (now - begin < 500 || now - last < 100)
		return;
	last = now;
	fprintf(stderr, "\r%s: %" PRIu64 " %%\033[K", what,
		(uint64_t)((double)done / total * 100));
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
