// SPDX-License-Identifier: GPL-2.0
/*
 * Limits of caches and memory bandwidth (MPAM, by resctrl): the hardware keeps them through
 * the jump. The kernel takes them back when the file system is unmounted.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "checks/checks.h"
#include "root.h"

static void look(struct check_run *run)
{
	char path[PATH_MAX], line[1024], where[FINDING_MAX / 2], type[16];
	FILE *file = fopen(root_path(path, sizeof(path), "/proc/self/mounts"), "re");

	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %119s %15s", where, type) == 2 && !strcmp(type, "resctrl"))
			check_find(run, GRADE_WARNING, "unmount it before the reboot",
				   "resctrl is mounted at %s: its limits of caches and memory go on in the next kernel",
				   where);
	fclose(file);
}

const struct check check_resctrl = {
	.name = "resctrl",
	.fine = "no limits of caches and memory are set",
	.look = look,
};
