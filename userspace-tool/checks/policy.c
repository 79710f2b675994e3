// SPDX-License-Identifier: GPL-2.0
/*
 * kernel.kexec_load_disabled: an administrator's switch that stays closed until the
 * next boot. No exported symbol shows it to a module, so the tool obeys it.
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
}

const struct check check_policy = {
	.name = "policy",
	.fine = "kernel.kexec_load_disabled is open",
	.look = look,
};
