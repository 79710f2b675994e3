/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Devices that write to memory by themselves, and how they are kept from writing into
 * the next kernel's.
 */
#ifndef FK_MASTERS_H
#define FK_MASTERS_H

#include <linux/device.h>

/**
 * fk_masters_init() - prepare to stop what we know how to stop
 *
 * PCI functions and virtio-mmio devices, also those that come later. They are stopped in
 * a shutdown that begins with an image armed (slot.h).
 *
 * Return: 0 or a negative error.
 */
int fk_masters_init(void);

/**
 * fk_masters_exit() - undo fk_masters_init()
 */
void fk_masters_exit(void);

/**
 * fk_masters_stop_rest() - stop what was not stopped in its turn
 *
 * At the shutdown stage, other CPUs still running.
 */
void fk_masters_stop_rest(void);

/**
 * fk_masters_unstopped() - name the devices that nobody will stop
 * @visit: called for each; @data as below; the device is locked
 * @data: for @visit
 *
 * A device is named if it is on the platform or AMBA bus, a driver without a shutdown
 * runs it, we do not stop it, and there is a sign that it writes to memory: it stands
 * behind an IOMMU, its driver has asked for more than the DMA that any device is given,
 * has a DMA pool, or made a network interface of it. A device that is being probed is
 * passed over. Sleeps.
 *
 * Return: how many.
 */
unsigned int fk_masters_unstopped(void (*visit)(const struct device *dev, void *data), void *data);

/**
 * fk_masters_tell() - write a line to the log for each device that nobody will stop
 *
 * No more than a few lines; the last one says how many are left. Sleeps.
 */
void fk_masters_tell(void);

#endif /* FK_MASTERS_H */
