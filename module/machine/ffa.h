/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arm's Firmware Framework (Arm DEN 0077): what the secure world remembers of a kernel.
 */
#ifndef FK_FFA_H
#define FK_FFA_H

/**
 * fk_ffa_leave() - have the secure world forget this kernel's buffers
 *
 * The pair of buffers for messages is unmapped (FFA_RXTX_UNMAP) and the notification
 * bitmaps are destroyed (FFA_NOTIFICATION_BITMAP_DESTROY): the secure world may write to
 * the first at any time, and the next kernel can register neither while they are
 * there. Memory that was shared or lent by FFA_MEM_SHARE or FFA_MEM_LEND stays so: only
 * the driver that did it knows its handle.
 *
 * Without FF-A nothing happens but one call that firmware does not know. To be called
 * when the devices are down, with the other CPUs still running or not. Does not sleep.
 */
void fk_ffa_leave(void);

#endif /* FK_FFA_H */
