/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GRUB's environment block: a file of 1024 bytes with lines NAME=VALUE.
 */
#ifndef FASTKEXEC_GRUBENV_H
#define FASTKEXEC_GRUBENV_H

#include <stdbool.h>
#include <stddef.h>

#include "next/vars.h"

/* Where systems keep what GRUB reads: the values of an array. */
#define GRUBENV_FOLDERS		"/boot/grub", "/boot/grub2"

/**
 * grubenv_parse() - the variables of a block
 * @vars: takes them
 * @text: the block
 * @size: bytes of it
 *
 * Return: 0, or -1: this is no such block
 */
int grubenv_parse(struct vars *vars, const char *text, size_t size);

/**
 * grubenv_read() - the variables of the file
 * @vars: takes them
 * @folder: where the file grubenv is; without one there are none
 */
void grubenv_read(struct vars *vars, const char *folder);

/**
 * grubenv_has() - is a variable set, and not to nothing?
 * @folder: where the file grubenv is
 * @name: of the variable
 *
 * Return: whether it is; false if the file cannot be read
 */
bool grubenv_has(const char *folder, const char *name);

#endif /* FASTKEXEC_GRUBENV_H */
