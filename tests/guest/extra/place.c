// SPDX-License-Identifier: GPL-2.0
/*
 * usage: place   asks the module where a page can live, whatever it says of the
 *                machine, and prints its reason to refuse; exit status 0 if it does
 */
#include <unistd.h>

#include "device.h"

int main(void)
{
	static const int expected[] = { EOPNOTSUPP, EPERM, 0 };
	const unsigned long page = sysconf(_SC_PAGESIZE);
	struct fastkexec_piece piece = { .memsz = page, .align = page };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.nr_pieces = 1,
		.pieces = (uintptr_t)&piece,
		.piece_size = sizeof(piece),
	};
	char line[256] = "";

	return !device_refuses("FASTKEXEC_PLACE", FASTKEXEC_PLACE, &place, expected, line,
			       sizeof(line));
}
