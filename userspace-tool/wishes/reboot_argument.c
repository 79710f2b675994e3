// SPDX-License-Identifier: GPL-2.0
/*
 * systemctl reboot --reboot-argument=, reboot ARGUMENT: a word for the firmware.
 */
#include "wishes/wishes.h"

#include "root.h"

static bool look(const struct settings *settings, char *text)
{
	char word[64];

	(void)settings;
	if (!root_read(word, sizeof(word), "/run/systemd/reboot-param") || !word[0])
		return false;
	return wish_say(text, "the reboot has the argument '%s', which is for the firmware", word);
}

const struct wish wish_reboot_argument = {
	.name = "reboot-argument",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
