// SPDX-License-Identifier: GPL-2.0
/*
 * Calls and their failures. Contracts in call.h.
 */
#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "check.h"
#include "klog.h"
#include "world.h"

/* What is wrong with a call, in words; empty if nothing is. */
struct faults {
	char text[900];
};

__attribute__((format(printf, 2, 3)))
static void add_fault(struct faults *faults, const char *format, ...)
{
	size_t length = strlen(faults->text);
	va_list args;

	if (length)
		length += snprintf(faults->text + length, sizeof(faults->text) - length, "; ");
	va_start(args, format);
	vsnprintf(faults->text + length, sizeof(faults->text) - length, format, args);
	va_end(args);
}

static const char *name_of(unsigned long cmd)
{
	switch (cmd) {
	case FASTKEXEC_INFO:
		return "INFO";
	case FASTKEXEC_PLACE:
		return "PLACE";
	case FASTKEXEC_LOAD:
		return "LOAD";
	case FASTKEXEC_UNLOAD:
		return "UNLOAD";
	case FASTKEXEC_STATUS:
		return "STATUS";
	case FASTKEXEC_EXPLAIN:
		return "EXPLAIN";
	case FASTKEXEC_REHEARSE:
		return "REHEARSE";
	default:
		return "(no call)";
	}
}

static const char *error_name(int error)
{
	const char *name = error ? strerrorname_np(error) : "success";

	return name ? name : "(no errno)";
}

int call_open(void)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		fatal(DEVICE);
	return fd;
}

int call(int fd, unsigned long cmd, const void *arg)
{
	return ioctl(fd, cmd, arg) ? errno : 0;
}

static int status_fd = -1;

void call_status_close(void)
{
	close(status_fd);
	status_fd = -1;
}

void call_status(struct loaded *loaded)
{
	if (status_fd < 0)
		status_fd = call_open();
	memset(loaded, 0, sizeof(*loaded));
	loaded->status.size = sizeof(loaded->status);
	loaded->status.segments = (uintptr_t)loaded->segment;
	loaded->status.nr_segments = FASTKEXEC_MAX_SEGMENTS;
	errno = call(status_fd, FASTKEXEC_STATUS, &loaded->status);
	if (errno)
		fatal("FASTKEXEC_STATUS");
	loaded->status.segments = 0;
}

bool call_same(const struct loaded *a, const struct loaded *b)
{
	return !memcmp(a, b, sizeof(*a));
}

int call_explain(int fd, char *line, uint32_t size)
{
	struct fastkexec_explain explain = {
		.size = sizeof(explain),
		.len = size,
		.buf = (uintptr_t)line,
	};

	line[0] = '\0';
	return call(fd, FASTKEXEC_EXPLAIN, &explain);
}

int call_unload(int fd)
{
	struct fastkexec_unload unload = { .size = sizeof(unload) };

	return call(fd, FASTKEXEC_UNLOAD, &unload);
}

/*
 * A block more than is asked for: what a CPU keeps for itself of what is freed is
 * the end of it, and is handed out again at once; the beginning stays free.
 */
void call_claimable(uint64_t start[], const uint64_t size[], unsigned int nr)
{
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS] = { { 0 } };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.placement = FASTKEXEC_PLACE_IN_PLACE,
		.nr_pieces = nr,
		.pieces = (uintptr_t)piece,
	};
	int fd = call_open();
	unsigned int i;

	for (i = 0; i < nr; i++) {
		piece[i].memsz = size[i] + world.block;
		piece[i].align = world.block;
	}
	errno = call(fd, FASTKEXEC_PLACE, &place);
	if (errno)
		fatal("no memory can be claimed in place");
	close(fd);
	for (i = 0; i < nr; i++)
		start[i] = piece[i].addr;
}

static void find_faults_of_log(struct faults *faults, const struct klog *log, const char *words,
			       int error)
{
	char expected[512];

	snprintf(expected, sizeof(expected), "%s (error %d)", words, -error);
	if (log->lines != 1)
		add_fault(faults, "%u log lines", log->lines);
	else if (strcmp(log->last, expected))
		add_fault(faults, "logged \"%s\", not \"%s\"", log->last, expected);
}

bool refused(int fd, const char *what, unsigned long cmd, const void *arg, int error,
	     const char *word)
{
	struct loaded before, after;
	struct faults faults = { "" };
	char words[300], earlier[300];
	struct klog log;
	int got;

	call_status(&before);
	call_explain(fd, earlier, sizeof(earlier));
	klog_read(&log);
	got = call(fd, cmd, arg);
	klog_read(&log);
	if (call_explain(fd, words, sizeof(words)))
		add_fault(&faults, "EXPLAIN fails");
	call_status(&after);

	if (got != error)
		add_fault(&faults, "%s instead of %s", error_name(got), error_name(error));
	if (got && cmd == FASTKEXEC_EXPLAIN) {
		if (log.lines != 1)
			add_fault(&faults, "%u log lines", log.lines);
		if (strcmp(words, earlier))
			add_fault(&faults, "the reason before is lost");
		snprintf(words, sizeof(words), "%.299s", log.last);
	} else if (got) {
		find_faults_of_log(&faults, &log, words, got);
	}
	if (got && !strstr(words, word))
		add_fault(&faults, "the reason \"%s\" does not say \"%s\"", words, word);
	if (!call_same(&before, &after))
		add_fault(&faults, "the loaded image has changed");
	return check(!faults.text[0], "%s, %s: %s", name_of(cmd), what, faults.text);
}

bool accepted(int fd, const char *what, unsigned long cmd, const void *arg)
{
	char words[300] = "";
	struct klog log;
	int got;

	klog_read(&log);
	got = call(fd, cmd, arg);
	klog_read(&log);
	if (got)
		call_explain(fd, words, sizeof(words));
	return check(!got && !log.lines, "%s, %s: %s, %u log lines (%s)", name_of(cmd), what,
		     error_name(got), log.lines, words);
}
