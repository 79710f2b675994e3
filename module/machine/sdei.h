/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Software Delegated Exceptions (Arm DEN 0054): calls from firmware that no DAIF bit
 * keeps off.
 */
#ifndef FK_SDEI_H
#define FK_SDEI_H

#include "psci.h"

/**
 * fk_sdei_find() - look SDEI up
 * @psci: found; its conduit is the same. Its @sdei is filled in.
 */
void fk_sdei_find(struct fk_psci *psci);

/**
 * fk_sdei_mask() - keep events off the calling CPU
 * @psci: with @sdei
 *
 * Return: true if they were let through before: fk_sdei_unmask() is due.
 */
bool fk_sdei_mask(const struct fk_psci *psci);

/**
 * fk_sdei_unmask() - let events through again
 * @psci: as before
 */
void fk_sdei_unmask(const struct fk_psci *psci);

#endif /* FK_SDEI_H */
