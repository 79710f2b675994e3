/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Devices of our own whose only purpose is their place in the shutdown order.
 *
 * device_shutdown() goes through all devices from the newest to the oldest. A stopper
 * is a child of the device that it serves and stands directly behind it, as if it had
 * been registered next. So its turn comes after every device that was registered
 * later (all that is below the parent, and all that uses it), and directly before the
 * parent. No other device changes its place.
 */
#ifndef FK_STOPPER_H
#define FK_STOPPER_H

#include <linux/device.h>

/**
 * typedef fk_stopper_fn - what a stopper does when its turn comes
 * @parent: the device that it serves, locked
 * @regs: what fk_stopper_add() was given
 *
 * Called in device_shutdown(), only if an image is armed (slot.h). May sleep, must not
 * allocate.
 */
typedef void (*fk_stopper_fn)(struct device *parent, void __iomem *regs);

/**
 * fk_stopper_init() - before the first stopper
 *
 * Return: 0 or a negative error of the driver core.
 */
int fk_stopper_init(void);

/**
 * fk_stopper_exit() - remove every stopper; nobody may add one any more
 */
void fk_stopper_exit(void);

/**
 * fk_stopper_add() - have @stop called before the shutdown of a device
 * @parent: that device, registered
 * @stop: the function
 * @regs: from ioremap(), or NULL; unmapped with the stopper, at once on an error
 *
 * A device has one stopper: where there is one already, nothing is done. Sleeps.
 *
 * Return: 0 or a negative error of the driver core.
 */
int fk_stopper_add(struct device *parent, fk_stopper_fn stop, void __iomem *regs);

/**
 * fk_stopper_remove() - the device does not need its stopper any more
 * @parent: the device; it may have no stopper
 *
 * Must come before the device is gone. Sleeps.
 */
void fk_stopper_remove(const struct device *parent);

/**
 * fk_stopper_has() - does a device have a stopper?
 * @parent: the device
 *
 * Return: true if so.
 */
bool fk_stopper_has(const struct device *parent);

#endif /* FK_STOPPER_H */
