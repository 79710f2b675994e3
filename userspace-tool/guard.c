// SPDX-License-Identifier: GPL-2.0
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "root.h"

#define FOLDER		"/var/lib/fastkexec"
#define FILE_NAME	FOLDER "/unproven"

unsigned int guard_count(void)
{
	char line[16];

	root_read(line, sizeof(line), FILE_NAME);
	return strtoul(line, NULL, 10);
}

int guard_set(unsigned int nr)
{
	char path[PATH_MAX], line[16];
	int fd, length, ret;

	if (!nr)
		return unlink(root_path(path, sizeof(path), FILE_NAME)) && errno != ENOENT ? -1 : 0;
	mkdir(root_path(path, sizeof(path), FOLDER), 0755);
	fd = open(root_path(path, sizeof(path), FILE_NAME),
		  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return -1;
	length = snprintf(line, sizeof(line), "%u\n", nr);
	ret = write(fd, line, length) == length && !fsync(fd) ? 0 : -1;
	close(fd);
	return ret;
}
