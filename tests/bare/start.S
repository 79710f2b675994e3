/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entry at any level and address, the monitor's vectors, and the way to lower levels.
 */
#define __ASSEMBLY__
#include "cpu.h"

	.section .text.start, "ax"
	.globl	_start
_start:
	msr	daifset, #0xf
	bl	stack_and_bss
	mrs	x0, CurrentEL
	lsr	x0, x0, #2
	adr	x1, own_vectors
	cmp	x0, #2
	b.hi	.Lat_el3
	b.eq	.Lat_el2
	msr	vbar_el1, x1
	b	.Lgo
.Lat_el2:
	msr	vbar_el2, x1
	b	.Lgo
.Lat_el3:
	adrp	x1, monitor_vectors
	add	x1, x1, :lo12:monitor_vectors
	msr	vbar_el3, x1
.Lgo:
	isb
	bl	bare_main
	b	.

stack_and_bss:
	adrp	x1, bss_start
	add	x1, x1, :lo12:bss_start
	adrp	x2, image_end
	add	x2, x2, :lo12:image_end
.Lclear:
	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	.Lclear
	adrp	x1, stack_top
	add	x1, x1, :lo12:stack_top
	mov	sp, x1
	ret

	.text

/* ---- the monitor ---- */

	.macro	guest_x2_to_x30 op
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, \
		23, 24, 25, 26, 27, 28, 29, 30
	\op	x\n, [x0, #(GUEST_X + 8 * \n)]
	.endr
	.endm

	.globl	guest_enter
	.type	guest_enter, %function
guest_enter:
	stp	x19, x20, [sp, #-96]!
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	msr	tpidr_el3, x0
	ldr	x1, [x0, #GUEST_PC]
	ldr	x2, [x0, #GUEST_PSTATE]
	msr	elr_el3, x1
	msr	spsr_el3, x2
	ldr	x1, [x0, #GUEST_X + 8]
	guest_x2_to_x30 ldr
	ldr	x0, [x0, #GUEST_X]
	eret

/* The stack holds the guest's x0 and x1; x1 is the vector's offset. */
guest_leave:
	mrs	x0, tpidr_el3
	str	x1, [x0, #GUEST_VECTOR]
	guest_x2_to_x30 str
	ldp	x2, x3, [sp], #16
	stp	x2, x3, [x0, #GUEST_X]
	mrs	x1, elr_el3
	mrs	x2, spsr_el3
	str	x1, [x0, #GUEST_PC]
	str	x2, [x0, #GUEST_PSTATE]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	x19, x20, [sp], #96
	ret
	.size	guest_enter, . - guest_enter

	.balign	0x800
monitor_vectors:
	.rept	8
	.balign	0x80
	mov	x0, #3
	b	bare_panic
	.endr
	.irp	offset, 0x400, 0x480, 0x500, 0x580, 0x600, 0x680, 0x700, 0x780
	.balign	0x80
	stp	x0, x1, [sp, #-16]!
	mov	x1, #\offset
	b	guest_leave
	.endr

/* Where the program itself runs below EL3, nothing may be taken. */
	.balign	0x800
own_vectors:
	.rept	16
	.balign	0x80
	mrs	x0, CurrentEL
	lsr	x0, x0, #2
	b	bare_panic
	.endr

/* ---- vectors that code at lower levels starts with ---- */

	.macro	calls base
	.irp	slot, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	.balign	0x80
	smc	#(\base + \slot)
	b	.
	.endr
	.endm

	.balign	0x800
	.globl	old_el1_vectors
old_el1_vectors:
	calls	CALL_OLD_EL1

	.balign	0x800
	.globl	old_el2_vectors
old_el2_vectors:
	calls	CALL_OLD_EL2

/* ---- without EL3 ---- */

	/* x0: struct regime. All but its SCTLR and stack, which stay in x8 and x3. */
	.macro	load_regime
	ldp	x3, x4, [x0]
	ldp	x5, x6, [x0, #16]
	ldp	x7, x8, [x0, #32]
	msr	ttbr0_el1, x3
	msr	ttbr1_el1, x4
	msr	tcr_el1, x5
	msr	mair_el1, x6
	msr	vbar_el1, x7
	dsb	sy
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	ldr	x3, [x0, #48]
	.endm

	.globl	regime_enter
	.type	regime_enter, %function
regime_enter:
	load_regime
	msr	sctlr_el1, x8
	isb
	mov	sp, x3
	mov	x0, x2
	br	x1
	.size	regime_enter, . - regime_enter

	.globl	regime_drop
	.type	regime_drop, %function
regime_drop:
	load_regime
	msr	sctlr_el1, x8
	msr	sp_el1, x3
	msr	elr_el2, x1
	mov	x1, #(PSTATE_DAIF | PSTATE_EL1H)
	msr	spsr_el2, x1
	mov	x0, x2
	eret
	.size	regime_drop, . - regime_drop

/* From the fake next kernel; see struct tree. */
	.globl	machine_back
machine_back:
	adrp	x12, stack_top
	add	x12, x12, :lo12:stack_top
	mov	sp, x12
	sub	sp, sp, #96
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	adr	x1, own_vectors
	cmp	x4, #(2 << 2)
	b.eq	.Lback_el2
	msr	vbar_el1, x1
	b	.Lback
.Lback_el2:
	msr	vbar_el2, x1
.Lback:
	isb
	mov	x0, sp
	bl	machine_next
	b	.

	.bss
	.balign	16
	.space	0x4000
stack_top:
	.space	0x1000
	.globl	old_stack_top
old_stack_top:
