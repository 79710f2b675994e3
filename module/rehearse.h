/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trying the jump without leaving.
 */
#ifndef FK_REHEARSE_H
#define FK_REHEARSE_H

#include "image.h"
#include "machine/machine.h"
#include "ram.h"
#include "report.h"

/**
 * fk_rehearse() - go through a jump, and come back
 * @image: its tables are checked, by a walk in software and by AT; its design is
 *	used for a copy of scratch memory by the relocation page
 * @machine: read before
 * @ram: read before
 * @stamp: from fk_slot_memory_stamp(), before @ram was read
 * @provoke: let the copy run into an address that is not mapped
 * @report: takes the reason of a failure
 *
 * Every other CPU is held, SDEI is masked. With KVM live at EL2 the half that goes
 * through EL2 is left out: the call to give EL2 back cannot be undone. What leaves
 * EL2 as firmware would is left out too, as it cannot be undone either. That the
 * relocation page can be executed is known from the walk in software alone. Sleeps.
 *
 * Sets @image->rehearsed on success.
 *
 * Return: 0, -EBUSY (SPE or TRBE is armed, or memory went offline), -EIO (a fault, or
 * a wrong copy), -EADDRNOTAVAIL (scratch memory cannot be mapped) or -ENOMEM.
 */
int fk_rehearse(struct fk_image *image, const struct fk_machine *machine,
		const struct fk_ram *ram, u64 stamp, bool provoke, struct fk_report *report);

#endif /* FK_REHEARSE_H */
