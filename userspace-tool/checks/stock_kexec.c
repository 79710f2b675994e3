// SPDX-License-Identifier: GPL-2.0
/*
 * An image in the kernel's own kexec. From systemd 255 on 'systemctl reboot' starts
 * that one, and the module leaves such a reboot alone.
 */
#include "checks/checks.h"
#include "kexec_native.h"

static void look(struct check_run *run)
{
	if (kexec_native_loaded(KEXEC_NATIVE_NEXT) == 1)
		check_find(run, GRADE_WARNING, "'kexec -u' unloads it",
			   "kexec has a kernel loaded, too: 'systemctl reboot' may start that one");
}

const struct check check_stock_kexec = {
	.name = "stock-kexec",
	.fine = "kexec has no kernel loaded",
	.look = look,
};
