// SPDX-License-Identifier: GPL-2.0
/*
 * grub-reboot: an entry for one boot.
 */
#include <limits.h>
#include <stdio.h>

#include "wishes/wishes.h"

#include "array.h"
#include "next/grubenv.h"
#include "next/text_file.h"

/* Whether a variable of the environment block is set, and not to nothing. */
static bool has_value(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct pool pool = { 0 };
	struct vars vars = { .pool = &pool };
	const char *text;
	size_t size;
	bool has;

	snprintf(path, sizeof(path), "%s/grubenv", folder);
	text = text_file_read(&pool, path, &size);
	if (text)
		grubenv_parse(&vars, text, size);
	has = vars_value(&vars, name)[0];
	pool_free(&pool);
	return has;
}

static bool look(const struct settings *settings, char *text)
{
	static const char *const folders[] = { "/boot/grub", "/boot/grub2" };
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (has_value(folders[i], "next_entry") ||
		    has_value(folders[i], "prev_saved_entry"))
			return wish_say(text, "GRUB is to start another entry once");
	return false;
}

const struct wish wish_grub_reboot = {
	.name = "grub-reboot",
	.kind = WISH_FIRMWARE,
	.look = look,
};
