// SPDX-License-Identifier: GPL-2.0
/*
 * The module: its life, and what the kernel tells it: a reboot begins, the shutdown
 * stage is reached, memory goes away, the machine hibernates.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kmsg_dump.h>
#include <linux/limits.h>
#include <linux/memory.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/pfn.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/suspend.h>

#include "compat.h"
#include "device.h"
#include "leave/jump.h"
#include "leave/masters.h"
#include "leave/quiesce.h"
#include "marks.h"
#include "record.h"
#include "roll_call.h"
#include "slot.h"
#include "verify.h"

#ifndef CONFIG_PRINTK
#error "the shutdown stage is told by kmsg_dump(), which needs CONFIG_PRINTK"
#endif

/* This restart was to be fast. */
static bool gave_up;

/* Returns if anything speaks against it; that has been said then. */
static void leave(const struct fk_image *image)
{
	fk_record_stamp(FASTKEXEC_MOMENT_DEVICES_DOWN);
	fk_quiesce_masters();
	FK_MARK_PLACE(QUIET);
	if (fk_verify_by_all(image))
		return;
	fk_record_stamp(FASTKEXEC_MOMENT_VERIFIED);
	FK_MARK_PLACE(VERIFIED);
	if (fk_quiesce_cpus(&image->psci, &image->cpus))
		return;
	fk_record_stamp(FASTKEXEC_MOMENT_CPUS_OFF);
	FK_MARK_PLACE(CPUS_OFF);
	fk_jump(image->reloc.desc, &image->record);
}

/*
 * What would follow is machine_restart(NULL): a restart with a command was never armed.
 * emergency_restart() calls the same, and has the log dumped once more before. Other
 * dumpers (pstore) had their turn before the reason was in it.
 */
static void restart_with_dump(void)
{
	WRITE_ONCE(gave_up, true);
	emergency_restart();
}

/*
 * kernel_restart() calls this after devices and syscore are down, and before
 * machine_restart(), which would park the other CPUs in this kernel's text.
 */
static FK_KMSG_DUMP(shutdown_stage)
{
	const struct fk_image *image = fk_slot_armed();

	FK_MARK_PLACE(SHUTDOWN);
	if (fk_kmsg_dump_reason() != KMSG_DUMP_SHUTDOWN || system_state != SYSTEM_RESTART ||
	    !image)
		return;
	leave(image);
	pr_emerg("this kernel cannot be left: restarting through the firmware\n");
	restart_with_dump();
}

static struct kmsg_dumper shutdown_dumper = {
	.dump = shutdown_stage,
	.max_reason = KMSG_DUMP_SHUTDOWN,
};

/*
 * kmsg_dump() calls dumpers in the order in which they were registered. Ours does not
 * return, so it is registered no sooner than now: all others have had their turn.
 */
static void arm(void)
{
	/* The module must stay for the jump. */
	if (!try_module_get(THIS_MODULE) || kmsg_dump_register(&shutdown_dumper)) {
		pr_emerg("the shutdown stage cannot be told: restarting through the firmware\n");
		return;
	}
	/* If it does not, it says why, and the dumper does nothing. */
	if (fk_slot_arm())
		pr_info("this restart starts the kernel that is loaded\n");
}

/*
 * Only a plain restart is ours: a command string is for the firmware, or for kexec. The
 * log does not outlive a restart through the firmware, so the reason goes to the console,
 * however quiet that is.
 */
static int reboot_begins(struct notifier_block *nb, unsigned long action, void *command)
{
	const char *string = command;
	const bool loaded = fk_slot_begin_reboot();

	fk_record_stamp(FASTKEXEC_MOMENT_NOTIFIED);
	if (action != SYS_RESTART || !loaded)
		return NOTIFY_DONE;
	if (string && *string)
		pr_emerg("this restart has a command, \"%s\": the kernel that is loaded will not be started\n",
			 string);
	else
		arm();
	return NOTIFY_DONE;
}

/* A panic or SysRq restarts the machine at once, and tells no reboot notifier. */
static FK_KMSG_DUMP(emergency_restarts)
{
	if (fk_kmsg_dump_reason() == KMSG_DUMP_EMERG && fk_slot_loaded() && !READ_ONCE(gave_up))
		pr_emerg("this restart is an emergency: the kernel that is loaded will not be started\n");
}

static struct kmsg_dumper emergency_dumper = {
	.dump = emergency_restarts,
	.max_reason = KMSG_DUMP_EMERG,
};

static int memory_changes(struct notifier_block *nb, unsigned long action, void *arg)
{
	const struct memory_notify *range = arg;

	if (action == MEM_OFFLINE)
		fk_slot_memory_offline(PFN_PHYS(range->start_pfn),
				       PFN_PHYS(range->start_pfn + range->nr_pages));
	return NOTIFY_DONE;
}

static int power_changes(struct notifier_block *nb, unsigned long action, void *unused)
{
	switch (action) {
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		fk_slot_hibernate(true);
		break;
	case PM_POST_HIBERNATION:
	case PM_POST_RESTORE:
		fk_slot_hibernate(false);
		break;
	}
	return NOTIFY_DONE;
}

/* First of all: a notifier may end the chain. */
static struct notifier_block reboot_nb = {
	.notifier_call = reboot_begins,
	.priority = INT_MAX,
};

static struct notifier_block power_nb = { .notifier_call = power_changes };
static struct notifier_block memory_nb = { .notifier_call = memory_changes };

static int __init fastkexec_init(void)
{
	int err;

	fk_roll_call_init();
	err = fk_quiesce_init();
	if (err)
		return err;
	err = fk_masters_init();
	if (err)
		goto exit_quiesce;
	err = register_memory_notifier(&memory_nb);
	if (err)
		goto exit_masters;
	err = register_pm_notifier(&power_nb);
	if (err)
		goto exit_memory;
	err = register_reboot_notifier(&reboot_nb);
	if (err)
		goto exit_power;
	err = kmsg_dump_register(&emergency_dumper);
	if (err)
		goto exit_reboot;
	err = fk_device_register();
	if (err)
		goto exit_dumper;
	return 0;

exit_dumper:
	kmsg_dump_unregister(&emergency_dumper);
exit_reboot:
	unregister_reboot_notifier(&reboot_nb);
exit_power:
	unregister_pm_notifier(&power_nb);
exit_memory:
	unregister_memory_notifier(&memory_nb);
exit_masters:
	fk_masters_exit();
exit_quiesce:
	fk_quiesce_exit();
	return err;
}

static void __exit fastkexec_exit(void)
{
	fk_device_unregister();
	fk_roll_call_exit();
	kmsg_dump_unregister(&emergency_dumper);
	unregister_reboot_notifier(&reboot_nb);
	unregister_pm_notifier(&power_nb);
	unregister_memory_notifier(&memory_nb);
	fk_masters_exit();
	if (fk_slot_loaded())
		pr_notice("the module is removed, and the kernel that was loaded is gone with it\n");
	fk_slot_exit();
	fk_quiesce_exit();
}

module_init(fastkexec_init);
module_exit(fastkexec_exit);

MODULE_DESCRIPTION("Replace the running kernel");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
MODULE_VERSION(FK_VERSION);
