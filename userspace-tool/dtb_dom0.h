/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What Xen finds its first guest by: nodes of /chosen (Xen's
 * docs/misc/arm/device-tree/booting.txt).
 */
#ifndef FASTKEXEC_DTB_DOM0_H
#define FASTKEXEC_DTB_DOM0_H

#include <stdbool.h>
#include <stdint.h>

#include "blob.h"

/* Bytes that the nodes take at most, without the guest's command line. */
#define DTB_DOM0_ROOM	512

/* The nodes: what they are called, and what Xen knows them by. */
#define DTB_DOM0_KERNEL		"dom0-kernel"
#define DTB_DOM0_RAMDISK	"dom0-ramdisk"

/**
 * dtb_dom0_make() - make the nodes, with addresses that are still zero
 * @tree: a tree with DTB_DOM0_ROOM free bytes, and room for the command line
 * @chosen: its node /chosen
 * @cmdline: the guest's command line. With it the one of /chosen is Xen's own.
 * @ramdisk: whether the guest gets an initrd
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_dom0_make(void *tree, int chosen, const char *cmdline, bool ramdisk);

/**
 * dtb_dom0_place() - say where one of them lies
 * @tree: with the nodes
 * @name: DTB_DOM0_KERNEL or DTB_DOM0_RAMDISK, which was made
 * @start: its physical address
 * @size: its bytes
 *
 * Return: 0, or -1 after having said what was wrong: an address that the tree has no
 * room for
 */
int dtb_dom0_place(struct blob *tree, const char *name, uint64_t start, uint64_t size);

#endif /* FASTKEXEC_DTB_DOM0_H */
