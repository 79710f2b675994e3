// SPDX-License-Identifier: GPL-2.0
/*
 * A slow step of a reboot: five seconds after the other notifiers, in which programs go
 * on. For tests.
 */
#include <linux/delay.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/reboot.h>

static int take_time(struct notifier_block *nb, unsigned long action, void *command)
{
	msleep(5000);
	return NOTIFY_DONE;
}

static struct notifier_block late_nb = {
	.notifier_call = take_time,
	.priority = INT_MIN,
};

static int __init late_init(void)
{
	return register_reboot_notifier(&late_nb);
}

static void __exit late_exit(void)
{
	unregister_reboot_notifier(&late_nb);
}

module_init(late_init);
module_exit(late_exit);

MODULE_DESCRIPTION("Make a reboot slow");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
