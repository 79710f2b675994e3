/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory partitioning and monitoring (MPAM): each access to memory carries a partition
 * number, and caches and memory controllers may limit what a partition gets.
 */
#ifndef FK_MPAM_H
#define FK_MPAM_H

/**
 * fk_mpam_reset() - this CPU's accesses belong to the default partition again
 *
 * A next kernel that does not know MPAM would run in the partition of the task that ran
 * last, with its limits (Arm ARM D19.9: MPAM0_EL1, MPAM1_EL1, MPAMSM_EL1). With VHE the
 * second name reaches MPAM2_EL2, which is what counts then. Whether MPAM is enabled at all
 * stays as firmware left it. Nothing is done unless this kernel uses MPAM. Interrupts off.
 */
void fk_mpam_reset(void);

#endif /* FK_MPAM_H */
