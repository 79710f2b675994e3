// SPDX-License-Identifier: GPL-2.0
/*
 * Switches of an administrator that stay closed until the next boot:
 * kernel.kexec_load_disabled, which no exported symbol shows to a module, so that the
 * tool obeys it; and the module's own.
 */
#include <string.h>

#include "checks/checks.h"
#include "root.h"

static void look(struct check_run *run)
{
	char line[16];

	root_read(line, sizeof(line), "/proc/sys/kernel/kexec_load_disabled");
	if (line[0] && strcmp(line, "0"))
		check_find(run, GRADE_REFUSAL, "reboot through the firmware",
			   "the administrator has closed kernel.kexec_load_disabled: this kernel is not to be replaced");
	root_read(line, sizeof(line), "/sys/module/fastkexec/parameters/load_disabled");
	if (!strcmp(line, "Y"))
		check_find(run, GRADE_REFUSAL, "reboot through the firmware",
			   "the administrator has set the module's parameter load_disabled: no kernel can be loaded");
}

const struct check check_policy = {
	.name = "policy",
	.fine = "kernel.kexec_load_disabled and the module's load_disabled are open",
	.look = look,
};
