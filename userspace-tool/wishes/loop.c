// SPDX-License-Identifier: GPL-2.0
/*
 * Fast reboots that did not come up: see guard.h.
 */
#include "wishes/wishes.h"

#include "guard.h"

static bool look(const struct settings *settings, char *text)
{
	unsigned int nr = guard_count();

	(void)settings;
	return nr >= GUARD_MAX &&
	       wish_say(text, "the last %u fast reboots have not come up completely", nr);
}

const struct wish wish_loop = {
	.name = "loop",
	.kind = WISH_WAIT,
	.look = look,
};
