/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A trusted OS for TF-A's dispatcher tlkd, of which TF-A says that it resides on CPU 0 and
 * cannot migrate. It says that it has started, and answers every call after that with 0.
 */
#define TLK_REQUEST_DONE	0xb2000001
#define TLK_ENTRY_DONE		0xb2000003

	.text
	.globl	_start
_start:
	ldr	x0, =TLK_ENTRY_DONE
	mov	x1, #1
.Lnext:
	smc	#0
	ldr	x0, =TLK_REQUEST_DONE
	mov	x1, xzr
	b	.Lnext
	.ltorg
