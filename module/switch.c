// SPDX-License-Identifier: GPL-2.0
/*
 * The switch. Contract in switch.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/compiler.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "switch.h"

static bool closed;

/* Two callers at once are kept apart by the kernel's lock of all parameters. */
static int set_closed(const char *value, const struct kernel_param *parameter)
{
	bool on;
	int err = kstrtobool(value, &on);

	if (err)
		return err;
	if (on == closed)
		return 0;
	if (!on)
		return -EPERM;
	/* Removing the module would open the switch. */
	if (!try_module_get(THIS_MODULE))
		return -EBUSY;
	WRITE_ONCE(closed, true);
	pr_notice("load_disabled is set: no kernel can be loaded until the machine restarts\n");
	return 0;
}

static const struct kernel_param_ops switch_ops = {
	.set = set_closed,
	.get = param_get_bool,
};

module_param_cb(load_disabled, &switch_ops, &closed, 0644);
MODULE_PARM_DESC(load_disabled, "Y: no kernel can be loaded until the machine restarts");

int fk_switch_allows_load(struct fk_report *report)
{
	if (!READ_ONCE(closed))
		return 0;
	return fk_report_fail(report, -EPERM,
			      "the module's parameter load_disabled forbids it until the machine restarts");
}
