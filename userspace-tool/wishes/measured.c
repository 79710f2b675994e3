// SPDX-License-Identifier: GPL-2.0
/*
 * A system whose start is measured: after the jump a machine far away might stand at the
 * question for a passphrase.
 */
#include "wishes/wishes.h"

#include "tpm.h"

static void keep_first(void *ctx, const char *clause)
{
	const char **first = ctx;

	if (!*first)
		*first = clause;
}

static bool look(const struct settings *settings, char *text)
{
	const char *first = NULL;

	if (!settings->measured)
		tpm_each(keep_first, &first);
	return first && wish_say(text, "%s", first);
}

const struct wish wish_measured = {
	.name = "measured",
	.kind = WISH_WAIT,
	.look = look,
};
