// SPDX-License-Identifier: GPL-2.0
/*
 * usage: provoke   has a rehearsal run into a fault, and prints what the module
 *                  says of it; exit status 0 only if it was caught (EIO)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/fastkexec.h>

int main(void)
{
	struct fastkexec_rehearse rehearse = {
		.size = sizeof(rehearse),
		.flags = FASTKEXEC_REHEARSE_PROVOKE,
	};
	char line[256] = "";
	struct fastkexec_explain explain = {
		.size = sizeof(explain),
		.len = sizeof(line),
		.buf = (uintptr_t)line,
	};
	int fd = open("/dev/fastkexec", O_RDWR);

	if (fd < 0) {
		perror("/dev/fastkexec");
		return 1;
	}
	if (!ioctl(fd, FASTKEXEC_REHEARSE, &rehearse)) {
		fprintf(stderr, "provoke: no fault\n");
		return 1;
	}
	if (errno != EIO) {
		perror("FASTKEXEC_REHEARSE");
		return 1;
	}
	if (ioctl(fd, FASTKEXEC_EXPLAIN, &explain)) {
		perror("FASTKEXEC_EXPLAIN");
		return 1;
	}
	puts(line);
	return !strstr(line, "met a fault");
}
