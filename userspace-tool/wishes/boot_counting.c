// SPDX-License-Identifier: GPL-2.0
/*
 * An entry on probation: only the boot loader counts its boots down.
 */
#include "wishes/wishes.h"

#include "efivar.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	return efivar_has("LoaderBootCountPath", EFIVAR_LOADER) &&
	       wish_say(text, "the boot loader counts the boots of this entry");
}

const struct wish wish_boot_counting = {
	.name = "boot-counting",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
