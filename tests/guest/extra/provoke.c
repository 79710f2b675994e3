// SPDX-License-Identifier: GPL-2.0
/*
 * usage: provoke   has a rehearsal run into a fault, and prints what the module
 *                  says of it; exit status 0 only if it was caught (EIO)
 */
#include <string.h>

#include "device.h"

int main(void)
{
	static const int expected[] = { EIO, 0 };
	struct fastkexec_rehearse rehearse = {
		.size = sizeof(rehearse),
		.flags = FASTKEXEC_REHEARSE_PROVOKE,
	};
	char line[256] = "";

	return !device_refuses("FASTKEXEC_REHEARSE", FASTKEXEC_REHEARSE, &rehearse, expected, line,
			       sizeof(line)) ||
	       !strstr(line, "met a fault");
}
