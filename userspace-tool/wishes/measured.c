// SPDX-License-Identifier: GPL-2.0
/*
 * A system whose start is measured: after the jump a machine far away might stand at the
 * question for a passphrase.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "wishes/wishes.h"

#include "efivar.h"
#include "root.h"

static bool crypttab_uses_tpm(void)
{
	char path[PATH_MAX], line[1024];
	FILE *file = fopen(root_path(path, sizeof(path), "/etc/crypttab"), "re");
	bool found = false;

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file))
		found = line[strspn(line, " \t")] != '#' && strstr(line, "tpm2-device=");
	fclose(file);
	return found;
}

/* The options of crypttab, for an initrd that has none: rd.luks.options=, luks.options=. */
static bool command_line_uses_tpm(void)
{
	char line[4096];

	root_read(line, sizeof(line), "/proc/cmdline");
	return strstr(line, "tpm2-device=");
}

static bool look(const struct settings *settings, char *text)
{
	if (settings->measured)
		return false;
	if (efivar_has("StubPcrKernelImage", EFIVAR_LOADER))
		return wish_say(text, "this system was started by a measured kernel image, and the jump measures nothing");
	if (crypttab_uses_tpm())
		return wish_say(text, "/etc/crypttab takes a key from the TPM, which may not give it out after the jump");
	if (command_line_uses_tpm())
		return wish_say(text, "the command line of the kernel takes a key from the TPM, which may not give it out after the jump");
	return false;
}

const struct wish wish_measured = {
	.name = "measured",
	.kind = WISH_WAIT,
	.look = look,
};
