// SPDX-License-Identifier: GPL-2.0
/*
 * usage: scribble WRITTEN CONTENTS MEMORY
 *
 * Claims MEMORY bytes, fills the first WRITTEN of them with 0xa5 through a mapping, and
 * loads them as an image of which CONTENTS bytes are contents. Prints the address. The
 * image is no kernel: nothing may jump to it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "device.h"

static struct fastkexec_piece claim(int fd, uint64_t memory)
{
	struct fastkexec_piece piece = { .memsz = memory, .align = 2 << 20 };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.placement = FASTKEXEC_PLACE_IN_PLACE,
		.nr_pieces = 1,
		.pieces = (uintptr_t)&piece,
		.piece_size = sizeof(piece),
	};

	if (ioctl(fd, FASTKEXEC_PLACE, &place)) {
		perror("FASTKEXEC_PLACE");
		exit(1);
	}
	return piece;
}

static int load(int fd, const struct fastkexec_piece *piece, uint64_t contents)
{
	struct fastkexec_segment segment = {
		.bufsz = contents,
		.dest = piece->addr,
		.memsz = piece->memsz,
		.flags = FASTKEXEC_SEGMENT_MAPPED,
	};
	struct fastkexec_load load = {
		.size = sizeof(load),
		.flags = FASTKEXEC_LOAD_KEEPS,
		.nr_segments = 1,
		.segments = (uintptr_t)&segment,
		.segment_size = sizeof(segment),
		.entry = piece->addr,
		.dtb = piece->addr,
	};

	return ioctl(fd, FASTKEXEC_LOAD, &load);
}

int main(int argc, char **argv)
{
	const uint64_t written = argc == 4 ? strtoull(argv[1], NULL, 0) : 0;
	int fd = open("/dev/fastkexec", O_RDWR);
	struct fastkexec_piece piece;
	void *at;

	if (argc != 4 || fd < 0)
		return 2;
	piece = claim(fd, strtoull(argv[3], NULL, 0));
	at = mmap(NULL, written, PROT_READ | PROT_WRITE, MAP_SHARED, fd, piece.map);
	if (at == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	memset(at, 0xa5, written);
	if (load(fd, &piece, strtoull(argv[2], NULL, 0))) {
		perror("FASTKEXEC_LOAD");
		return 1;
	}
	printf("%#llx\n", (unsigned long long)piece.addr);
	return 0;
}
