// SPDX-License-Identifier: GPL-2.0
/*
 * Taking the machine down. Contracts in quiesce.h.
 */
#include <linux/pci.h>
#include <linux/platform_device.h>

#include "quiesce.h"
#include "stop.h"

int fk_quiesce_init(void)
{
	return fk_stop_init();
}

void fk_quiesce_exit(void)
{
	fk_stop_exit();
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

/*
 * The PCI core leaves bus mastering on when it does not know of a kexec, and a
 * device that still writes would write into the next kernel: also one that no
 * driver here knows, as firmware left it. In D3cold there is no function to talk
 * to.
 */
static void stop_pci(void)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev) {
		if (dev->current_state != PCI_D3cold && !behind_dead_bridge(dev))
			pci_clear_master(dev);
	}
}

int fk_quiesce(const struct fk_psci *psci, const struct fk_cpus *cpus)
{
	stop_pci();
	return fk_stop_others(psci, cpus);
}
