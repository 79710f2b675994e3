// SPDX-License-Identifier: GPL-2.0
/*
 * An environment block of GRUB's that lies outside of all files and cannot be read:
 * grub-reboot may have written there.
 */
#include "wishes/wishes.h"

#include "array.h"
#include "next/grubenv.h"
#include "next/grubenv_block.h"

static bool is_dark(const char *folder)
{
	struct pool pool = { 0 };
	struct vars vars = { .pool = &pool };
	bool dark = grubenv_block_is(folder, NULL) && grubenv_block_read(&vars, folder);

	pool_free(&pool);
	return dark;
}

static bool look(const struct settings *settings, char *text)
{
	static const char *const folders[] = { GRUBENV_FOLDERS };
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (is_dark(folders[i]))
			return wish_say(text, "GRUB has an environment block outside of all files, which cannot be read");
	return false;
}

const struct wish wish_grub_block = {
	.name = "grub-block",
	.kind = WISH_WAIT,
	.look = look,
};
