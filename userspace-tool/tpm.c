// SPDX-License-Identifier: GPL-2.0
#include "tpm.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "efivar.h"
#include "root.h"

/* The option of systemd-cryptsetup, whoever gives it. */
#define TPM_OPTION	"tpm2-device="

/* systemd-stub sets it when it has measured the kernel that it starts. */
static bool kernel_is_measured(void)
{
	return efivar_has("StubPcrKernelImage", EFIVAR_LOADER);
}

static bool crypttab_uses_tpm(void)
{
	char path[PATH_MAX], line[1024];
	FILE *file = fopen(root_path(path, sizeof(path), "/etc/crypttab"), "re");
	bool found = false;

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file))
		found = line[strspn(line, " \t")] != '#' && strstr(line, TPM_OPTION);
	fclose(file);
	return found;
}

/* The options of crypttab, for an initrd that has none: rd.luks.options=, luks.options=. */
static bool command_line_uses_tpm(void)
{
	char line[4096];

	root_read(line, sizeof(line), "/proc/cmdline");
	return strstr(line, TPM_OPTION);
}

void tpm_each(void (*tell)(void *ctx, const char *clause), void *ctx)
{
	if (kernel_is_measured())
		tell(ctx, "this system was started by a measured kernel image, and the jump measures nothing");
	if (crypttab_uses_tpm())
		tell(ctx, "/etc/crypttab takes a key from the TPM, which may not give it out after the jump");
	if (command_line_uses_tpm())
		tell(ctx, "the command line of the kernel takes a key from the TPM, which may not give it out after the jump");
}
