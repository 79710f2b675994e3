// SPDX-License-Identifier: GPL-2.0
/*
 * An environment block of GRUB's that lies outside of all files, as on btrfs: grub-reboot
 * writes there.
 */
#include "wishes/wishes.h"

#include "array.h"
#include "next/grubenv.h"

static bool look(const struct settings *settings, char *text)
{
	static const char *const folders[] = { "/boot/grub", "/boot/grub2" };
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (grubenv_has(folders[i], "env_block"))
			return wish_say(text, "GRUB has an environment block outside of all files, which is not read");
	return false;
}

const struct wish wish_grub_block = {
	.name = "grub-block",
	.kind = WISH_WAIT,
	.look = look,
};
