// SPDX-License-Identifier: GPL-2.0
/*
 * usage: where auto|in-place|copy MB...
 *
 * Asks the module where pieces of that many megabytes can live, in this order, and
 * prints a line for each: its address, how it is placed, its size. The last line tells
 * how long the answer took. If it is no, the module's reason is printed, and the exit
 * status is 1.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "device.h"

static const char *const placements[] = { "auto", "in-place", "copy" };

static uint64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000ULL + now.tv_nsec / 1000000;
}

static uint32_t placement_called(const char *name)
{
	uint32_t i;

	for (i = 0; i < 3; i++)
		if (!strcmp(placements[i], name))
			return i;
	fprintf(stderr, "where: no placement is called %s\n", name);
	exit(2);
}

static int explain(int fd)
{
	char line[FASTKEXEC_EXPLAIN_MAX] = "";
	struct fastkexec_explain explain = {
		.size = sizeof(explain),
		.len = sizeof(line),
		.buf = (uintptr_t)line,
	};

	perror("FASTKEXEC_PLACE");
	if (!ioctl(fd, FASTKEXEC_EXPLAIN, &explain))
		puts(line);
	return 1;
}

int main(int argc, char **argv)
{
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS] = { 0 };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.nr_pieces = argc - 2,
		.piece_size = sizeof(*piece),
		.pieces = (uintptr_t)piece,
	};
	int fd = open("/dev/fastkexec", O_RDWR);
	uint64_t start = milliseconds();
	uint32_t i;
	int err;

	if (fd < 0 || argc < 3 || argc - 2 > FASTKEXEC_MAX_SEGMENTS) {
		perror("where");
		return 2;
	}
	place.placement = placement_called(argv[1]);
	for (i = 0; i < place.nr_pieces; i++) {
		piece[i].memsz = strtoull(argv[2 + i], NULL, 0) << 20;
		piece[i].align = 2 << 20;
	}
	err = ioctl(fd, FASTKEXEC_PLACE, &place) ? explain(fd) : 0;
	for (i = 0; i < place.nr_pieces && !err; i++)
		printf("0x%" PRIx64 " %s %" PRIu64 "\n", (uint64_t)piece[i].addr,
		       placements[piece[i].placement], (uint64_t)piece[i].memsz);
	printf("milliseconds=%" PRIu64 "\n", milliseconds() - start);
	return err;
}
