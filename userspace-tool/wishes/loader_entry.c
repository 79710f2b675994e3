// SPDX-License-Identifier: GPL-2.0
/*
 * systemctl reboot --boot-loader-entry= and --boot-loader-menu=.
 */
#include "wishes/wishes.h"

#include "efivar.h"
#include "root.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	if (efivar_has("LoaderEntryOneShot", EFIVAR_LOADER) ||
	    root_has("/run/systemd/reboot-to-boot-loader-entry"))
		return wish_say(text, "the boot loader is to start another entry once");
	if (efivar_has("LoaderConfigTimeoutOneShot", EFIVAR_LOADER) ||
	    root_has("/run/systemd/reboot-to-boot-loader-menu"))
		return wish_say(text, "the boot loader is to show its menu");
	return false;
}

const struct wish wish_loader_entry = {
	.name = "loader-entry",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
