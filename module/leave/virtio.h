/* SPDX-License-Identifier: GPL-2.0 */
/*
 * virtio devices that are not on PCI are reset before the next kernel starts: Linux'
 * drivers before 6.15 have no shutdown, and the device goes on to fill the receive
 * buffers that it was given (virtio 1.2, 4.2: Virtio over MMIO).
 */
#ifndef FK_VIRTIO_H
#define FK_VIRTIO_H

#include <linux/device.h>

/**
 * fk_virtio_init() - give every virtio-mmio device a stopper
 *
 * Devices that come later are seen to.
 *
 * Return: 0 or a negative error of the driver core.
 */
int fk_virtio_init(void);

/**
 * fk_virtio_exit() - do not look at devices any more; the stoppers stay
 */
void fk_virtio_exit(void);

/**
 * fk_virtio_break_consoles() - keep the kernel's log from waiting for a virtio console
 * @parent: a device that is about to be stopped, on any bus
 *
 * Linux' driver hands each line to the device and spins, its interrupts off, until the
 * device has taken it, or the queue is called broken: a line for a console that has been
 * stopped would hold this CPU for ever. Lines for it are lost from here on. Does not sleep.
 */
void fk_virtio_break_consoles(struct device *parent);

#endif /* FK_VIRTIO_H */
