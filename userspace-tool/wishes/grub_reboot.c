// SPDX-License-Identifier: GPL-2.0
/*
 * grub-reboot: an entry for one boot.
 */
#include "wishes/wishes.h"

#include "array.h"
#include "next/grubenv.h"
#include "next/grubenv_block.h"

static bool is_set(const char *folder, const char *name)
{
	return grubenv_has(folder, name) || grubenv_block_has(folder, name);
}

static bool look(const struct settings *settings, char *text)
{
	static const char *const folders[] = { GRUBENV_FOLDERS };
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (is_set(folders[i], "next_entry") || is_set(folders[i], "prev_saved_entry"))
			return wish_say(text, "GRUB is to start another entry once");
	return false;
}

const struct wish wish_grub_reboot = {
	.name = "grub-reboot",
	.kind = WISH_FIRMWARE,
	.look = look,
};
