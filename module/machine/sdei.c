// SPDX-License-Identifier: GPL-2.0
/*
 * Masking SDEI. Contracts in sdei.h.
 */
#include <uapi/linux/arm_sdei.h>

#include "sdei.h"

/* SDEI_PE_MASK: 1 if this call masked them, 0 if they were, negative without SDEI. */
bool fk_sdei_mask(const struct fk_psci *psci)
{
	return (long)fk_psci_call(psci, SDEI_1_0_FN_SDEI_PE_MASK, 0, 0) == 1;
}

void fk_sdei_unmask(const struct fk_psci *psci)
{
	fk_psci_call(psci, SDEI_1_0_FN_SDEI_PE_UNMASK, 0, 0);
}
