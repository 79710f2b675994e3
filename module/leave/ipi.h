/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The interrupt in which a CPU goes off.
 */
#ifndef FK_IPI_H
#define FK_IPI_H

/**
 * fk_ipi_end() - end the interrupt by which this CPU was told
 *
 * Until then no interrupt of the same priority or below is signalled to it (Arm IHI 0069,
 * 4.8.3). A CPU that is reset when it comes on again does not know of it any more, but there
 * is firmware that turns a CPU off by a loop. The next kernel clears the active priorities
 * (ICC_AP1R<n>_EL1), which QEMU 7.2 ignores where there is EL3.
 *
 * Does nothing where the kernel has dropped the priority itself, as it does with EL2
 * (ICC_CTLR_EL1.EOImode), or has called the function without an interrupt, or has a GICv2,
 * which the next kernel clears by its own registers. Interrupts off.
 */
void fk_ipi_end(void);

#endif /* FK_IPI_H */
