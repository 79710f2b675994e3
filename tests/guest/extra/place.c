// SPDX-License-Identifier: GPL-2.0
/*
 * usage: place   asks the module where a page can live, whatever it says of the
 *                machine, and prints its reason to refuse; exit status 0 if it does
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/fastkexec.h>

int main(void)
{
	const unsigned long page = sysconf(_SC_PAGESIZE);
	struct fastkexec_piece piece = { .memsz = page, .align = page };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.nr_pieces = 1,
		.pieces = (uintptr_t)&piece,
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
	if (!ioctl(fd, FASTKEXEC_PLACE, &place)) {
		fprintf(stderr, "place: not refused\n");
		return 1;
	}
	if (errno != EOPNOTSUPP && errno != EPERM) {
		perror("FASTKEXEC_PLACE");
		return 1;
	}
	if (ioctl(fd, FASTKEXEC_EXPLAIN, &explain)) {
		perror("FASTKEXEC_EXPLAIN");
		return 1;
	}
	puts(line);
	return 0;
}
