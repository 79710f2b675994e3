// SPDX-License-Identifier: GPL-2.0
/*
 * A display that shows only what the firmware set up: its description reaches the
 * first kernel alone, so the next one has none unless it has a driver of its own.
 */
#include <stdio.h>
#include <string.h>

#include "checks/checks.h"
#include "root.h"

static void look(struct check_run *run)
{
	char name[64];

	root_read(name, sizeof(name), "/sys/class/graphics/fb0/name");
	if (!strncmp(name, "EFI VGA", 7) || !strncmp(name, "simple", 6) ||
	    !strcmp(name, "simpledrmdrmfb") || !strncmp(name, "efidrm", 6))
		check_find(run, GRADE_WARNING, "use a serial console or the network",
			   "the display (%s) is the firmware's: the next kernel will show nothing on it",
			   name);
}

const struct check check_display = {
	.name = "display",
	.fine = "no display depends on the firmware",
	.look = look,
};
