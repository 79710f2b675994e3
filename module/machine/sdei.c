// SPDX-License-Identifier: GPL-2.0
/*
 * Masking SDEI. Contracts in sdei.h.
 */
#include <linux/arm-smccc.h>
#include <uapi/linux/arm_sdei.h>

#include "sdei.h"

/* Firmware older than SMCCC 1.1 has no SDEI, and need not know what to say to the call. */
void fk_sdei_find(struct fk_psci *psci)
{
	psci->sdei = psci->present && arm_smccc_1_1_get_conduit() != SMCCC_CONDUIT_NONE &&
		     (s64)fk_psci_call(psci, SDEI_1_0_FN_SDEI_VERSION, 0, 0) > 0;
}

/* SDEI_PE_MASK: 1 if this call masked them, 0 if they were. */
bool fk_sdei_mask(const struct fk_psci *psci)
{
	return psci->sdei && (s64)fk_psci_call(psci, SDEI_1_0_FN_SDEI_PE_MASK, 0, 0) == 1;
}

void fk_sdei_unmask(const struct fk_psci *psci)
{
	fk_psci_call(psci, SDEI_1_0_FN_SDEI_PE_UNMASK, 0, 0);
}
