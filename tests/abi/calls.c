// SPDX-License-Identifier: GPL-2.0
/*
 * Calls and their failures. Contracts in calls.h.
 */
#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "check.h"
#include "klog.h"
#include "proc_iomem.h"

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
	case FASTKEXEC_KEEPS:
		return "KEEPS";
	case FASTKEXEC_MEMORY:
		return "MEMORY";
	case FASTKEXEC_EFI_MAP:
		return "EFI_MAP";
	case FASTKEXEC_STAMP:
		return "STAMP";
	case FASTKEXEC_DIGEST:
		return "DIGEST";
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
	loaded->status.segment_size = sizeof(loaded->segment[0]);
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
		.piece_size = sizeof(piece[0]),
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

void call_provoke(bool provoke)
{
	int fd = open("/sys/module/fastkexec/parameters/provoke", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, provoke ? "Y" : "N", 1) != 1)
		fatal("the parameter \"provoke\"");
	close(fd);
}

/* What FASTKEXEC_EXPLAIN answers, and what the log says of the same failure. */
struct reason {
	uint32_t subject;
	uint32_t index;
	char line[300];
	char log[340];
};

/* "segment 2: " for a subject, "" for none; NULL for one that is not defined. */
static const char *subject_name(uint32_t subject, uint32_t index)
{
	static char name[32];

	name[0] = '\0';
	if (subject == FASTKEXEC_SUBJECT_NONE)
		return index ? NULL : name;
	if (subject != FASTKEXEC_SUBJECT_PIECE && subject != FASTKEXEC_SUBJECT_SEGMENT)
		return NULL;
	snprintf(name, sizeof(name), "%s %u: ",
		 subject == FASTKEXEC_SUBJECT_PIECE ? "piece" : "segment", index);
	return name;
}

static void read_reason(int fd, struct reason *reason, struct faults *faults)
{
	struct fastkexec_explain explain = {
		.size = sizeof(explain),
		.len = sizeof(reason->line),
		.buf = (uintptr_t)reason->line,
		.subject = ~0U,
		.index = ~0U,
	};
	const char *name;

	memset(reason, 0, sizeof(*reason));
	if (call(fd, FASTKEXEC_EXPLAIN, &explain))
		add_fault(faults, "EXPLAIN fails");
	if (explain.len > FASTKEXEC_EXPLAIN_MAX)
		add_fault(faults, "EXPLAIN writes %u bytes", explain.len);
	reason->subject = explain.subject;
	reason->index = explain.index;
	name = subject_name(explain.subject, explain.index);
	if (!name)
		add_fault(faults, "EXPLAIN names subject %u, index %u", explain.subject,
			  explain.index);
	snprintf(reason->log, sizeof(reason->log), "%s%s", name ? name : "", reason->line);
}

/* @word: "segment N: " or "piece N: " if the reason is about one, and words of it. */
static void find_faults_of_reason(struct faults *faults, const struct reason *reason,
				  const char *word)
{
	const char *name = subject_name(reason->subject, reason->index);
	size_t length = name ? strlen(name) : 0;
	bool named = !strncmp(word, "segment ", 8) || !strncmp(word, "piece ", 6);

	if (named != (length > 0) || (length && strncmp(word, name, length)))
		add_fault(faults, "the reason \"%s\" is not about \"%s\"", reason->log, word);
	else if (!strstr(reason->line, word + length))
		add_fault(faults, "the reason \"%s\" does not say \"%s\"", reason->line,
			  word + length);
	if (!strncmp(reason->line, "segment ", 8) || !strncmp(reason->line, "piece ", 6))
		add_fault(faults, "the reason \"%s\" names its subject", reason->line);
}

static void find_faults_of_log(struct faults *faults, const struct klog *log,
			       const struct reason *reason, int error)
{
	char expected[512];

	snprintf(expected, sizeof(expected), "%s (error %d)", reason->log, -error);
	if (log->lines != 1)
		add_fault(faults, "%u log lines", log->lines);
	else if (strcmp(log->last, expected))
		add_fault(faults, "logged \"%s\", not \"%s\"", log->last, expected);
}

/* A FASTKEXEC_EXPLAIN that fails leaves the reason of the call before it. */
static void find_faults_of_explain(struct faults *faults, const struct klog *log,
				   const struct reason *earlier, const struct reason *reason,
				   const char *word)
{
	if (log->lines != 1)
		add_fault(faults, "%u log lines", log->lines);
	if (memcmp(earlier, reason, sizeof(*reason)))
		add_fault(faults, "the reason before is lost");
	if (!strstr(log->last, word))
		add_fault(faults, "logged \"%s\", which does not say \"%s\"", log->last, word);
}

bool refused(int fd, const char *what, unsigned long cmd, const void *arg, int error,
	     const char *word)
{
	struct reason reason, earlier;
	struct loaded before, after;
	struct faults faults = { "" };
	struct klog log;
	int got;

	call_status(&before);
	read_reason(fd, &earlier, &faults);
	klog_read(&log);
	got = call(fd, cmd, arg);
	klog_read(&log);
	read_reason(fd, &reason, &faults);
	call_status(&after);

	if (got != error)
		add_fault(&faults, "%s instead of %s", error_name(got), error_name(error));
	if (got && cmd == FASTKEXEC_EXPLAIN) {
		find_faults_of_explain(&faults, &log, &earlier, &reason, word);
	} else if (got) {
		find_faults_of_log(&faults, &log, &reason, got);
		find_faults_of_reason(&faults, &reason, word);
	}
	if (!call_same(&before, &after))
		add_fault(&faults, "the loaded image has changed");
	return check(!faults.text[0], "%s, %s: %s", name_of(cmd), what, faults.text);
}

/* The log tells what the next restart will do. */
static unsigned int lines_of_success(unsigned long cmd)
{
	return cmd == FASTKEXEC_LOAD || cmd == FASTKEXEC_UNLOAD;
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
	return check(!got && log.lines == lines_of_success(cmd),
		     "%s, %s: %s, %u log lines (%s)",
		     name_of(cmd), what, error_name(got), log.lines, words);
}
