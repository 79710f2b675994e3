// SPDX-License-Identifier: GPL-2.0
/*
 * A deployment of ostree that becomes the default while services stop: later than this
 * is asked.
 */
#include "wishes/wishes.h"

#include "root.h"

static bool look(const struct settings *settings, char *text)
{
	(void)settings;
	return root_has("/run/ostree/staged-deployment") &&
	       wish_say(text, "an update of the system (ostree) is finished only on the way down");
}

const struct wish wish_ostree = {
	.name = "ostree",
	.kind = WISH_WAIT,
	.look = look,
};
