// SPDX-License-Identifier: GPL-2.0
/*
 * systemd-boot with entries of the Boot Loader Specification.
 */
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "efivar.h"
#include "next/bls.h"
#include "next/loader.h"
#include "next/mounts.h"
#include "next/text_file.h"
#include "root.h"

/* Where the EFI partition, and the one of the entries, may be mounted. */
static const char *const folders[] = { "/efi", "/boot", "/boot/efi" };

static bool ran(const struct running *running)
{
	return !strncmp(running->loader, "systemd-boot", 12);
}

static void count_names(void *ctx, const char *name)
{
	unsigned int *nr = ctx;

	(void)name;
	++*nr;
}

/* How many entries @folder has in @below; an automount has none. */
static unsigned int count(const char *folder, const char *below)
{
	char path[PATH_MAX];
	unsigned int nr = 0;

	snprintf(path, sizeof(path), "%s/%s", folder, below);
	if (!mounts_automount(path))
		root_each(path, count_names, &nr);
	return nr;
}

/* The only folder that has entries, or NULL. */
static const char *find_folder(void)
{
	const char *found = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		if (!count(folders[i], "loader/entries"))
			continue;
		if (found)
			return NULL;
		found = folders[i];
	}
	return found;
}

/* Entries that are programs take their place among the others. */
static bool has_programs(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (count(folders[i], "EFI/Linux"))
			return true;
	return false;
}

/* What loader.conf says behind @key; "" if nothing does. */
static void read_setting(struct menu *menu, const char *key, char *value, size_t size)
{
	const size_t length = strlen(key);
	const char *line, *at;
	char path[PATH_MAX];
	size_t i, bytes;

	value[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		snprintf(path, sizeof(path), "%s/loader/loader.conf", folders[i]);
		line = text_file_read(&menu->pool, path, &bytes);
		for (; line && *line; line += strcspn(line, "\n"), line += *line == '\n') {
			line += strspn(line, " \t");
			if (strncmp(line, key, length) || !strspn(line + length, " \t"))
				continue;
			at = line + length + strspn(line + length, " \t");
			snprintf(value, size, "%.*s", (int)strcspn(at, " \t\n"), at);
		}
	}
}

/* A pattern of names, or "" where none is given. */
static void read_wanted(struct menu *menu, char *pattern, size_t size)
{
	if (efivar_text(pattern, size, "LoaderEntryDefault", EFIVAR_LOADER))
		return;
	read_setting(menu, "default", pattern, size);
	if (!strcmp(pattern, "@saved"))
		efivar_text(pattern, size, "LoaderEntryLastBooted", EFIVAR_LOADER);
}

static void choose(struct menu *menu)
{
	char pattern[NAME_MAX + 1], preferred[NAME_MAX + 1];
	size_t i;

	read_setting(menu, "preferred", preferred, sizeof(preferred));
	read_wanted(menu, pattern, sizeof(pattern));
	if (preferred[0] || efivar_has("LoaderEntryPreferred", EFIVAR_LOADER)) {
		menu->problem = "its preferred entry is not understood";
		return;
	}
	if (!pattern[0] && has_programs()) {
		menu->problem = "it has unified kernel images, and no default is chosen";
		return;
	}
	for (i = 0; i < menu->nr && !menu->wanted; i++)
		if (!pattern[0] || !fnmatch(pattern, menu->entries[i].id, FNM_CASEFOLD))
			menu->wanted = menu->entries[i].id;
	if (!menu->wanted)
		menu->problem = "its default is none of its entries that can be read";
}

static void add(struct menu *menu, const struct bls *bls, const char *folder)
{
	struct menu_entry *entry = menu_add(menu, MENU_TOP);
	unsigned int i;

	if (!entry)
		return;
	entry->id = bls->id;
	entry->title = bls->title;
	entry->version = bls->version;
	entry->device = pool_print(&menu->pool, "at:%s/loader", folder);
	entry->kernel = bls->kernel;
	entry->args = bls->options;
	entry->unfit = bls->tries_left >= 0 ? "the boot loader counts its boots" : bls->unfit;
	entry->nr_initrds = bls->nr_initrds;
	for (i = 0; i < bls->nr_initrds; i++)
		entry->initrds[i] = bls->initrds[i];
}

static void read_menu(struct menu *menu)
{
	struct bls *entries = calloc(MENU_MAX, sizeof(*entries));
	const char *folder = find_folder();
	char path[PATH_MAX];
	size_t nr = 0, i;

	if (entries && folder) {
		snprintf(path, sizeof(path), "%s/loader/entries", folder);
		nr = bls_read(entries, MENU_MAX, &menu->pool, path, BLS_ORDER_SYSTEMD);
	}
	if (!nr || nr > MENU_MAX)
		menu->problem = "its entries cannot be read, or are in two places";
	for (i = 0; i < nr && nr <= MENU_MAX; i++)
		add(menu, &entries[i], folder);
	free(entries);
	if (!menu->problem)
		choose(menu);
}

const struct loader loader_systemd_boot = {
	.name = "systemd-boot",
	.ran = ran,
	.read = read_menu,
};
