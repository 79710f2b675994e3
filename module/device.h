/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device node.
 */
#ifndef FK_DEVICE_H
#define FK_DEVICE_H

/**
 * fk_device_register() - make /dev/fastkexec appear
 *
 * Return: 0 or a negative errno.
 */
int fk_device_register(void);

/**
 * fk_device_unregister() - make it go
 */
void fk_device_unregister(void);

#endif /* FK_DEVICE_H */
