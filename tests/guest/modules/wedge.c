// SPDX-License-Identifier: GPL-2.0
/*
 * For tests: a CPU that ignores interrupts from now on, or from the shutdown of devices on.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

static int cpu = 1;
module_param(cpu, int, 0400);
MODULE_PARM_DESC(cpu, "its number");

static bool at_shutdown;
module_param(at_shutdown, bool, 0400);
MODULE_PARM_DESC(at_shutdown, "when devices are shut down, not now");

static bool wedged;

static void wedge(struct work_struct *work)
{
	local_irq_disable();
	WRITE_ONCE(wedged, true);
	for (;;)
		cpu_relax();
}

static DECLARE_WORK(work, wedge);

/* The caller goes to CPU 0, and stays there: on the other one it would never run again. */
static void start(void)
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	schedule_work_on(cpu, &work);
	while (!READ_ONCE(wedged))
		usleep_range(1000, 2000);
}

static void shutdown(struct platform_device *device)
{
	if (at_shutdown)
		start();
}

static struct platform_driver driver = {
	.shutdown = shutdown,
	.driver = { .name = "wedge" },
};

static int __init wedge_init(void)
{
	struct platform_device *device;
	int err;

	err = platform_driver_register(&driver);
	if (err)
		return err;
	device = platform_device_register_simple("wedge", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&driver);
		return PTR_ERR(device);
	}
	if (!at_shutdown)
		start();
	return 0;
}

module_init(wedge_init);

MODULE_DESCRIPTION("a CPU that ignores interrupts");
MODULE_LICENSE("GPL");
