/* SPDX-License-Identifier: GPL-2.0 */
/*
 * First instructions of a guest that QEMU does not start as a kernel (raw.sh). Enters
 * ENTRY with the device tree at DTB, as Documentation/arch/arm64/booting.rst asks.
 *
 * If HYPERVISOR is defined, this code stays at EL2 under the kernel, on every CPU, with
 * that value in HCR_EL2. Only a call can come back, since nothing else is trapped.
 * PSCI's calls go on to the firmware, which may be given one fault:
 *
 *   NO_AFFINITY	AFFINITY_INFO is not supported
 *   DENIES_OFF		CPU_OFF is denied
 *   NO_RETURN		CPU_ON refuses a CPU that was off before
 *   SLOW_OFF=MS	CPU_OFF takes MS milliseconds, one CPU after the other
 *   RESIDENT=N		a trusted OS that cannot migrate resides on CPU N
 *   TRAPS=N		CPU N, once it is turned on, never reaches the kernel
 *   TAKES=N		CPU N belongs to somebody else, who has turned it on
 *
 * CPUs are told apart by Aff0 alone: 8 of them at most.
 */
#define CPU_OFF			0x84000002
#define CPU_ON			0xc4000003
#define AFFINITY_INFO		0xc4000004
#define MIGRATE_INFO_UP_CPU	0xc4000007
#define MIGRATE_INFO_TYPE	0x84000006

#define NOT_SUPPORTED		-1
#define INVALID_PARAMETERS	-2
#define DENIED			-3

#define EC_SMC			0x17

/* What is kept of each CPU. */
#define SLOT_ENTRY		0
#define SLOT_CONTEXT		8
#define SLOT_OFF		16
#define SLOT_SHIFT		5

	.text
	.globl	_start
_start:
#ifdef TAKES
	ldr	x0, =CPU_ON
	mov	x1, #TAKES
	adr	x2, loop
	smc	#0
#endif
	ldr	x0, =DTB
	ldr	x4, =ENTRY
#ifndef HYPERVISOR
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	br	x4
#else
/* Enter the kernel at EL1: x4 where, x0 with what. */
enter:
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
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

/* A CPU that the kernel has turned on: x0 is its slot. */
secondary:
	ldr	x4, [x0, #SLOT_ENTRY]
	ldr	x0, [x0, #SLOT_CONTEXT]
	b	enter

/* x5: slot of the CPU whose affinity is in @mpidr. The caller's x30 must stay. */
	.macro	slot_of mpidr
	and	x4, \mpidr, #7
	adr	x5, slots
	add	x5, x5, x4, lsl #SLOT_SHIFT
	.endm

/* From a lower EL: an HVC or a trapped SMC. x4 to x17 are the callee's (SMCCC 1.0). */
call:
	mrs	x4, esr_el2
	lsr	x4, x4, #26
	cmp	x4, #EC_SMC
	b.ne	.Lreturns_behind
	mrs	x4, elr_el2
	add	x4, x4, #4
	msr	elr_el2, x4
.Lreturns_behind:
	/* PSCI's numbers go to the firmware, others get a plain zero. */
	tbz	w0, #31, .Lother
	mrs	x16, mpidr_el1
	and	x16, x16, #7
	ldr	w4, =CPU_ON
	cmp	w0, w4
	b.eq	.Lcpu_on
	ldr	w4, =CPU_OFF
	cmp	w0, w4
	b.eq	.Lcpu_off
#ifdef NO_AFFINITY
	ldr	w4, =AFFINITY_INFO
	cmp	w0, w4
	mov	x4, #NOT_SUPPORTED
	b.eq	.Lanswer
#endif
#ifdef RESIDENT
	ldr	w4, =MIGRATE_INFO_TYPE
	cmp	w0, w4
	mov	x4, #1				/* uniprocessor, cannot migrate */
	b.eq	.Lanswer
	ldr	w4, =MIGRATE_INFO_UP_CPU
	cmp	w0, w4
	mov	x4, #RESIDENT
	b.eq	.Lanswer
#endif
.Lforward:
	smc	#0
	eret
.Lother:
	mov	x4, xzr
.Lanswer:
	mov	x0, x4
	eret

.Lcpu_on:
	slot_of	x1
#ifdef NO_RETURN
	ldr	x6, [x5, #SLOT_OFF]
	mov	x4, #INVALID_PARAMETERS
	cbnz	x6, .Lanswer
#endif
	str	x2, [x5, #SLOT_ENTRY]
	str	x3, [x5, #SLOT_CONTEXT]
	adr	x2, secondary
	mov	x3, x5
#ifdef TRAPS
	cmp	x4, #TRAPS
	adr	x4, loop
	csel	x2, x4, x2, eq
#endif
	b	.Lforward

.Lcpu_off:
	mov	x4, #DENIED
#ifdef DENIES_OFF
	b	.Lanswer
#endif
#ifdef RESIDENT
	cmp	x16, #RESIDENT
	b.eq	.Lanswer
#endif
#ifdef SLOW_OFF
	adr	x5, lock
.Llock:
	ldaxr	w6, [x5]
	cbnz	w6, .Llock
	mov	w6, #1
	stxr	w7, w6, [x5]
	cbnz	w7, .Llock
	mrs	x6, cntfrq_el0
	mov	x7, #SLOW_OFF
	mul	x6, x6, x7
	mov	x7, #1000
	udiv	x6, x6, x7
	mrs	x7, cntpct_el0
	add	x6, x6, x7
.Lbusy:
	isb
	mrs	x7, cntpct_el0
	cmp	x7, x6
	b.lo	.Lbusy
	stlr	wzr, [x5]
#endif
	slot_of	x16
	mov	x6, #1
	str	x6, [x5, #SLOT_OFF]
	b	.Lforward
#endif /* HYPERVISOR */

loop:
	wfe
	b	loop
	.ltorg

#ifdef HYPERVISOR
	.balign	0x800
vectors:
	.fill	0x100, 4, 0x14000000		/* b . */
	b	call
	.balign	0x80
lock:
	.quad	0
	.balign	8
slots:
	.fill	8 << SLOT_SHIFT, 1, 0
#endif
