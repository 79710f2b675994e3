/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trying the jump without leaving.
 */
#ifndef FK_REHEARSE_H
#define FK_REHEARSE_H

#include "image.h"
#include "report.h"
#include "survey.h"

/**
 * fk_rehearse() - go through a jump, and come back
 * @image: the image; nobody else changes or frees it
 * @survey: taken
 * @report: takes the reason of a failure
 *
 * First @image is compared with what was loaded (fk_verify_rehearse()). Then every address
 * that @image's jump will use is translated, by a walk in software and by
 * the CPU (AT). Then the relocation page copies scratch memory with tables of @image's
 * design, and returns. Meanwhile every other CPU is held and SDEI is masked. Sleeps.
 *
 * Two steps cannot be undone and are left out: taking EL2 back from a live KVM, and
 * leaving EL2 as firmware would. AT does not tell whether the CPU may execute the
 * relocation page: only the walk in software does.
 *
 * Sets @image->rehearsed: 0 if the rehearsal failed with other CPUs held, the
 * FASTKEXEC_REHEARSED_* that were gone through on success. With the module's parameter
 * "provoke" the copy runs into an address that is not mapped.
 *
 * Return: 0, -EBUSY (SPE or TRBE is armed, or memory went offline), -EIO (a fault, a
 * wrong copy, or a damaged image), -EADDRNOTAVAIL (scratch memory cannot be mapped) or -ENOMEM.
 */
int fk_rehearse(struct fk_image *image, const struct fk_survey *survey, struct fk_report *report);

#endif /* FK_REHEARSE_H */
