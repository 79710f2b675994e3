/* SPDX-License-Identifier: GPL-2.0 */
/*
 * extlinux.conf, as U-Boot reads it.
 */
#ifndef FASTKEXEC_EXTLINUX_H
#define FASTKEXEC_EXTLINUX_H

#include <stddef.h>

#include "next/menu.h"

/**
 * extlinux_parse() - what menu does this file make?
 * @menu: takes the entries, and what is wanted; @menu->problem is set if the file is
 *	not understood
 * @text: the file
 * @size: bytes of it
 */
void extlinux_parse(struct menu *menu, const char *text, size_t size);

#endif /* FASTKEXEC_EXTLINUX_H */
