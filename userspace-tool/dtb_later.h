/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Later memory in a device tree: memory nodes that tell of a part of memory alone, and keep
 * the whole in a property of ours, which the module of the next kernel reads.
 */
#ifndef FASTKEXEC_DTB_LATER_H
#define FASTKEXEC_DTB_LATER_H

#include <stddef.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"
#include "later_cut.h"

/**
 * dtb_later_restore() - have memory nodes tell of all memory again
 * @tree: edited where it stands; one that is damaged, or was not cut, is left as it is
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_later_restore(struct blob *tree);

/**
 * dtb_later_room() - how much a tree may grow when it is cut
 * @tree: whole
 *
 * Return: bytes
 */
size_t dtb_later_room(const void *tree);

/**
 * dtb_later_cut() - have memory nodes tell of a part of memory
 * @tree: whole, checked, with room
 * @pieces: what lies where
 * @nr: how many
 * @later: says how much
 *
 * What is no whole unit stays. So does what has a piece in it or is reserved. So do the
 * first and the last unit of each node: a kernel takes nothing below its lowest memory, and
 * it makes zones and bounce buffers at its start alone. Then the lowest stay until there are
 * @later->least bytes. If nothing would come later, the tree is left as it is.
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_later_cut(struct blob *tree, const struct fastkexec_piece pieces[], unsigned int nr,
		  struct later *later);

/**
 * dtb_later_bytes() - how much memory a kernel was started without
 * @tree: its tree, checked
 *
 * Return: bytes; 0: it was told of all
 */
uint64_t dtb_later_bytes(const void *tree);

#endif /* FASTKEXEC_DTB_LATER_H */
