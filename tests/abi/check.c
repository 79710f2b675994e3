// SPDX-License-Identifier: GPL-2.0
/*
 * Counting and telling. Contracts in check.h.
 */
#include "check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Shared with the processes that a test starts. */
struct counts {
	unsigned int passed;
	unsigned int failed;
};

static struct counts *counts(void)
{
	static struct counts *shared;

	if (shared)
		return shared;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		fatal("mmap");
	return shared;
}

static void tell(const char *begin, const char *format, va_list args)
{
	char line[1024];
	int length = snprintf(line, sizeof(line), "%s", begin);

	vsnprintf(line + length, sizeof(line) - length, format, args);
	dprintf(REPORT_FD, "%s\n", line);
}

void report(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell("", format, args);
	va_end(args);
}

bool check(bool good, const char *format, ...)
{
	va_list args;

	__atomic_add_fetch(good ? &counts()->passed : &counts()->failed, 1, __ATOMIC_RELAXED);
	if (good)
		return true;
	va_start(args, format);
	tell("FAIL ", format, args);
	va_end(args);
	return false;
}

int check_summary(void)
{
	report("abi: %u passed, %u failed", counts()->passed, counts()->failed);
	return counts()->failed != 0;
}

void fatal(const char *format, ...)
{
	int error = errno;
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report("FAIL the test cannot go on: %s (%s)", text, strerror(error));
	_exit(1);
}
