// SPDX-License-Identifier: GPL-2.0
/*
 * systemctl reboot --firmware-setup, and updates of the firmware that wait on the disk.
 */
#include "wishes/wishes.h"

#include "efivar.h"
#include "root.h"

/* Bit 0 is the menu, bit 2 an update on the disk; the others ask for something, too. */
static bool look(const struct settings *settings, char *text)
{
	unsigned long long wanted = efivar_number("OsIndications", EFIVAR_GLOBAL);

	(void)settings;
	if (root_has("/run/systemd/reboot-to-firmware-setup"))
		return wish_say(text, "the reboot is to end in the menu of the firmware");
	if (wanted)
		return wish_say(text, "the firmware is asked for its menu or an update (OsIndications %#llx)",
				wanted);
	return false;
}

const struct wish wish_firmware_menu = {
	.name = "firmware-menu",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
