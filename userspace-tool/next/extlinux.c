// SPDX-License-Identifier: GPL-2.0
#include "next/extlinux.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "array.h"

/* The entry that is being read: the last one, or none. */
static struct menu_entry *last(struct menu *menu)
{
	return menu->nr ? &menu->entries[menu->nr - 1] : NULL;
}

static void take_default(struct menu *menu, const char *value)
{
	if (!menu->wanted && *value)
		menu->wanted = value;
}

static void take_label(struct menu *menu, const char *value)
{
	struct menu_entry *entry = menu_add(menu, MENU_TOP);

	if (entry) {
		entry->id = value;
		entry->title = value;
	}
}

/* "menu label TEXT", "menu default", "menu title TEXT" */
static void take_menu(struct menu *menu, const char *value)
{
	struct menu_entry *entry = last(menu);

	if (entry && !strncasecmp(value, "label", 5) && isspace((unsigned char)value[5]))
		entry->title = value + 5 + strspn(value + 5, " \t");
	else if (entry && !strcasecmp(value, "default"))
		menu->wanted = entry->id;
	else if (!strncasecmp(value, "include", 7))
		menu->problem = "it includes another file";
}

static void take_kernel(struct menu *menu, const char *value)
{
	struct menu_entry *entry = last(menu);

	if (!entry)
		return;
	/* A FIT image is named with the configuration in it. */
	if (strchr(value, '#') || strchr(value, '$'))
		entry->unfit = "its kernel is named in a way that only U-Boot understands";
	entry->kernel = value;
}

static void take_initrd(struct menu *menu, const char *value)
{
	struct menu_entry *entry = last(menu);

	if (!entry)
		return;
	if (strchr(value, '$') || strchr(value, ','))
		entry->unfit = "its initrd is named in a way that only U-Boot understands";
	entry->initrds[0] = value;
	entry->nr_initrds = 1;
}

static void take_append(struct menu *menu, const char *value)
{
	struct menu_entry *entry = last(menu);

	if (!entry)
		return;
	if (strchr(value, '$'))
		entry->unfit = "its command line has variables of U-Boot";
	entry->args = value;
}

static void take_other(struct menu *menu, const char *value)
{
	struct menu_entry *entry = last(menu);

	(void)value;
	if (entry)
		entry->unfit = "it starts something else than a kernel";
}

static void take_include(struct menu *menu, const char *value)
{
	(void)value;
	menu->problem = "it includes another file";
}

static void ignore(struct menu *menu, const char *value)
{
	(void)menu;
	(void)value;
}

static const struct {
	const char *key;
	void (*take)(struct menu *menu, const char *value);
} keys[] = {
	{ "append", take_append },
	{ "default", take_default },
	{ "devicetree", ignore },
	{ "devicetreedir", ignore },
	{ "devicetree-overlay", ignore },
	{ "fdt", ignore },
	{ "fdtdir", ignore },
	{ "fdtoverlays", ignore },
	{ "include", take_include },
	{ "initrd", take_initrd },
	{ "kaslrseed", ignore },
	{ "kernel", take_kernel },
	{ "label", take_label },
	{ "linux", take_kernel },
	{ "localboot", take_other },
	{ "menu", take_menu },
	{ "ontimeout", take_default },
	{ "prompt", ignore },
	{ "say", ignore },
	{ "timeout", ignore },
	{ "totaltimeout", ignore },
	{ "ui", ignore },
};

static void take_line(struct menu *menu, const char *line, size_t length)
{
	char *key = (char *)pool_text(&menu->pool, line, length), *end, *value;
	size_t i;

	if (menu->pool.failed)
		return;
	key += strspn(key, " \t");
	for (end = key + strlen(key); end > key && isspace((unsigned char)end[-1]); end--)
		end[-1] = '\0';
	if (!*key || *key == '#')
		return;
	value = key + strcspn(key, " \t");
	if (*value)
		*value++ = '\0';
	value += strspn(value, " \t");
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!strcasecmp(key, keys[i].key)) {
			keys[i].take(menu, value);
			return;
		}
	}
	if (last(menu))
		last(menu)->unfit =
			pool_print(&menu->pool, "it has the line %.40s, which is not understood",
				   key);
}

void extlinux_parse(struct menu *menu, const char *text, size_t size)
{
	const char *stop = text + size, *end;

	if (memchr(text, 0, size))
		menu->problem = "it holds a zero";
	while (text < stop && !menu->problem && !menu->pool.failed) {
		end = memchr(text, '\n', stop - text);
		end = end ? end : stop;
		take_line(menu, text, end - text);
		text = end + 1;
	}
	if (menu->pool.failed)
		menu->problem = "it is too large";
	/* Without a default U-Boot takes the first. */
	if (!menu->wanted && menu->nr)
		menu->wanted = menu->entries[0].id;
}
