/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The fake next kernel, and the stubs that run at lower levels. All of it is copied
 * to where it runs.
 */
#define __ASSEMBLY__
#include "cpu.h"

	.section .rodata

/* x0: struct tree. What it leaves in the registers stands in cpu.h. */
	.balign	8
	.globl	next_start, next_end
next_start:
	adr	x10, next_start
	mrs	x4, CurrentEL
	cmp	x4, #(2 << 2)
	b.eq	.Lnext_el2
	mrs	x5, sctlr_el1
	mrs	x6, tcr_el1
	mrs	x7, vbar_el1
	b	.Lnext_sum
.Lnext_el2:
	mrs	x5, sctlr_el2
	mrs	x6, tcr_el2
	mrs	x7, vbar_el2
.Lnext_sum:
	mrs	x8, daif
	mrs	x9, SPSel
	mov	x11, xzr
	ldr	x12, [x0, #TREE_RANGES]
	add	x13, x0, #TREE_RANGE
.Lnext_range:
	cbz	x12, .Lnext_done
	ldp	x14, x15, [x13], #16
	add	x15, x14, x15
.Lnext_word:
	ldr	x16, [x14], #8
	add	x11, x11, x16
	ror	x11, x11, #63
	cmp	x14, x15
	b.lo	.Lnext_word
	sub	x12, x12, #1
	b	.Lnext_range
.Lnext_done:
	ldr	x12, [x0, #TREE_BACK]
	cbz	x12, .Lnext_call
	br	x12
.Lnext_call:
	smc	#CALL_NEXT
	b	.
next_end:

	.balign	64
	.globl	stubs_start, stubs_end
stubs_start:
	.macro	stub name
	.balign	16
	.globl	\name
\name:
	.endm

	stub	stub_translate
	at	s1e1r, x0
	isb
	mrs	x1, par_el1
	at	s1e1w, x0
	isb
	mrs	x2, par_el1
	smc	#CALL_DONE

	stub	stub_load
	ldr	x1, [x0]
	smc	#CALL_DONE

	stub	stub_store
	str	x1, [x0]
	smc	#CALL_DONE

	stub	stub_call
	blr	x0
	smc	#CALL_DONE

	stub	stub_brk
	brk	#0
	smc	#CALL_DONE

	stub	stub_svc
	svc	#0
	smc	#CALL_DONE

	stub	stub_hvc
	hvc	#0
	smc	#CALL_DONE

	stub	stub_smc
	smc	#CALL_DONE

	stub	stub_spin
	b	.

	/* A32, each as a word: svc #0; hvc #0; b . */
	stub	stub_a32_svc
	.inst	0xef000000

	stub	stub_a32_hvc
	.inst	0xe1400070

	stub	stub_a32_spin
	.inst	0xeafffffe
stubs_end:
	.balign	8
