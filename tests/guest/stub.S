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
 *   AFFINITY=STATE	AFFINITY_INFO says 0 (on) or 1 (off) of every CPU, whatever is true
 *   DENIES_OFF		CPU_OFF is denied
 *   NO_RETURN		CPU_ON refuses a CPU that was off before
 *   SLOW_OFF=MS	CPU_OFF takes MS milliseconds, one CPU after the other
 *   RESIDENT=N		a trusted OS that cannot migrate resides on CPU N
 *   TRAPS=N		CPU N, once it is turned on, never reaches the kernel
 *   TAKES=N		CPU N belongs to somebody else, who has turned it on
 *
 * Or, if FFA is defined, the firmware has no fault, and FF-A 1.0 (Arm DEN 0077A) with the
 * one pair of buffers for messages, which some kernel has mapped before this one.
 *
 * CPUs are told apart by Aff0 alone: 8 of them at most.
 */
#define CPU_OFF			0x84000002
#define CPU_ON			0xc4000003
#define AFFINITY_INFO		0xc4000004
#define MIGRATE_INFO_UP_CPU	0xc4000007
#define MIGRATE_INFO_TYPE	0x84000006

#define PSCI_FEATURES		0x8400000a
#define SMCCC_VERSION		0x80000000
#define FFA_ERROR		0x84000060
#define FFA_SUCCESS		0x84000061
#define FFA_VERSION		0x84000063
#define FFA_RXTX_UNMAP		0x84000067
#define FFA_ID_GET		0x84000069
#define FFA_RXTX_MAP		0xc4000066

#define NOT_SUPPORTED		-1
#define INVALID_PARAMETERS	-2
#define DENIED			-3

#define FFA_DENIED		-6

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
#ifdef FFA
	b	ffa_call
psci_call:
#endif
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
#ifdef AFFINITY
	ldr	w4, =AFFINITY_INFO
	cmp	w0, w4
	mov	x4, #AFFINITY
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
#ifdef FFA
	.macro	on number, label
	ldr	w2, =\number
	cmp	w0, w2
	b.eq	\label
	.endm

/* SMCCC 1.2: x4 to x17 are the caller's, whose calls of PSCI do not rely on that. */
ffa_call:
	msr	tpidr_el2, x2
	on	SMCCC_VERSION, .Lsmccc_version
	on	PSCI_FEATURES, .Lpsci_features
	on	FFA_VERSION, .Lffa_version
	on	FFA_ID_GET, .Lffa_success
	on	FFA_RXTX_MAP, .Lffa_map
	on	FFA_RXTX_UNMAP, .Lffa_unmap
	tbz	w0, #31, .Lpsci
	tbz	w0, #26, .Lunknown
	tbnz	w0, #25, .Lunknown
	tst	w0, #0xe0
	b.ne	.Lunknown
.Lpsci:
	mrs	x2, tpidr_el2
	b	psci_call
.Lunknown:
	mov	x0, #NOT_SUPPORTED
	eret
.Lsmccc_version:
	ldr	w0, =0x10002
	eret
.Lpsci_features:
	ldr	w2, =SMCCC_VERSION
	cmp	w1, w2
	b.ne	.Lpsci
	mov	x0, xzr
	eret
.Lffa_version:
	ldr	w0, =0x10000
	eret
.Lffa_map:
	adr	x2, mapped
	ldr	w3, [x2]
	cbnz	w3, .Lffa_denied
	mov	w3, #1
	str	w3, [x2]
	b	.Lffa_success
.Lffa_unmap:
	cbnz	w1, .Lffa_denied
	adr	x2, mapped
	ldr	w3, [x2]
	cbz	w3, .Lffa_denied
	str	wzr, [x2]
/* The answer of FFA_ID_GET, too: 0. */
.Lffa_success:
	ldr	w0, =FFA_SUCCESS
	mov	x2, xzr
	b	.Lffa_answer
.Lffa_denied:
	ldr	w0, =FFA_ERROR
	mov	x2, #FFA_DENIED
.Lffa_answer:
	mov	x1, xzr
	mov	x3, xzr
	eret
#endif /* FFA */
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
mapped:
	.word	1
	.balign	8
slots:
	.fill	8 << SLOT_SHIFT, 1, 0
#endif
