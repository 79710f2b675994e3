// SPDX-License-Identifier: GPL-2.0
/*
 * usage: provoke   has a rehearsal run into a fault, and prints what the module
 *                  says of it; exit status 0 only if it was caught (EIO)
 */
#include <string.h>
#include <unistd.h>

#include "device.h"

static bool set_provoke(const char *value)
{
	int fd = open("/sys/module/fastkexec/parameters/provoke", O_WRONLY);
	bool written = fd >= 0 && write(fd, value, 1) == 1;

	if (!written)
		perror("provoke");
	close(fd);
	return written;
}

int main(void)
{
	static const int expected[] = { EIO, 0 };
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	char line[256] = "";
	bool caught;

	caught = set_provoke("Y") &&
		 device_refuses("FASTKEXEC_REHEARSE", FASTKEXEC_REHEARSE, &rehearse, expected,
				line, sizeof(line));
	return !set_provoke("N") || !caught || !strstr(line, "met a fault");
}
