// SPDX-License-Identifier: GPL-2.0
/*
 * An automount that has expired: while systemd stops it, whoever touches it hangs.
 */
#include "wishes/wishes.h"

#include "next/mounts.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	return mounts_automount("/boot") &&
	       wish_say(text, "/boot is an automount that has expired, and is not touched");
}

const struct wish wish_automount = {
	.name = "automount",
	.kind = WISH_WAIT,
	.look = look,
};
