/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What programs that ask the module have in common.
 */
#ifndef EXTRA_DEVICE_H
#define EXTRA_DEVICE_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include <linux/fastkexec.h>

/**
 * device_refuses() - make a call that must fail, and print why it did
 * @name: the call's, for messages
 * @cmd: FASTKEXEC_*
 * @argument: its argument
 * @expected: errnos that it may fail with, ended by 0
 * @line: takes the module's reason
 * @size: bytes at @line
 *
 * Return: whether it failed as it must; what else happened is said.
 */
static inline bool device_refuses(const char *name, unsigned long cmd, void *argument,
				  const int *expected, char *line, size_t size)
{
	struct fastkexec_explain explain = {
		.size = sizeof(explain),
		.len = size,
		.buf = (uintptr_t)line,
	};
	int fd = open("/dev/fastkexec", O_RDWR);

	if (fd < 0) {
		perror("/dev/fastkexec");
		return false;
	}
	if (!ioctl(fd, cmd, argument)) {
		fprintf(stderr, "%s does not fail\n", name);
		return false;
	}
	while (*expected && errno != *expected)
		expected++;
	if (!*expected) {
		perror(name);
		return false;
	}
	if (ioctl(fd, FASTKEXEC_EXPLAIN, &explain)) {
		perror("FASTKEXEC_EXPLAIN");
		return false;
	}
	puts(line);
	return true;
}

#endif /* EXTRA_DEVICE_H */
