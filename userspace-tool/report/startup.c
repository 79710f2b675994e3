// SPDX-License-Identifier: GPL-2.0
#include "report/startup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "root.h"
#include "run_program.h"

#define LOG	"/dev/kmsg"
#define SYSTEMD	"/run/systemd/system"

#define PATIENCE_MS	3000

/* What the kernel says when it starts a program as its first process. */
#define FIRST_PROGRAM	" as init process"

/* "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;TEXT". Returns whether the log matters further. */
static bool take_line(struct startup *startup, const char *line)
{
	const char *text = strchr(line, ';');
	unsigned long long usec;

	/* A line that begins with a space goes with the one before it. */
	if (!text || line[0] == ' ' || sscanf(line, "%*u,%*u,%llu", &usec) != 1)
		return true;
	if (strstr(text, FIRST_PROGRAM)) {
		startup->init_ns = usec * 1000;
		return false;
	}
	/* The time in brackets that the console shows, and the newline. */
	startup->log_bytes += strlen(text) + 15;
	return true;
}

static bool take_lines(struct startup *startup, char *text)
{
	char *line, *rest = NULL;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (!take_line(startup, line))
			return false;
	return true;
}

/* Each read gives one record; EPIPE: the log has moved on. */
static void read_log(struct startup *startup)
{
	char path[PATH_MAX], text[8192];
	ssize_t n;
	int fd;

	fd = open(root_path(path, sizeof(path), LOG), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return;
	for (;;) {
		n = read(fd, text, sizeof(text) - 1);
		if (n < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (n <= 0)
			break;
		text[n] = '\0';
		if (!take_lines(startup, text))
			break;
	}
	close(fd);
}

static void take_property(struct startup *startup, const char *line)
{
	static const char user_space[] = "UserspaceTimestampMonotonic=";
	static const char finish[] = "FinishTimestampMonotonic=";

	if (!strncmp(line, user_space, strlen(user_space)))
		startup->system_ns = strtoull(line + strlen(user_space), NULL, 10) * 1000;
	if (!strncmp(line, finish, strlen(finish)))
		startup->ready_ns = strtoull(line + strlen(finish), NULL, 10) * 1000;
}

static void ask_systemd(struct startup *startup)
{
	char answer[256], *line, *rest = NULL;

	if (!root_has(SYSTEMD) ||
	    program_read(answer, sizeof(answer), PATIENCE_MS,
			 (const char *[]){ "/usr/bin/systemctl", "show", "-p",
					   "UserspaceTimestampMonotonic", "-p",
					   "FinishTimestampMonotonic", NULL }))
		return;
	for (line = strtok_r(answer, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		take_property(startup, line);
}

void startup_read(struct startup *startup)
{
	*startup = (struct startup){ 0 };
	read_log(startup);
	ask_systemd(startup);
	/* Without an initrd the first program is that of the root file system. */
	if (!startup->init_ns)
		startup->init_ns = startup->system_ns;
}
