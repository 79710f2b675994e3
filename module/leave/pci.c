// SPDX-License-Identifier: GPL-2.0
/*
 * PCI functions on the way out. Contracts in pci.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/printk.h>

#include "pci.h"
#include "slot.h"
#include "stopper.h"
#include "virtio.h"

#define ABSENT	0xffff	/* what reading a function that is not there gives */

/* Some function may not have been seen to by a stopper. */
static bool missed;

static void note_missed(void)
{
	pr_warn_once("a PCI function is not stopped in its turn: it will be stopped last\n");
	WRITE_ONCE(missed, true);
}

/*
 * With bus mastering alone a device that cannot reach its rings any more may say so by
 * INTx for ever. The next driver's pci_enable_device() takes the mask off again. In
 * D3cold there is no function to talk to.
 */
static void quieten(struct pci_dev *dev)
{
	u16 command;

	if (dev->current_state == PCI_D3cold)
		return;
	pci_read_config_word(dev, PCI_COMMAND, &command);
	if (command == ABSENT)
		return;
	fk_virtio_break_consoles(&dev->dev);
	pci_write_config_word(dev, PCI_COMMAND,
			      (command & ~PCI_COMMAND_MASTER) | PCI_COMMAND_INTX_DISABLE);
}

/*
 * device_shutdown() takes each device off the list when its turn comes. A function that
 * is still there has its own shutdown before it, for which it may need DMA.
 */
static int stop_child(struct device *dev, void *unused)
{
	if (!dev_is_pci(dev))
		return 0;
	if (list_empty(&dev->kobj.entry))
		quieten(to_pci_dev(dev));
	else
		note_missed();
	return 0;
}

static void stop_children(struct device *bridge, void __iomem *unused)
{
	device_for_each_child(bridge, NULL, stop_child);
}

static void cover(struct device *dev)
{
	int err = fk_stopper_add(dev->parent, stop_children, NULL);

	if (!err)
		return;
	pr_warn("%s cannot be stopped in its turn (%d)\n", dev_name(dev), err);
	note_missed();
}

static int cover_one(struct device *dev, void *unused)
{
	cover(dev);
	return 0;
}

static int is_function(struct device *dev, void *unused)
{
	return dev_is_pci(dev);
}

/*
 * A bridge outlives the functions behind it, and its stopper must not outlive the
 * bridge. One that comes while the machine goes down comes too late for its stopper.
 */
static int functions_change(struct notifier_block *nb, unsigned long action, void *arg)
{
	struct device *dev = arg;

	if (action == BUS_NOTIFY_ADD_DEVICE) {
		/* A restart that begins meanwhile may pass by the stopper's place. */
		if (!fk_slot_armed())
			cover(dev);
		if (fk_slot_armed())
			note_missed();
	} else if (action == BUS_NOTIFY_REMOVED_DEVICE) {
		if (!device_for_each_child(dev->parent, NULL, is_function))
			fk_stopper_remove(dev->parent);
	}
	return NOTIFY_DONE;
}

static struct notifier_block functions_nb = { .notifier_call = functions_change };

int fk_pci_init(void)
{
	int err = bus_register_notifier(&pci_bus_type, &functions_nb);

	if (!err)
		bus_for_each_dev(&pci_bus_type, NULL, NULL, cover_one);
	return err;
}

void fk_pci_exit(void)
{
	bus_unregister_notifier(&pci_bus_type, &functions_nb);
}

/*
 * Has the host bridge's own driver shut it down? Some put the controller into
 * reset, where nothing behind it can write, or be asked.
 */
static bool behind_dead_bridge(const struct pci_dev *dev)
{
	const struct pci_bus *bus = dev->bus;
	const struct device *host;

	while (bus->parent)
		bus = bus->parent;
	host = bus->bridge ? bus->bridge->parent : NULL;
	return host && host->bus == &platform_bus_type && host->driver &&
	       to_platform_driver(host->driver)->shutdown;
}

void fk_pci_stop_rest(void)
{
	struct pci_dev *dev = NULL;

	if (!READ_ONCE(missed))
		return;
	for_each_pci_dev(dev) {
		if (!behind_dead_bridge(dev))
			quieten(dev);
	}
}
