// SPDX-License-Identifier: GPL-2.0
/*
 * Reading /dev/kmsg. Contracts in klog.h.
 */
#include "klog.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static int klog_fd = -1;

static const char *const alarms[] = {
	"WARNING: ", "BUG: ", "Internal error", "Unable to handle", "Oops",
	"Bad page state", "blocked for more than", "invoked oom-killer", "Out of memory",
};

void klog_open(void)
{
	klog_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (klog_fd < 0 || lseek(klog_fd, 0, SEEK_END) < 0)
		fatal("/dev/kmsg");
}

static void look_for_alarms(const char *text)
{
	size_t i;

	for (i = 0; i < sizeof(alarms) / sizeof(alarms[0]); i++)
		if (strstr(text, alarms[i]))
			check(false, "the kernel says: %s", text);
}

/* A record is "priority,sequence,time,flags[,...];text\n", then lines of tags. */
static void take_record(struct klog *log, char *record)
{
	char *text = strchr(record, ';');
	size_t prefix = strlen(KLOG_PREFIX);

	if (!text++)
		return;
	text[strcspn(text, "\n")] = '\0';
	if (strncmp(text, KLOG_PREFIX, prefix)) {
		look_for_alarms(text);
		return;
	}
	log->lines++;
	snprintf(log->last, sizeof(log->last), "%s", text + prefix);
}

void klog_read(struct klog *log)
{
	char record[8192];
	ssize_t got;

	log->lines = 0;
	log->last[0] = '\0';
	for (;;) {
		got = read(klog_fd, record, sizeof(record) - 1);
		if (got < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (got <= 0)
			return;
		record[got] = '\0';
		take_record(log, record);
	}
}
