// SPDX-License-Identifier: GPL-2.0
#include "next/menu.h"

#include <stdlib.h>
#include <string.h>

struct menu_entry *menu_add(struct menu *menu, size_t parent)
{
	struct menu_entry *entries;
	size_t room = menu->room ? 2 * menu->room : 16;

	if (menu->nr == MENU_MAX) {
		menu->problem = "it has too many entries";
		return NULL;
	}
	if (menu->nr == menu->room) {
		entries = pool_alloc(&menu->pool, room * sizeof(*entries));
		if (!entries) {
			menu->problem = "it is too large";
			return NULL;
		}
		if (menu->nr)
			memcpy(entries, menu->entries, menu->nr * sizeof(*entries));
		menu->entries = entries;
		menu->room = room;
	}
	menu->entries[menu->nr] = (struct menu_entry){
		.title = "", .id = "", .version = "", .device = "", .kernel = "", .args = "",
		.parent = parent,
	};
	return &menu->entries[menu->nr++];
}

static bool is_called(const struct menu_entry *entry, const char *name)
{
	return !strcmp(entry->title, name) || (entry->id[0] && !strcmp(entry->id, name));
}

/* The number that @text is, or -1. */
static long as_number(const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);

	return text[0] >= '0' && text[0] <= '9' && !*end && number < MENU_MAX ? number : -1;
}

/* The entry below @parent that is called @name, or has that number. */
static const struct menu_entry *find(const struct menu *menu, size_t parent, const char *name,
				     const char **why)
{
	const struct menu_entry *entry;
	long number = as_number(name);
	size_t i;

	for (i = 0; i < menu->nr; i++) {
		entry = &menu->entries[i];
		if (entry->parent != parent)
			continue;
		/* One before it that may not be there would change its number. */
		if (entry->uncertain && (number >= 0 || is_called(entry, name))) {
			*why = "its menu depends on what only the boot loader sees";
			return NULL;
		}
		if (number >= 0 ? !number-- : is_called(entry, name))
			return entry;
	}
	*why = "its menu has no such entry";
	return NULL;
}

const struct menu_entry *menu_wanted(struct menu *menu, const char *wanted, const char **why)
{
	const struct menu_entry *entry;
	const char *end = strchr(wanted, '>');
	size_t parent = MENU_TOP;

	while (end) {
		entry = find(menu, parent, pool_text(&menu->pool, wanted, end - wanted), why);
		if (!entry)
			return NULL;
		if (!entry->submenu) {
			*why = "a part of its name is no submenu";
			return NULL;
		}
		parent = entry - menu->entries;
		wanted = end + 1;
		end = strchr(wanted, '>');
	}
	entry = find(menu, parent, wanted, why);
	if (entry && entry->submenu) {
		*why = "it is a submenu";
		return NULL;
	}
	return entry;
}

void menu_free(struct menu *menu)
{
	pool_free(&menu->pool);
	*menu = (struct menu){ 0 };
}
