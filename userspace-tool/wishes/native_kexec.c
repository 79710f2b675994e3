// SPDX-License-Identifier: GPL-2.0
/*
 * A kernel that was loaded by kexec(8). Somebody has other plans.
 */
#include <string.h>

#include "wishes/wishes.h"

#include "root.h"

/* Linux is moving the file: /sys/kernel/kexec/loaded is the new name. */
static bool look(const struct settings *settings, char *text)
{
	char word[8];

	(void)settings;
	if (!root_read(word, sizeof(word), "/sys/kernel/kexec/loaded"))
		root_read(word, sizeof(word), "/sys/kernel/kexec_loaded");
	return !strcmp(word, "1") && wish_say(text, "kexec has a kernel loaded, which is left alone");
}

const struct wish wish_native_kexec = {
	.name = "native-kexec",
	.kind = WISH_WAIT,
	.late = true,
	.look = look,
};
