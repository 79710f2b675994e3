/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A device tree from a file as a base: what is about this one machine comes from the
 * running kernel's tree, into which the firmware had written it.
 */
#ifndef FASTKEXEC_DTB_BASE_H
#define FASTKEXEC_DTB_BASE_H

/**
 * dtb_base_complete() - put what is about this machine into a tree
 * @tree: opened by fdt_open_into() with room for what @running has; checked
 * @running: the running kernel's tree, checked
 *
 * From @running come: memory nodes, if it has any memory; /memreserve/, with what the
 * running kernel alone was told of it, so that dtb_edit() drops both; ranges of
 * /reserved-memory; addresses of network cards; the serial number; how CPUs are started;
 * what /psci says; and what /system and /firmware have that @tree lacks. A node of those
 * that refers to other nodes is left out, with a note, as numbers of nodes differ.
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_base_complete(void *tree, const void *running);

#endif /* FASTKEXEC_DTB_BASE_H */
