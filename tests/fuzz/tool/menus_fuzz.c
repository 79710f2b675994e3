// SPDX-License-Identifier: GPL-2.0
/*
 * The menus of boot loaders: whatever their files hold, the readers end, and what they
 * say is whole.
 */
#include <string.h>

#include "../input.h"
#include "next/bls.h"
#include "next/extlinux.h"
#include "next/grub_script.h"
#include "next/grubenv.h"

/* An answer that depends on the question alone. */
static enum truth has(void *ctx, const char *device, const char *path)
{
	(void)ctx;
	return (enum truth)((strlen(device) + strlen(path)) % 3);
}

static const char *source(void *ctx, struct pool *pool, const char *device, const char *path,
			  size_t *size)
{
	const struct input *input = ctx;

	(void)device;
	/* The script may include itself. */
	*size = strlen(path) < 8 ? (size_t)(input->end - input->at) : 0;
	return *size ? pool_text(pool, (const char *)input->at, *size) : NULL;
}

static int blscfg(void *ctx, struct menu *menu, const struct vars *vars)
{
	struct menu_entry *entry = menu_add(menu, MENU_TOP);

	(void)ctx;
	if (entry)
		entry->device = vars_value(vars, "root");
	return entry ? 0 : -1;
}

static void load_env(void *ctx, struct vars *vars)
{
	const struct input *input = ctx;

	grubenv_parse(vars, (const char *)input->at, input->end - input->at);
	vars_set(vars, "saved_entry", "0");
}

static int load_block(void *ctx, struct vars *vars, const char *blocks)
{
	load_env(ctx, vars);
	return blocks[0] ? 0 : -1;
}

static void check_menu(struct menu *menu)
{
	const struct menu_entry *entry;
	const char *why = "";
	size_t i, length = 0;
	unsigned int j;

	CHECK(menu->nr <= MENU_MAX);
	for (i = 0; i < menu->nr; i++) {
		entry = &menu->entries[i];
		CHECK(entry->parent == MENU_TOP || entry->parent < i);
		CHECK(entry->parent == MENU_TOP || menu->entries[entry->parent].submenu);
		CHECK(entry->nr_initrds <= MENU_INITRDS);
		length += strlen(entry->title) + strlen(entry->id) + strlen(entry->version) +
			  strlen(entry->device) + strlen(entry->kernel) + strlen(entry->args);
		for (j = 0; j < entry->nr_initrds; j++)
			length += strlen(entry->initrds[j]);
		if (entry->unfit)
			length += strlen(entry->unfit);
	}
	CHECK(length <= 16 * (size_t)POOL_MAX);
	if (menu->problem || !menu->wanted)
		return;
	entry = menu_wanted(menu, menu->wanted, &why);
	CHECK(entry ? !entry->submenu && !entry->uncertain : why[0] != 0);
}

static void try_grub(struct input *input)
{
	const struct grub_world world = {
		.ctx = input,
		.has = has,
		.source = source,
		.blscfg = blscfg,
		.load_env = load_env,
		.load_block = load_block,
	};
	struct menu menu = { 0 };

	grub_script_run(&menu, (const char *)input->at, input->end - input->at, &world);
	check_menu(&menu);
	menu_free(&menu);
}

static void try_extlinux(const struct input *input)
{
	struct menu menu = { 0 };

	extlinux_parse(&menu, (const char *)input->at, input->end - input->at);
	check_menu(&menu);
	menu_free(&menu);
}

static void try_bls(const struct input *input)
{
	struct pool pool = { 0 };
	struct bls entries[3];

	bls_parse(&entries[0], &pool, "a+3-1.conf", (const char *)input->at,
		  input->end - input->at);
	bls_parse(&entries[1], &pool, "b.conf", (const char *)input->at,
		  (input->end - input->at) / 2);
	bls_parse(&entries[2], &pool, "+.conf", "", 0);
	CHECK(entries[0].tries_left == 3 && !strcmp(entries[0].id, "a.conf"));
	CHECK(entries[0].nr_initrds <= MENU_INITRDS);
	bls_sort(entries, 3, BLS_ORDER_SYSTEMD);
	bls_sort(entries, 3, BLS_ORDER_GRUB);
	CHECK(!strcmp(entries[0].id, "b.conf"));
	pool_free(&pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A place of its own, so that reading beyond it is seen. */
	uint8_t *copy = malloc(size ? size : 1);
	struct input input = { copy, copy + size };

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	try_grub(&input);
	try_extlinux(&input);
	try_bls(&input);
	free(copy);
	return 0;
}
