/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One instruction that may be undefined, at EL3. It is written before each call, so it
 * has a page of its own: QEMU drops what it has translated of a page that is written.
 */
#define __ASSEMBLY__

	.section .text.sysregs, "ax"
	.balign	0x1000
	.globl	sysreg_try, sysreg_insn
	.type	sysreg_try, %function
/* x0: value, x1: where ESR_EL3 goes if the instruction is not executed. Returns x0. */
sysreg_try:
	mrs	x9, vbar_el3
	adr	x10, try_vectors
	msr	vbar_el3, x10
	isb
sysreg_insn:
	nop
	isb
	msr	vbar_el3, x9
	isb
	ret
	.size	sysreg_try, . - sysreg_try

	.balign	0x800
try_vectors:
	.space	0x200
	mrs	x10, esr_el3			// synchronous, this level's own stack
	str	x10, [x1]
	mrs	x10, elr_el3
	add	x10, x10, #4
	msr	elr_el3, x10
	eret
	.balign	0x1000
