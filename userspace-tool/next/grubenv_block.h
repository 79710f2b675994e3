/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An environment block of GRUB's that lies outside of all files, as on btrfs: where GRUB
 * cannot write to a file, grub-reboot and GRUB itself write there.
 */
#ifndef FASTKEXEC_GRUBENV_BLOCK_H
#define FASTKEXEC_GRUBENV_BLOCK_H

#include <stdbool.h>

#include "next/vars.h"

/**
 * grubenv_block_is() - is there such a block?
 * @folder: where the file grubenv is, whose env_block tells
 * @blocks: how a script names it: "512+1"; NULL: any way
 *
 * Return: whether there is
 */
bool grubenv_block_is(const char *folder, const char *blocks);

/**
 * grubenv_block_read() - the variables of the block
 * @vars: takes them, and those of the file
 * @folder: where the file grubenv is
 *
 * GRUB's own grub-editenv reads the block: it knows where it is.
 *
 * Return: 0, or -1: it cannot be read
 */
int grubenv_block_read(struct vars *vars, const char *folder);

/**
 * grubenv_block_has() - is a variable of the block set, and not to nothing?
 * @folder: where the file grubenv is
 * @name: of the variable
 *
 * Return: whether it is; false if there is no block, or it cannot be read
 */
bool grubenv_block_has(const char *folder, const char *name);

#endif /* FASTKEXEC_GRUBENV_BLOCK_H */
