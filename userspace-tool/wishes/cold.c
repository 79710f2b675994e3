// SPDX-License-Identifier: GPL-2.0
/*
 * The administrator wants this one reboot to go through the firmware.
 */
#include "wishes/wishes.h"

#include "root.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	return root_has("/run/fastkexec/cold") && wish_say(text, "/run/fastkexec/cold is there");
}

const struct wish wish_cold = {
	.name = "cold",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
