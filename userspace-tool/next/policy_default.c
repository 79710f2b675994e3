// SPDX-License-Identifier: GPL-2.0
/*
 * What the boot loader starts of itself. It is believed only if the same reading of the
 * same menu explains how the running kernel was started.
 */
#include <stdio.h>
#include <string.h>

#include "next/loader.h"
#include "next/mounts.h"
#include "next/next.h"

/* Whether the words of the entry are those that the running kernel was given. */
static bool has_args(const struct menu_entry *entry, const struct running *running)
{
	char line[RUNNING_LINE];

	snprintf(line, sizeof(line), "%s", entry->args);
	running_words(line);
	return !strcmp(line, running->args);
}

/* Whether the entry names the kernel that is running; where it names none, it may. */
static bool has_kernel(const struct menu_entry *entry, const struct running *running)
{
	const char *name = strrchr(entry->kernel, '/');

	if (running->image[0] && strcmp(entry->kernel, running->image))
		return false;
	if (entry->version[0] >= '0' && entry->version[0] <= '9')
		return strstr(entry->version, running->release);
	name = name ? strchr(name, '-') : NULL;
	return !name || name[1] < '0' || name[1] > '9' || !strcmp(name + 1, running->release);
}

static bool explains(const struct menu *menu, const struct running *running)
{
	size_t i;

	for (i = 0; i < menu->nr; i++)
		if (!menu->entries[i].submenu && !menu->entries[i].unfit &&
		    has_kernel(&menu->entries[i], running) && has_args(&menu->entries[i], running))
			return true;
	return false;
}

static int take_path(struct next *next, char *path, const struct menu_entry *entry,
		     const char *file)
{
	char found[PATH_MAX];

	if (!mounts_locate(found, sizeof(found), entry->device, file))
		return next_fail(next, "%s of the boot loader's menu is not found, or is below an automount",
				 file);
	return next_take_file(next, path, found);
}

static int take_entry(struct next *next, const struct loader *loader,
		      const struct menu_entry *entry)
{
	unsigned int i;
	int length;

	if (entry->unfit)
		return next_fail(next, "the default entry of %s cannot be loaded: %s",
				 loader->name, entry->unfit);
	if (!entry->kernel[0])
		return next_fail(next, "the default entry of %s starts no kernel", loader->name);
	if (take_path(next, next->kernel, entry, entry->kernel))
		return -1;
	for (i = 0; i < entry->nr_initrds; i++)
		if (take_path(next, next->initrds[i], entry, entry->initrds[i]))
			return -1;
	next->nr_initrds = entry->nr_initrds;
	if (entry->version[0] >= '0' && entry->version[0] <= '9')
		snprintf(next->release, sizeof(next->release), "%.64s", entry->version);
	snprintf(next->title, sizeof(next->title), "%s",
		 entry->title[0] ? entry->title : entry->id);
	length = snprintf(next->cmdline, sizeof(next->cmdline), "%s%s%s%s",
			  loader->image ? "BOOT_IMAGE=" : "", loader->image ? entry->kernel : "",
			  loader->image ? " " : "", entry->args);
	if (length >= (int)sizeof(next->cmdline))
		return next_fail(next, "the command line of the default entry is too long");
	return 0;
}

/* The first entry may be older only because a newer kernel was just removed. */
static int check_age(struct next *next, const struct menu *menu, const struct running *running)
{
	const char *mark = strrchr(next->kernel, '/');

	mark = mark ? strchr(mark, '-') : NULL;
	if (strcmp(menu->wanted, "0") || !mark || mark[1] < '0' || mark[1] > '9' ||
	    strverscmp(mark + 1, running->release) >= 0)
		return 0;
	return next_fail(next, "the default entry has %s, which is older than the running kernel, and nobody has chosen it",
			 next->kernel);
}

static int take_wanted(struct next *next, const struct loader *loader, struct menu *menu,
		       const struct running *running)
{
	const struct menu_entry *entry;
	const char *why = "";

	if (menu->problem)
		return next_fail(next, "the menu of %s is not understood: %s", loader->name,
				 menu->problem);
	if (!explains(menu, running))
		return next_fail(next, "the menu of %s does not explain how the running kernel was started",
				 loader->name);
	if (!menu->wanted)
		return next_fail(next, "%s has no default entry", loader->name);
	entry = menu_wanted(menu, menu->wanted, &why);
	if (!entry)
		return next_fail(next, "the default entry of %s, '%s', is not known: %s",
				 loader->name, menu->wanted, why);
	if (take_entry(next, loader, entry) || check_age(next, menu, running))
		return -1;
	next_fail(next, "it is the default entry of %s, whose menu explains the running kernel, too",
		  loader->name);
	return 0;
}

static int find(struct next *next, const struct settings *settings,
		const struct running *running)
{
	const struct loader *loader;
	struct menu menu = { 0 };
	const char *why = "";
	int ret;

	(void)settings;
	loader = loader_find(running, &why);
	if (!loader)
		return next_fail(next, "%s", why);
	next->loader = loader->name;
	loader->read(&menu);
	ret = take_wanted(next, loader, &menu, running);
	menu_free(&menu);
	return ret;
}

const struct policy policy_default = {
	.name = "default",
	.find = find,
};
