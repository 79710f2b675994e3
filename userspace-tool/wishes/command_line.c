// SPDX-License-Identifier: GPL-2.0
/*
 * fastkexec=off, written into the menu of a boot loader.
 */
#include <string.h>

#include "wishes/wishes.h"

#include "root.h"

static bool look(const struct settings *settings, char *text)
{
	char line[4096], *word, *rest = line;

	(void)settings;
	root_read(line, sizeof(line), "/proc/cmdline");
	while ((word = strsep(&rest, " ")))
		if (!strcmp(word, "fastkexec=off"))
			return wish_say(text, "the command line of the kernel says fastkexec=off");
	return false;
}

const struct wish wish_command_line = {
	.name = "command-line",
	.kind = WISH_WAIT,
	.late = true,
	.look = look,
};
