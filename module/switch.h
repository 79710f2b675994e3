/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The switch: an administrator forbids loads until the machine restarts.
 */
#ifndef FK_SWITCH_H
#define FK_SWITCH_H

#include "report.h"

/**
 * fk_switch_allows_load() - is the switch still open?
 * @report: takes the reason if not
 *
 * Asked by FASTKEXEC_PLACE and FASTKEXEC_LOAD. The parameter load_disabled closes it. It
 * cannot be opened again, and the module cannot be removed any more. An image that is
 * loaded stays, and may still be unloaded.
 *
 * Return: 0 or -EPERM.
 */
int fk_switch_allows_load(struct fk_report *report);

#endif /* FK_SWITCH_H */
