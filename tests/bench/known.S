/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A program without a kernel whose counts are known. It is loaded at KNOWN_BASE, runs
 * there at EL1 with the MMU off, and turns the machine off. Between mark 1 and the entry
 * it executes 7,011 instructions, with
 *
 *   3,000 loads    of 8 bytes each, two of them as a pair
 *   4,000 stores   of 8 bytes each, two of them as a pair
 *   24,000 bytes   to the page at KNOWN_BASE + 0x10000
 *    8,000 bytes   to the page at KNOWN_BASE + 0x12000
 *
 * tests/bench/bench compares with what the plugin has counted.
 */
#include "marks.h"

#define KNOWN_BASE	0x40200000
#define ROUNDS		1000
#define SYSTEM_OFF	0x84000008	/* PSCI */

.macro mark number
	movz	xzr, #(FK_MARK + \number)
.endm

	.text
	.globl	_start
_start:
	/* What comes before is not counted, and not seen. */
	ldr	x0, =KNOWN_BASE
	add	x1, x0, #0x10, lsl #12
	add	x2, x0, #0x12, lsl #12
	str	x0, [x0, #0x800]

	mark	FK_MARK_NR_SHUTDOWN
	movz	x3, #ROUNDS
1:	ldr	x4, [x1]
	ldp	x5, x6, [x2]
	stp	x5, x6, [x1]
	str	x4, [x1, #16]
	str	x4, [x2, #16]
	subs	x3, x3, #1
	b.ne	1b
	mark	FK_MARK_NR_QUIET
	movz	x4, #1
	movz	x5, #2
	nop
	nop
	nop
	nop
	nop
	b	next_image

	/* The next kernel's first instruction, "MZ", at a page boundary. */
	.balign	4096
next_image:
	.inst	0x91005a4d
	str	x0, [x1]
	mark	FK_MARK_NR_INIT
	ldr	x0, =SYSTEM_OFF
	hvc	#0
2:	b	2b
	.ltorg
