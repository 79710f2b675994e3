// SPDX-License-Identifier: GPL-2.0
/*
 * Disks whose key a TPM gives out only after a measured boot.
 */
#include "checks/checks.h"
#include "tpm.h"

static void tell(void *ctx, const char *clause)
{
	check_find(ctx, GRADE_WARNING,
		   "have the passphrase at hand, or reboot through the firmware", "%s", clause);
}

static void look(struct check_run *run)
{
	tpm_each(tell, run);
}

const struct check check_disk_key = {
	.name = "disk-key",
	.fine = "no disk is known to wait for the TPM",
	.look = look,
};
