// SPDX-License-Identifier: GPL-2.0
#include "out.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

static void complain(const char *prefix, const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "fastkexec: %s", prefix);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void out_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain("note: ", format, args);
	va_end(args);
}

int out_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain("", format, args);
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
