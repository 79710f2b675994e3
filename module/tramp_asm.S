/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The relocation page, and the way into it. Includes no kernel header: the bytes
 * that the bare-metal tests run are the bytes of the module.
 *
 * System registers are named as at EL1. With HCR_EL2.E2H and TGE set (VHE), the
 * same names reach EL2's registers, and TLBI VMALLE1 the EL2&0 regime (Arm ARM
 * D8.14.5 and the E2H rules of D1.3).
 */
#include "tramp.h"

	/* Held from entry to leave; nothing is read from memory but list and data. */
	entry	.req	x20		/* the next kernel's first instruction */
	dtb	.req	x21
	conduit	.req	x22		/* FK_CONDUIT_* */
	leave	.req	x23		/* FK_LEAVE_* */
	sctlr	.req	x24		/* SCTLR_ELx, MMU off */
	list	.req	x25		/* next struct fk_copy */
	line	.req	x26		/* data cache line, bytes */

	.text
	.balign	16
	.globl	fk_tramp_enter
	.type	fk_tramp_enter, %function
/* x0: descriptor, in the upper range. Contract in tramp.h. */
fk_tramp_enter:
	hint	#34				// BTI C, where the module is guarded
	ldp	x9, x10, [x0, #FK_DESC_TTBR_EMPTY]	// and TTBR0
	ldr	x11, [x0, #FK_DESC_TCR_ENTER]
	ldp	x12, x13, [x0, #FK_DESC_PAGE]	// and SELF
	msr	ttbr0_el1, x9
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	msr	tcr_el1, x11			// T0SZ may change: no walk can use it now
	isb
	msr	ttbr0_el1, x10
	isb
	mov	x0, x13
	br	x12
	.size	fk_tramp_enter, . - fk_tramp_enter

	.section .fk_tramp, "a", %progbits
	.balign	FK_TRAMP_VECTORS
	.globl	fk_tramp_start
	.type	fk_tramp_start, %object
/*
 * Entered at its identity address, MMU on. x0: descriptor, mapped to itself.
 */
fk_tramp_start:
	ldr	x9, [x0, #FK_DESC_TTBR_EMPTY]
	ldr	x10, [x0, #FK_DESC_TTBR1]
	ldp	x11, sctlr, [x0, #FK_DESC_TCR_COPY]
	ldp	list, line, [x0, #FK_DESC_LIST]
	ldp	entry, dtb, [x0, #FK_DESC_ENTRY]
	ldp	conduit, leave, [x0, #FK_DESC_CONDUIT]

	adr	x12, fk_vectors
	msr	vbar_el1, x12

	/*
	 * The old kernel's upper tables may be overwritten from here on: no walk
	 * may start in them, and nothing cached from them may be used.
	 */
	msr	ttbr1_el1, x9
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	msr	tcr_el1, x11
	isb
	msr	ttbr1_el1, x10
	isb

.Lnext:
	ldp	x0, x1, [list, #FK_COPY_DST]	// and SRC
	ldp	x2, x3, [list, #FK_COPY_LEN]	// and KIND
	add	list, list, #FK_COPY_SIZE
	cbz	x3, .Ldone			// FK_COPY_KIND_END
	mov	x4, x0
	add	x5, x0, x2			// end of the destination
	cmp	x3, #FK_COPY_KIND_ZERO
	b.eq	.Lzero
	b.lo	.Lmove
	mov	list, x1			// FK_COPY_KIND_LINK
	b	.Lnext

.Lmove:
	ldp	x6, x7, [x1]
	ldp	x8, x9, [x1, #16]
	ldp	x10, x11, [x1, #32]
	ldp	x12, x13, [x1, #48]
	add	x1, x1, #64
	stp	x6, x7, [x4]
	stp	x8, x9, [x4, #16]
	stp	x10, x11, [x4, #32]
	stp	x12, x13, [x4, #48]
	add	x4, x4, #64
	cmp	x4, x5
	b.lo	.Lmove
	b	.Lclean

.Lzero:
	stp	xzr, xzr, [x4]
	stp	xzr, xzr, [x4, #16]
	stp	xzr, xzr, [x4, #32]
	stp	xzr, xzr, [x4, #48]
	add	x4, x4, #64
	cmp	x4, x5
	b.lo	.Lzero

	/*
	 * The next kernel reads this with caches off. Clean and invalidate, not
	 * clean alone: Cortex-A53 errata 819472, 824069, 826319 and 827319 ask
	 * for it, and no stale line stays that the next kernel could hit later.
	 */
.Lclean:
	dc	civac, x0
	add	x0, x0, line
	cmp	x0, x5
	b.lo	.Lclean
	b	.Lnext

.Ldone:
	/*
	 * All maintenance by address is complete to the PoC, then the instruction
	 * side drops what it fetched from these addresses (Arm ARM B2.7.4: clean,
	 * DSB, invalidate, DSB, ISB).
	 */
	dsb	sy
	ic	iallu
	dsb	sy
	isb
	isb					// Falkor erratum 1041: before the MMU goes off
	msr	sctlr_el1, sctlr
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	cbz	leave, .Lleave
	hvc	#0				// to our own slot at EL2, below
	b	.

.Lleave:
	mov	x0, dtb
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	br	entry

	/* A fault: restart the machine by PSCI rather than hang it. */
.Lreset:
	movz	w0, #0x0009			// SYSTEM_RESET, 0x84000009
	movk	w0, #0x8400, lsl #16
	cbz	conduit, .Lreset_hvc
	smc	#0
	b	.
.Lreset_hvc:
	hvc	#0
	b	.

	/* A call from EL1: only our own HVC leaves; anything else stops here. */
.Lcall:
	mrs	x9, esr_el2
	lsr	x9, x9, #26
	cmp	x9, #0x16			// HVC from AArch64
	b.ne	.
	b	.Lleave

	/*
	 * One table, VBAR_EL1 and VBAR_EL2 alike, at a fixed offset: the PC alone
	 * tells what happened. Slots that must never fire spin on themselves.
	 * .org fails the build if the code above reaches into it.
	 */
	.org	fk_tramp_start + FK_TRAMP_VECTORS
fk_vectors:
	.macro	slot target:vararg
	.balign	0x80
	b	\target
	.endm

	slot	.Lreset				// current EL, SP_EL0: synchronous
	slot	.Lreset				//	IRQ
	slot	.Lreset				//	FIQ
	slot	.Lreset				//	SError
	slot	.Lreset				// current EL, SP_ELx: synchronous
	slot	.Lreset				//	IRQ
	slot	.Lreset				//	FIQ
	slot	.Lreset				//	SError
	slot	.Lcall				// lower EL, AArch64: synchronous
	slot	.				//	IRQ
	slot	.				//	FIQ
	slot	.				//	SError
	slot	.				// lower EL, AArch32: synchronous
	slot	.				//	IRQ
	slot	.				//	FIQ
	slot	.				//	SError
	.org	fk_tramp_start + FK_TRAMP_SIZE
	.size	fk_tramp_start, . - fk_tramp_start
