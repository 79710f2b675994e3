/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The boot loaders whose menus can be read.
 */
#ifndef FASTKEXEC_LOADER_H
#define FASTKEXEC_LOADER_H

#include <stdbool.h>

#include "next/menu.h"
#include "next/running.h"

/**
 * struct loader - one of them
 * @name: what people call it
 * @ran: did it start the kernel that is running?
 * @read: read its menu; @menu->problem is set if that fails
 * @image: it puts BOOT_IMAGE= before the command line
 */
struct loader {
	const char *name;
	bool (*ran)(const struct running *running);
	void (*read)(struct menu *menu);
	bool image;
};

extern const struct loader loader_extlinux;
extern const struct loader loader_grub;
extern const struct loader loader_systemd_boot;

/**
 * loader_find() - which one started the kernel that is running?
 * @running: that kernel
 * @why: takes a clause that says why none is known
 *
 * Return: the boot loader, or NULL
 */
const struct loader *loader_find(const struct running *running, const char **why);

#endif /* FASTKEXEC_LOADER_H */
