// SPDX-License-Identifier: GPL-2.0
/*
 * Settings of the firmware that were changed, and that it applies when it runs.
 */
#include <string.h>

#include "wishes/wishes.h"

#include "root.h"

#define FOLDER	"/sys/class/firmware-attributes"

static void look_at(void *ctx, const char *name)
{
	char word[8];

	if (root_read(word, sizeof(word), FOLDER "/%s/attributes/pending_reboot", name) &&
	    !strcmp(word, "1"))
		*(bool *)ctx = true;
}

static bool look(const struct settings *settings, char *text)
{
	bool pending = false;

	(void)settings;
	root_each(FOLDER, look_at, &pending);
	return pending && wish_say(text, "settings of the firmware wait for a reboot");
}

const struct wish wish_bios_settings = {
	.name = "bios-settings",
	.kind = WISH_FIRMWARE,
	.late = true,
	.look = look,
};
