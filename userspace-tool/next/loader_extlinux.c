// SPDX-License-Identifier: GPL-2.0
/*
 * U-Boot with extlinux.conf. It says nothing of itself to the kernel.
 */
#include <stddef.h>

#include "array.h"
#include "next/extlinux.h"
#include "next/loader.h"
#include "next/text_file.h"

static const char *const files[] = {
	"/boot/extlinux/extlinux.conf",
	"/boot/firmware/extlinux/extlinux.conf",
};

/* The only file that there is, or NULL. */
static const char *find_file(void)
{
	const char *found = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!text_file_there(files[i]))
			continue;
		if (found)
			return NULL;
		found = files[i];
	}
	return found;
}

static bool ran(const struct running *running)
{
	return !running->loader[0] && !running->image[0] && find_file();
}

static void read_menu(struct menu *menu)
{
	const char *file = find_file(), *text = NULL;
	size_t size, i;

	if (file)
		text = text_file_read(&menu->pool, file, &size);
	if (!text) {
		menu->problem = "extlinux.conf cannot be read";
		return;
	}
	extlinux_parse(menu, text, size);
	for (i = 0; i < menu->nr; i++)
		menu->entries[i].device = pool_print(&menu->pool, "at:%s", file);
}

const struct loader loader_extlinux = {
	.name = "U-Boot with extlinux.conf",
	.ran = ran,
	.read = read_menu,
};
