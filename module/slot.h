/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one place for a loaded image, shared by those who load and those who reboot.
 */
#ifndef FK_SLOT_H
#define FK_SLOT_H

#include "image.h"

/*
 * fk_slot_lock() is held by whoever changes or reads the image from a system
 * call, for as long as that takes. Reboot and memory hotplug cannot wait for it:
 * what they touch is guarded by a spinlock inside.
 */

/**
 * fk_slot_lock() - begin to look at the image, or to change it
 */
void fk_slot_lock(void);

/**
 * fk_slot_lock_killable() - as fk_slot_lock(), unless a fatal signal comes first
 *
 * Return: 0 or -EINTR.
 */
int fk_slot_lock_killable(void);

/**
 * fk_slot_unlock() - end what fk_slot_lock() began
 */
void fk_slot_unlock(void);

/**
 * fk_slot_image() - look at the image
 *
 * Return: the image, valid until fk_slot_unlock(); NULL if there is none. Locked.
 */
struct fk_image *fk_slot_image(void);

/**
 * fk_slot_busy() - has a reboot begun?
 *
 * Return: true if nothing may change any more.
 */
bool fk_slot_busy(void);

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
 * The old image is freed. Locked.
 *
 * Return: 0, -EBUSY if a reboot or hibernation has begun, or -EAGAIN if memory went offline since
 * @stamp.
 */
int fk_slot_commit(struct fk_image *image, u64 stamp);

/**
 * fk_slot_begin_reboot() - nothing changes from here on
 *
 * Return: the image, which stays valid for ever, or NULL.
 */
const struct fk_image *fk_slot_begin_reboot(void);

/**
 * fk_slot_memory_offline() - a range of memory has gone
 * @start: first byte
 * @end: past the last byte
 *
 * An image that would be copied there, or whose tables map it, is dropped. Sleeps
 * for no lock.
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
 * fk_slot_exit() - free what is left; nobody else may be around
 */
void fk_slot_exit(void);

#endif /* FK_SLOT_H */
