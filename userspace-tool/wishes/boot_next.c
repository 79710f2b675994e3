// SPDX-License-Identifier: GPL-2.0
/*
 * efibootmgr -n, and fwupd with a program of its own.
 */
#include "wishes/wishes.h"

#include "efivar.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	return efivar_has("BootNext", EFIVAR_GLOBAL) &&
	       wish_say(text, "the firmware is to start something else once (BootNext)");
}

const struct wish wish_boot_next = {
	.name = "boot-next",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
