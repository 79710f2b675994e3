/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one place for a loaded image, shared by system calls and by a reboot.
 */
#ifndef FK_SLOT_H
#define FK_SLOT_H

#include "image.h"

/*
 * Two locks. A mutex keeps the image from being freed: a system call holds it while it
 * looks at the image, and for the moment in which it puts another one in its place. It
 * is never held across a copy from or to user memory. Reboot and memory hotplug cannot
 * wait for it: what they change is guarded by a spinlock inside.
 */

/**
 * fk_slot_lock() - begin to look at the image
 *
 * Return: 0, or -EINTR if a fatal signal came first.
 */
int fk_slot_lock(void);

/**
 * fk_slot_unlock() - end what fk_slot_lock() began
 */
void fk_slot_unlock(void);

/**
 * fk_slot_image() - look at the image
 *
 * Between fk_slot_lock() and fk_slot_unlock().
 *
 * Return: the image, valid until fk_slot_unlock(); NULL if there is none.
 */
struct fk_image *fk_slot_image(void);

/**
 * fk_slot_loaded() - is there an image?
 *
 * Return: whether there is one now. Memory hotplug and hibernation may drop it.
 */
bool fk_slot_loaded(void);

/**
 * fk_slot_reboot_begun() - has a reboot begun?
 *
 * Return: true if nothing may change any more.
 */
bool fk_slot_reboot_begun(void);

/**
 * fk_slot_memory_stamp() - note the state of memory hotplug
 *
 * Return: for fk_slot_commit(): taken before the memory map is read.
 */
u64 fk_slot_memory_stamp(void);

/**
 * fk_slot_commit() - put a new image in the place of the old one
 * @image: owned by the slot on success, or NULL to leave it empty
 * @stamp: from fk_slot_memory_stamp(); not looked at if @image is NULL
 *
 * The old image is freed. Not between fk_slot_lock() and fk_slot_unlock().
 *
 * Return: 0; -EBUSY if a reboot or hibernation has begun; -EAGAIN if memory went offline
 * since @stamp; -EINTR if a fatal signal came first.
 */
int fk_slot_commit(struct fk_image *image, u64 stamp);

/**
 * fk_slot_begin_reboot() - nothing changes from here on
 *
 * Return: whether there is an image. If so, it stays valid for ever.
 */
bool fk_slot_begin_reboot(void);

/**
 * fk_slot_arm() - this restart jumps to the image
 *
 * After fk_slot_begin_reboot() has returned true. An image is not armed, and a line says
 * so, if memory that it needs has become poisoned, or if the next kernel must not touch
 * more than it was told. Allocates nothing.
 *
 * Return: whether it is armed.
 */
bool fk_slot_arm(void);

/**
 * fk_slot_armed() - the image to jump to
 *
 * Takes no lock. Memory that goes offline may disarm the image until nothing else runs.
 *
 * Return: the image, valid for ever; NULL if this restart, or whatever goes on, does not
 * jump.
 */
const struct fk_image *fk_slot_armed(void);

/**
 * fk_slot_memory_offline() - a range of memory has gone
 * @start: first byte
 * @end: past the last byte
 *
 * An image that would be copied there, or whose tables map it, is dropped. If a reboot
 * has begun it stays, and this restart does not jump. Does not sleep.
 */
void fk_slot_memory_offline(u64 start, u64 end);

/**
 * fk_slot_hibernate() - the machine hibernates, or no longer does
 * @begins: which of the two
 *
 * A resumed page is in the caches, not at the Point of Coherency where the next
 * kernel looks for it: an image is dropped, and none is committed meanwhile.
 */
void fk_slot_hibernate(bool begins);

/**
 * fk_slot_exit() - free what is left; no call and no notifier may run any more
 */
void fk_slot_exit(void);

#endif /* FK_SLOT_H */
