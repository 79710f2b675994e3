/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Contents that are still in their files, brought to where they will run.
 */
#ifndef FASTKEXEC_FILL_H
#define FASTKEXEC_FILL_H

#include "boot.h"
#include "layout.h"

/**
 * fill_from_files() - read what boot_gather() has left in files
 * @boot: as gathered; holds all contents afterwards
 * @layout: with the addresses filled in
 * @fd: the device, from calls_open()
 *
 * It is read straight into the module's memory, where it will run or where it waits to be
 * copied, and its blob is a mapping of that: FASTKEXEC_LOAD takes it away. What goes to
 * an address of its own, of which the module was not asked, is read into this program's
 * memory.
 * An initrd is looked at as soon as it is read.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int fill_from_files(struct boot *boot, const struct layout *layout, int fd);

#endif /* FASTKEXEC_FILL_H */
