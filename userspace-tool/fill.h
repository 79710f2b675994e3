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
 * What is claimed is read straight into its claim, and its blob is a mapping of that:
 * FASTKEXEC_LOAD takes it away. What is copied is read into this program's memory.
 * An initrd is looked at as soon as it is read.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int fill_from_files(struct boot *boot, const struct layout *layout, int fd);

#endif /* FASTKEXEC_FILL_H */
