/* SPDX-License-Identifier: GPL-2.0 */
/*
 * First instructions of a guest that QEMU does not start as a kernel (raw.sh). Enters
 * ENTRY with the device tree at DTB, as Documentation/arch/arm64/booting.rst asks. If
 * HYPERVISOR is defined, this code stays at EL2 under the kernel, with that value in
 * HCR_EL2; only a call can come back, since nothing else is trapped.
 */
	.text
	.globl	_start
_start:
	ldr	x0, =DTB
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	ldr	x4, =ENTRY
#ifdef HYPERVISOR
	ldr	x5, =HYPERVISOR
	msr	hcr_el2, x5
	adr	x5, vectors
	msr	vbar_el2, x5
	mov	x5, #0x33ff			/* CPTR_EL2: RES1 alone, no trap */
	msr	cptr_el2, x5
	mov	x5, #3				/* EL1PCEN, EL1PCTEN */
	msr	cnthctl_el2, x5
	msr	cntvoff_el2, xzr
	mov	x5, #0xf
	msr	s3_4_c12_c9_5, x5		/* ICC_SRE_EL2: EL1 has a GICv3 */
	mrs	x5, midr_el1
	msr	vpidr_el2, x5
	mrs	x5, mpidr_el1
	msr	vmpidr_el2, x5
	ldr	x5, =0x30d00800			/* RES1 alone: MMU and caches off */
	msr	sctlr_el1, x5
	mov	x5, #0x3c5			/* EL1h, all masked */
	msr	spsr_el2, x5
	msr	elr_el2, x4
	eret
	.ltorg

	.balign	0x800
vectors:
	.fill	0x100, 4, 0x14000000		/* b . */
	/* From a lower EL: PSCI's numbers go to the firmware, others get a plain zero. */
	tbz	w0, #31, .Lother
	smc	#0
	eret
.Lother:
	mov	x0, xzr
	eret
#else
	br	x4
#endif
