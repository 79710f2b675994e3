// SPDX-License-Identifier: GPL-2.0
/*
 * GRUB with its script, its environment block and, where the script says so, the entries
 * of /boot/loader.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/bls.h"
#include "next/grub_script.h"
#include "next/grubenv.h"
#include "next/grubenv_block.h"
#include "next/loader.h"
#include "next/mounts.h"
#include "next/text_file.h"

static const char *const folders[] = { GRUBENV_FOLDERS };

/* The only folder with a script, or NULL. */
static const char *find_folder(void)
{
	const char *found = NULL;
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		snprintf(path, sizeof(path), "%s/grub.cfg", folders[i]);
		if (!text_file_there(path))
			continue;
		if (found)
			return NULL;
		found = folders[i];
	}
	return found;
}

static bool ran(const struct running *running)
{
	if (running->loader[0])
		return !strncmp(running->loader, "GRUB", 4);
	return running->image[0];
}

/* Where a file is that the script names; "" if that is not known. */
static void locate(const char *folder, char *path, size_t size, const char *device,
		   const char *file)
{
	path[0] = '\0';
	if (!strncmp(file, GRUB_HERE "/", strlen(GRUB_HERE) + 1))
		snprintf(path, size, "%s%s", folder, file + strlen(GRUB_HERE));
	else
		mounts_locate(path, size, device, file);
}

static enum truth has(void *ctx, const char *device, const char *file)
{
	char path[PATH_MAX];

	locate(ctx, path, sizeof(path), device, file);
	if (!path[0])
		return TRUTH_UNKNOWN;
	return text_file_there(path) ? TRUTH_YES : TRUTH_NO;
}

static const char *source(void *ctx, struct pool *pool, const char *device, const char *file,
			  size_t *size)
{
	char path[PATH_MAX];

	locate(ctx, path, sizeof(path), device, file);
	return path[0] ? text_file_read(pool, path, size) : NULL;
}

static void load_env(void *ctx, struct vars *vars)
{
	grubenv_read(vars, ctx);
}

static int load_block(void *ctx, struct vars *vars, const char *blocks)
{
	return grubenv_block_is(ctx, blocks) ? grubenv_block_read(vars, ctx) : -1;
}

/* Variables among the words of an entry: "root=UUID=1 ro $tuned_params". */
static const char *expand(struct pool *pool, const struct vars *vars, const char *text)
{
	char line[RUNNING_LINE] = "", name[64];
	size_t length = 0, n;

	while (*text && length < sizeof(line) - 1) {
		if (*text != '$') {
			line[length++] = *text++;
			continue;
		}
		text++;
		n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
		snprintf(name, sizeof(name), "%.*s", (int)n, text);
		text += n;
		length += snprintf(line + length, sizeof(line) - length, "%s",
				   vars_value(vars, name));
		if (length >= sizeof(line))
			length = sizeof(line) - 1;
	}
	return pool_text(pool, line, length);
}

static void add_bls(struct menu *menu, const struct bls *bls, const struct vars *vars)
{
	struct menu_entry *entry = menu_add(menu, MENU_TOP);
	const char *root = vars_value(vars, "root"), *boot = vars_value(vars, "boot");
	unsigned int i;

	if (!entry)
		return;
	/* Its id is without the end of the file's name. */
	entry->id = pool_text(&menu->pool, bls->id, strlen(bls->id) - strlen(".conf"));
	entry->title = bls->title;
	entry->version = bls->version;
	entry->device = boot[0] ? boot : root;
	entry->kernel = bls->kernel;
	entry->unfit = bls->unfit;
	entry->args = expand(&menu->pool, vars, bls->options);
	for (i = 0; i < bls->nr_initrds; i++)
		if (expand(&menu->pool, vars, bls->initrds[i])[0])
			entry->initrds[entry->nr_initrds++] =
				expand(&menu->pool, vars, bls->initrds[i]);
}

static int blscfg(void *ctx, struct menu *menu, const struct vars *vars)
{
	struct bls *entries = calloc(MENU_MAX, sizeof(*entries));
	size_t nr = 0, i;

	(void)ctx;
	if (entries)
		nr = bls_read(entries, MENU_MAX, &menu->pool, "/boot/loader/entries",
			      BLS_ORDER_GRUB);
	for (i = 0; i < nr && nr <= MENU_MAX; i++)
		add_bls(menu, &entries[i], vars);
	free(entries);
	return nr && nr <= MENU_MAX ? 0 : -1;
}

static void read_menu(struct menu *menu)
{
	const char *folder = find_folder(), *text = NULL;
	struct grub_world world = {
		.ctx = (void *)folder,
		.has = has,
		.source = source,
		.blscfg = blscfg,
		.load_env = load_env,
		.load_block = load_block,
	};
	char path[PATH_MAX];
	size_t size;

	if (folder) {
		snprintf(path, sizeof(path), "%s/grub.cfg", folder);
		text = text_file_read(&menu->pool, path, &size);
	}
	if (text)
		grub_script_run(menu, text, size, &world);
	else
		menu->problem = "grub.cfg cannot be read, or there are two";
}

const struct loader loader_grub = {
	.name = "GRUB",
	.ran = ran,
	.read = read_menu,
	.image = true,
};
