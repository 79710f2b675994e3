// SPDX-License-Identifier: GPL-2.0
/*
 * /run/nextroot: from systemd 254 on 'systemctl reboot' keeps the kernel and starts
 * the system that is mounted there.
 */
#include "checks/checks.h"
#include "root.h"

static void look(struct check_run *run)
{
	if (root_has("/run/nextroot"))
		check_find(run, GRADE_WARNING, "'fastkexec exec' starts the kernel that is loaded",
			   "/run/nextroot is there: 'systemctl reboot' may restart user space alone");
}

const struct check check_soft_reboot = {
	.name = "soft-reboot",
	.fine = "no soft reboot is set up",
	.look = look,
};
