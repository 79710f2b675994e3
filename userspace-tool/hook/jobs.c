// SPDX-License-Identifier: GPL-2.0
#include "hook/jobs.h"

#include <stdio.h>
#include <string.h>

#include "run_program.h"

#define PATIENCE_MS	3000

bool jobs_has_start(const char *list, const char *unit)
{
	char name[256], what[32];

	while (*list) {
		if (sscanf(list, " %*[0-9] %255s %31s", name, what) == 2 &&
		    !strcmp(name, unit) && !strcmp(what, "start"))
			return true;
		list += strcspn(list, "\n");
		list += *list == '\n';
	}
	return false;
}

int jobs_reboot(void)
{
	char list[4096];

	if (program_read(list, sizeof(list), PATIENCE_MS,
			 (const char *[]){ "/usr/bin/systemctl", "list-jobs", "--no-legend",
					   "--no-pager", "reboot.target", NULL }))
		return -1;
	return jobs_has_start(list, "reboot.target");
}
