/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A start that is measured. A TPM gives a key out after the right measurements only. The
 * jump measures nothing, and the TPM's registers keep what the last boot has put there.
 */
#ifndef FASTKEXEC_TPM_H
#define FASTKEXEC_TPM_H

/**
 * tpm_each() - what of this system's start depends on measurements?
 * @tell: called with a clause for each thing found, which stays valid
 * @ctx: for @tell
 */
void tpm_each(void (*tell)(void *ctx, const char *clause), void *ctx);

#endif /* FASTKEXEC_TPM_H */
