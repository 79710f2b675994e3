// SPDX-License-Identifier: GPL-2.0
/*
 * virtio on the way out. Contracts in virtio.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/acpi.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/virtio.h>
#include <uapi/linux/virtio_ids.h>
#include <uapi/linux/virtio_mmio.h>

#include "stopper.h"
#include "virtio.h"

#define MAGIC		0x74726976	/* "virt" */
#define PATIENCE_US	10000		/* for a reset; QEMU's is done with the write */

static const struct of_device_id of_ids[] = {
	{ .compatible = "virtio,mmio" },
	{}
};

static const struct acpi_device_id acpi_ids[] = {
	{ "LNRO0005" },
	{}
};

/* Where a virtio device is, the virtio core is loaded; our module must load without it. */
static int break_console(struct device *dev, void *unused)
{
	typeof(virtio_break_device) *break_device;

	if (!dev->bus || strcmp(dev->bus->name, "virtio") ||
	    dev_to_virtio(dev)->id.device != VIRTIO_ID_CONSOLE)
		return 0;
	break_device = symbol_get(virtio_break_device);
	if (break_device)
		break_device(dev_to_virtio(dev));
	return 0;
}

void fk_virtio_break_consoles(struct device *parent)
{
	device_for_each_child(parent, NULL, break_console);
}

static void stop_virtio(struct device *dev, void __iomem *regs)
{
	unsigned int waited;

	fk_virtio_break_consoles(dev);
	writel(0, regs + VIRTIO_MMIO_STATUS);
	for (waited = 0; readl(regs + VIRTIO_MMIO_STATUS); waited++) {
		if (waited == PATIENCE_US) {
			dev_err(dev, "the device does not reset and may write into the next kernel\n");
			return;
		}
		udelay(1);
	}
}

/* The last: from a command line, "virtio_mmio.device=". */
static bool is_virtio_mmio(struct device *dev)
{
	return of_match_node(of_ids, dev->of_node) || acpi_match_device(acpi_ids, dev) ||
	       !strcmp(to_platform_device(dev)->name, "virtio-mmio");
}

/* A place where a device could be, and none is, has the ID zero. */
static bool is_there(void __iomem *regs)
{
	return readl(regs + VIRTIO_MMIO_MAGIC_VALUE) == MAGIC &&
	       readl(regs + VIRTIO_MMIO_DEVICE_ID);
}

static int cover_virtio(struct device *dev)
{
	struct resource *res = platform_get_resource(to_platform_device(dev), IORESOURCE_MEM, 0);
	void __iomem *regs;

	if (!res || resource_size(res) < VIRTIO_MMIO_CONFIG)
		return 0;
	regs = ioremap(res->start, VIRTIO_MMIO_CONFIG);
	if (!regs)
		return -ENOMEM;
	if (is_there(regs))
		return fk_stopper_add(dev, stop_virtio, regs);
	iounmap(regs);
	return 0;
}

static int cover(struct device *dev, void *unused)
{
	int err = is_virtio_mmio(dev) ? cover_virtio(dev) : 0;

	if (err)
		dev_warn(dev, "cannot be stopped (%d): it may write into the next kernel\n", err);
	return 0;
}

static int devices_change(struct notifier_block *nb, unsigned long action, void *arg)
{
	if (action == BUS_NOTIFY_ADD_DEVICE)
		cover(arg, NULL);
	else if (action == BUS_NOTIFY_REMOVED_DEVICE)
		fk_stopper_remove(arg);
	return NOTIFY_DONE;
}

static struct notifier_block devices_nb = { .notifier_call = devices_change };

int fk_virtio_init(void)
{
	int err = bus_register_notifier(&platform_bus_type, &devices_nb);

	if (!err)
		bus_for_each_dev(&platform_bus_type, NULL, NULL, cover);
	return err;
}

void fk_virtio_exit(void)
{
	bus_unregister_notifier(&platform_bus_type, &devices_nb);
}
