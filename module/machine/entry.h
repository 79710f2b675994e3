/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where firmware entered this kernel.
 */
#ifndef FK_ENTRY_H
#define FK_ENTRY_H

/**
 * enum fk_entry - the exception level of the kernel's first instruction
 * @FK_ENTRY_UNKNOWN: it cannot be told
 * @FK_ENTRY_EL1: EL1, whatever there is at EL2
 * @FK_ENTRY_EL2: EL2, where the kernel's own stub or KVM still is
 */
enum fk_entry {
	FK_ENTRY_UNKNOWN,
	FK_ENTRY_EL1,
	FK_ENTRY_EL2,
};

/**
 * fk_entry_find() - at which level was this kernel, which runs at EL1, entered?
 *
 * No exported symbol tells, but the kernel's choice of a timer does. It runs on the
 * physical timer if all CPUs were entered at EL2, so that the virtual one is left to KVM's
 * guests; entered at EL1 it runs on the virtual timer, whenever firmware describes one.
 * Which interrupt the timer has enabled does not depend on what the CPU does just now, as
 * the timer's registers would. Sleeps.
 *
 * Return: FK_ENTRY_UNKNOWN also if firmware describes no virtual timer.
 */
enum fk_entry fk_entry_find(void);

#endif /* FK_ENTRY_H */
