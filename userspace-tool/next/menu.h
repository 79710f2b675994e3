/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a boot loader offers: a menu of entries.
 */
#ifndef FASTKEXEC_MENU_H
#define FASTKEXEC_MENU_H

#include <stdbool.h>
#include <stddef.h>

#include "next/pool.h"

/* More entries than this are not read, and more initrds not taken. */
#define MENU_MAX	512
#define MENU_INITRDS	8

/* Not below another entry. */
#define MENU_TOP	((size_t)-1)

/**
 * struct menu_entry - one entry; all texts belong to the menu's pool
 * @title: what people see
 * @id: what it is called; "" if it has none
 * @version: of its kernel, if the entry says; else ""
 * @device: what the boot loader calls the file system of the files: "uuid:UUID", or its
 *	own name; "" if it does not say
 * @kernel: the kernel's file, from the root of @device
 * @args: the command line that the kernel gets; one space between two words
 * @initrds: files of the initrd, in order
 * @nr_initrds: how many
 * @parent: index of the submenu that it is in, or MENU_TOP
 * @submenu: it is a submenu
 * @uncertain: it is not certain that the boot loader shows it
 * @unfit: a clause that says why it cannot be loaded; NULL if it can
 */
struct menu_entry {
	const char *title;
	const char *id;
	const char *version;
	const char *device;
	const char *kernel;
	const char *args;
	const char *initrds[MENU_INITRDS];
	unsigned int nr_initrds;
	size_t parent;
	bool submenu;
	bool uncertain;
	const char *unfit;
};

/**
 * struct menu - all entries; all zero is an empty one
 * @pool: holds all texts
 * @entries: as many as @nr
 * @nr: how many
 * @room: how many @entries has room for
 * @wanted: which entry the boot loader starts of itself: a number, title or id; two of
 *	them with a > between, if it is in a submenu; NULL if that is not known
 * @problem: a clause that says why this menu cannot be trusted; NULL if it can
 */
struct menu {
	struct pool pool;
	struct menu_entry *entries;
	size_t nr;
	size_t room;
	const char *wanted;
	const char *problem;
};

/**
 * menu_add() - a new entry at the end
 * @menu: takes it
 * @parent: index of its submenu, or MENU_TOP
 *
 * Return: the entry, valid until the next one is added, with "" for all texts; NULL
 * if there are too many, and then @menu->problem says so
 */
struct menu_entry *menu_add(struct menu *menu, size_t parent);

/**
 * menu_wanted() - which entry is meant?
 * @menu: where
 * @wanted: as in &struct menu
 * @why: takes a clause that says why none is, valid as long as @menu
 *
 * Return: the entry, or NULL
 */
const struct menu_entry *menu_wanted(struct menu *menu, const char *wanted, const char **why);

/**
 * menu_free() - give the memory back
 * @menu: is empty afterwards
 */
void menu_free(struct menu *menu);

#endif /* FASTKEXEC_MENU_H */
