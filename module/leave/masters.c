// SPDX-License-Identifier: GPL-2.0
/*
 * Bus masters on the way out. Contracts in masters.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/amba/bus.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <linux/printk.h>

#include "masters.h"
#include "pci.h"
#include "stopper.h"
#include "virtio.h"

#define LINES	8	/* of fk_masters_tell() */

int fk_masters_init(void)
{
	int err;

	err = fk_stopper_init();
	if (err)
		return err;
	err = fk_pci_init();
	if (err)
		goto exit_stopper;
	err = fk_virtio_init();
	if (err)
		goto exit_pci;
	return 0;

exit_pci:
	fk_pci_exit();
exit_stopper:
	fk_stopper_exit();
	return err;
}

void fk_masters_exit(void)
{
	fk_virtio_exit();
	fk_pci_exit();
	fk_stopper_exit();
}

void fk_masters_stop_rest(void)
{
	fk_pci_stop_rest();
}

static int is_network(struct device *dev, void *unused)
{
	return dev->class && !strcmp(dev->class->name, "net");
}

/* Every device on these buses is given a mask of 32 bits and no limits at its birth. */
static bool asked_for_dma(const struct device *dev)
{
	return (dev->dma_mask && *dev->dma_mask > DMA_BIT_MASK(32)) ||
	       (dev->dma_parms && dev->dma_parms->max_segment_size) ||
	       !list_empty(&dev->dma_pools);
}

static bool writes_to_memory(struct device *dev)
{
	return device_iommu_mapped(dev) || asked_for_dma(dev) ||
	       device_for_each_child(dev, NULL, is_network);
}

static bool platform_has_shutdown(const struct device_driver *driver)
{
	return to_platform_driver(driver)->shutdown;
}

/**
 * struct search - of fk_masters_unstopped()
 * @has_shutdown: whether a driver of the bus that is searched has one
 * @visit: the caller's function
 * @data: the caller's data
 * @found: so far
 */
struct search {
	bool (*has_shutdown)(const struct device_driver *driver);
	void (*visit)(const struct device *dev, void *data);
	void *data;
	unsigned int found;
};

static bool is_unstopped(struct device *dev, const struct search *search)
{
	return dev->driver && !search->has_shutdown(dev->driver) && writes_to_memory(dev) &&
	       !fk_stopper_has(dev);
}

static int look(struct device *dev, void *arg)
{
	struct search *search = arg;

	if (!device_trylock(dev))
		return 0;
	if (is_unstopped(dev, search)) {
		search->visit(dev, search->data);
		search->found++;
	}
	device_unlock(dev);
	return 0;
}

#ifdef CONFIG_ARM_AMBA
static bool amba_has_shutdown(const struct device_driver *driver)
{
	return container_of(driver, struct amba_driver, drv)->shutdown;
}

static void look_at_amba(struct search *search)
{
	search->has_shutdown = amba_has_shutdown;
	bus_for_each_dev(&amba_bustype, NULL, search, look);
}
#else
static void look_at_amba(struct search *search)
{
}
#endif

unsigned int fk_masters_unstopped(void (*visit)(const struct device *dev, void *data), void *data)
{
	struct search search = {
		.has_shutdown = platform_has_shutdown,
		.visit = visit,
		.data = data,
	};

	bus_for_each_dev(&platform_bus_type, NULL, &search, look);
	look_at_amba(&search);
	return search.found;
}

static void tell(const struct device *dev, void *data)
{
	unsigned int *lines = data;

	if ((*lines)++ < LINES)
		pr_notice("nobody stops DMA of %s device %s (driver %s) before the next kernel starts\n",
			  dev_bus_name(dev), dev_name(dev), dev_driver_string(dev));
}

void fk_masters_tell(void)
{
	unsigned int lines = 0;
	unsigned int found = fk_masters_unstopped(tell, &lines);

	if (found > LINES)
		pr_notice("and of %u devices more\n", found - LINES);
}
