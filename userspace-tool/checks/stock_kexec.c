// SPDX-License-Identifier: GPL-2.0
/*
 * An image in the kernel's own kexec. From systemd 255 on 'systemctl reboot' starts
 * that one, and the module leaves such a reboot alone.
 */
#include <string.h>

#include "checks/checks.h"
#include "root.h"

/* Linux is moving the file: /sys/kernel/kexec/loaded is the new name. */
static void look(struct check_run *run)
{
	char line[16];

	if (!root_read(line, sizeof(line), "/sys/kernel/kexec/loaded"))
		root_read(line, sizeof(line), "/sys/kernel/kexec_loaded");
	if (!strcmp(line, "1"))
		check_find(run, GRADE_WARNING, "'kexec -u' unloads it",
			   "kexec has a kernel loaded, too: 'systemctl reboot' may start that one");
}

const struct check check_stock_kexec = {
	.name = "stock-kexec",
	.fine = "kexec has no kernel loaded",
	.look = look,
};
