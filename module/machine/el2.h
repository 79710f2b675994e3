/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whoever stands at EL2 while the kernel runs at EL1.
 */
#ifndef FK_EL2_H
#define FK_EL2_H

#include <linux/types.h>

/**
 * enum fk_el2_owner - who answers a call at EL2
 * @FK_EL2_STUB: the kernel's own stub: the vectors can be set
 * @FK_EL2_KVM: KVM, which gives EL2 back to the stub when the machine goes down
 * @FK_EL2_PROTECTED: protected KVM, which does not
 * @FK_EL2_FOREIGN: something else
 */
enum fk_el2_owner {
	FK_EL2_STUB,
	FK_EL2_KVM,
	FK_EL2_PROTECTED,
	FK_EL2_FOREIGN,
};

/**
 * fk_el2_owner() - ask EL2 who is there, and change nothing
 *
 * Only where ID_AA64PFR0_EL1 says that EL2 exists and PSCI is called by SMC: an
 * HVC is undefined elsewhere, or means something else.
 *
 * Return: the owner.
 */
enum fk_el2_owner fk_el2_owner(void);

/**
 * fk_el2_take() - point VBAR_EL2 at vectors of our own
 * @vectors_pa: physical address; EL2 runs with its MMU off
 *
 * The kernel's stub must own EL2, or KVM must be ready to give it back. There is
 * no way back to the stub's own vectors.
 *
 * Return: true if EL2 is ours.
 */
bool fk_el2_take(u64 vectors_pa);

/**
 * fk_el2_read_vbar() - what VBAR_EL2 holds
 * @reader_pa: physical address of fk_reloc_read_vbar in a clean copy of the page
 *
 * The kernel's stub must own EL2: its soft restart is what gets there.
 *
 * Return: VBAR_EL2 of the calling CPU.
 */
u64 fk_el2_read_vbar(u64 reader_pa);

#endif /* FK_EL2_H */
