// SPDX-License-Identifier: GPL-2.0
/*
 * Disks whose key a TPM gives out only after a measured boot. The TPM's registers are
 * not reset by the jump, so their values are not those that the key is bound to.
 */
#include <stdio.h>
#include <string.h>
#include <limits.h>

#include "checks/checks.h"
#include "root.h"

/* systemd-stub sets it when it has measured the kernel that it starts. */
#define MEASURED	"/sys/firmware/efi/efivars/" \
			"StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

#define ADVICE	"have the passphrase at hand, or reboot through the firmware"

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

static void look(struct check_run *run)
{
	if (crypttab_uses_tpm())
		check_find(run, GRADE_WARNING, ADVICE,
			   "/etc/crypttab takes a key from the TPM, which may not give it out after the jump");
	if (root_has(MEASURED))
		check_find(run, GRADE_WARNING, ADVICE,
			   "this system was booted by a measured kernel image, which the jump does not measure");
}

const struct check check_disk_key = {
	.name = "disk-key",
	.fine = "no disk is known to wait for the TPM",
	.look = look,
};
