/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The relocation page, and the way into it. Includes no kernel header: the bytes
 * that the bare-metal tests run are the bytes of the module.
 *
 * System registers are named as at EL1. With HCR_EL2.E2H and TGE set (VHE), the
 * same names reach EL2's registers, and TLBI VMALLE1 the EL2&0 regime (Arm ARM
 * D8.14.5 and the E2H rules of D1.3).
 *
 * What the boot protocol (Documentation/arch/arm64/booting.rst) asks of the level
 * that is entered, and where it is done. The rest of the protocol is about higher
 * levels, whose registers no lower level can change.
 *
 *   x0 to x3			.Lgo
 *   DAIF masked		by the caller; an HVC masks them at EL2 anew
 *   SError			PSTATE.A, as DAIF: one that is pending stays so
 *   debug			PSTATE.D, as DAIF: MDSCR_EL1.KDE and MDE stay as they are
 *   MMU off			.Ldone, and sctlr_el2 in .Lleave_el2
 *   I-cache not stale		.Ldone
 *   image clean to the PoC	.Lclean, or when it was loaded
 *   CNTVOFF, CNTHCTL_EL2	.Lleave_el2; timers off: .Lleave_el2, .Lquiet_el1
 *   GCSCR_EL1, GCSCRE0_EL1	.Lquiet_el1;	GCSCR_EL2: .Lleave_el2
 *   PIE, POE, AIE (TCR2)	off, for a kernel that does not know them: as GCSCR
 *   CPTR_EL2 for FP, SVE, SME	.Lleave_el2;	SVCR (SM, ZA): jump.c
 *   PAuth, MTE (HCR_EL2)	.Lleave_el2
 *   BTI			SCTLR's BT bits go with the MMU
 *   SPE, TRBE			trace.c;	PMU: MDCR_EL2 in .Lleave_el2
 *   pseudo-NMI			DAIF masks what ICC_PMR_EL1 lets through
 *   SDEI			masked by quiesce.c, unless the kernel's reboot notifier has
 */
#include "core/reloc.h"

/* Not known by name to every assembler. */
#define ID_AA64MMFR4_EL1	s3_0_c0_c7_4
#define TCR2_EL1		s3_0_c2_c0_3
#define GCSCR_EL1		s3_0_c2_c5_0
#define GCSCRE0_EL1		s3_0_c2_c5_2
#define TCR2_EL2		s3_4_c2_c0_3
#define GCSCR_EL2		s3_4_c2_c5_0
#define HCRX_EL2		s3_4_c1_c2_2
#define CNTHV_CTL_EL2		s3_4_c14_c3_1
#define SCTLR_EL12		s3_5_c1_c0_0
#define TCR2_EL12		s3_5_c2_c0_3
#define GCSCR_EL12		s3_5_c2_c5_0
#define CNTP_CTL_EL02		s3_5_c14_c2_1
#define CNTV_CTL_EL02		s3_5_c14_c3_1

/* Lowest bits of four-bit fields of ID registers. */
#define MMFR1_VH		8
#define MMFR4_E2H0		24
#define PFR0_SVE		32
#define PFR1_SME		24
#define DFR0_PMUVER		8

/* HCR_EL2: AArch64 at EL1; pointer authentication and tags not trapped. */
#define HCR_RW			(1 << 31)
#define HCR_API_APK_HI		0x0300		/* bits 41:40 */
#define HCR_ATA_HI		0x0100		/* bit 56 */
#define HCR_E2H			(1 << 34)

/* EL2 with E2H clear: RES1 bits, MMU and caches off (Arm ARM D19.2). */
#define SCTLR_EL2_OFF		0x30c50830
#define TCR_EL2_RES1		0x80800000
#define CPTR_EL2_RES1		0x33ff
#define CPTR_EL2_TZ		(1 << 8)
#define CPTR_EL2_TSM		(1 << 12)
#define CNTHCTL_EL1PC		3		/* EL1PCTEN, EL1PCEN */

#define TCR_EPD1		(1 << 23)

/* SPSR_ELx (Arm ARM C5.2.18). */
#define PSTATE_SPX		1
#define PSTATE_DAIF		(0xf << 6)
#define PSTATE_BTYPE		(3 << 10)
#define PSTATE_IL		(1 << 20)
#define PSTATE_SS		(1 << 21)
#define ESR_EC_HVC64		0x16

	/* Held from entry to leave: only the list and the data are read from memory. */
	old_ttbr0 .req	x14		/* of the old kernel, for a rehearsal's end */
	old_ttbr1 .req	x15
	old_tcr	.req	x16
	old_sctlr .req	x17
	status	.req	x19		/* of a rehearsal */
	entry	.req	x20		/* the next kernel's first instruction */
	dtb	.req	x21
	conduit	.req	x22		/* FK_CONDUIT_* */
	leave	.req	x23		/* FK_LEAVE_* */
	sctlr	.req	x24		/* SCTLR_ELx, MMU off */
	list	.req	x25		/* next struct fk_copy */
	line	.req	x26		/* data cache line, bytes */
	old_vbar .req	x27
	el2_vbar .req	x28
	way_back .req	x29		/* into fk_reloc_enter, upper range */

	/* Go to \skip unless the field of ID register \reg at bit \field is set. */
	.macro	unless_feature reg, field, skip
	mrs	x9, \reg
	ubfx	x9, x9, #\field, #4
	cbz	x9, \skip
	.endm

	/* After a table base has changed: drop what was cached from the older tables. */
	.macro	flush_tlb
	tlbi	vmalle1
	dsb	nsh
	isb
	.endm

	/* A section of its own, so that it can be compared. */
	.section .fk_reloc_enter, "ax", %progbits
	.balign	16
	.globl	fk_reloc_enter
	.type	fk_reloc_enter, %function
/* x0: descriptor, in the upper range. Contract in reloc.h. x18 is left alone. */
fk_reloc_enter:
	hint	#34				// BTI C, where the module is guarded
	stp	x29, x30, [sp, #-112]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]

	ldp	x9, x10, [x0, #FK_DESC_TTBR_EMPTY]	// and TTBR0
	ldr	x11, [x0, #FK_DESC_TCR_ENTER]
	ldp	x12, x13, [x0, #FK_DESC_PAGE]	// and SELF
	str	x9, [sp, #96]
	mrs	old_ttbr0, ttbr0_el1
	mrs	old_ttbr1, ttbr1_el1
	mrs	old_tcr, tcr_el1
	mrs	old_sctlr, sctlr_el1
	mrs	old_vbar, vbar_el1
	adr	way_back, .Lback

	msr	ttbr0_el1, x9
	isb
	flush_tlb
	msr	tcr_el1, x11			// T0SZ may change: no walk can use it now
	isb
	msr	ttbr0_el1, x10
	isb
	mov	x0, x13
	br	x12

	/* The end of a rehearsal. MMU and vectors are the old kernel's again. */
.Lback:
	hint	#36				// BTI J
	ldr	x9, [sp, #96]
	msr	ttbr0_el1, x9
	isb
	flush_tlb
	msr	tcr_el1, old_tcr
	isb
	msr	ttbr0_el1, old_ttbr0
	isb
	mov	x0, status
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #112
	ret
	.size	fk_reloc_enter, . - fk_reloc_enter

	.section .fk_reloc, "a", %progbits
	.balign	FK_RELOC_VECTORS
	.globl	fk_reloc_start
	.type	fk_reloc_start, %object
/*
 * Entered at its identity address, MMU on. x0: descriptor, mapped to itself.
 */
fk_reloc_start:
	ldr	x9, [x0, #FK_DESC_TTBR_EMPTY]
	ldr	x10, [x0, #FK_DESC_TTBR1]
	ldp	x11, sctlr, [x0, #FK_DESC_TCR_COPY]
	ldp	list, line, [x0, #FK_DESC_LIST]
	ldp	entry, dtb, [x0, #FK_DESC_ENTRY]
	ldp	conduit, leave, [x0, #FK_DESC_CONDUIT]
	ldr	el2_vbar, [x0, #FK_DESC_VBAR_EL2]
	mov	status, xzr

	adr	x12, fk_vectors
	msr	vbar_el1, x12

	/*
	 * The old kernel's upper tables may be overwritten from here on: no walk
	 * may start in them, and nothing cached from them may be used.
	 */
	msr	ttbr1_el1, x9
	isb
	flush_tlb
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

	/*
	 * Plain pairs. The non-temporal ones are a hint that the data will not be
	 * used again, but it is: cleaned, line by line, just below.
	 */
.Lmove:
	ldp	x6, x7, [x1], #64
	ldp	x8, x9, [x1, #-48]
	ldp	x10, x11, [x1, #-32]
	ldp	x12, x13, [x1, #-16]
	stp	x6, x7, [x4], #64
	stp	x8, x9, [x4, #-48]
	stp	x10, x11, [x4, #-32]
	stp	x12, x13, [x4, #-16]
	cmp	x4, x5
	b.lo	.Lmove
	b	.Lclean

	/*
	 * DC ZVA writes one naturally aligned block of 4 << BS bytes, unless DZP
	 * says that it may not be used (Arm ARM D19.2, DCZID_EL0). Lengths are
	 * multiples of 64 bytes, so larger blocks do not always fit.
	 */
.Lzero:
	mrs	x6, dczid_el0
	tbnz	x6, #4, .Lzero_pairs		// DZP
	and	x6, x6, #0xf			// BS
	mov	x7, #4
	lsl	x6, x7, x6
	sub	x7, x6, #1
	orr	x8, x0, x2
	tst	x8, x7
	b.ne	.Lzero_pairs
.Lzero_block:
	dc	zva, x4
	add	x4, x4, x6
	cmp	x4, x5
	b.lo	.Lzero_block
	b	.Lclean
.Lzero_pairs:
	stp	xzr, xzr, [x4]
	stp	xzr, xzr, [x4, #16]
	stp	xzr, xzr, [x4, #32]
	stp	xzr, xzr, [x4, #48]
	add	x4, x4, #64
	cmp	x4, x5
	b.lo	.Lzero_pairs

	/*
	 * The next kernel reads this with caches off. Clean and invalidate, because
	 * Cortex-A53 errata 819472, 824069, 826319 and 827319 ask for both, and so
	 * that the next kernel later hits no stale line.
	 * No barrier here: one DSB at the end completes all of it.
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
	flush_tlb
	tbnz	leave, #FK_LEAVE_RETURN_BIT, .Lreturn
	tbz	leave, #FK_LEAVE_HVC_BIT, .Lleave
	hvc	#0				// to our own slot at EL2, below
	b	.

	/* MMU off, at the level where the next kernel starts. */
.Lleave:
	bl	.Lquiet_el1
	mrs	x9, currentel
	cmp	x9, #(2 << 2)
	b.eq	.Lleave_el2
.Lgo:
	mov	x0, dtb
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	br	entry

	/* At EL2 with E2H set these names reach EL2's registers, otherwise EL1's. */
.Lquiet_el1:
	msr	cntv_ctl_el0, xzr
	tbz	leave, #FK_LEAVE_TCR2_BIT, .Lno_tcr2
	msr	TCR2_EL1, xzr
.Lno_tcr2:
	tbz	leave, #FK_LEAVE_GCS_BIT, .Lno_gcs
	msr	GCSCR_EL1, xzr
	msr	GCSCRE0_EL1, xzr
.Lno_gcs:
	isb
	ret

	/*
	 * EL2 as firmware leaves it, so that a program that knows nothing of VHE
	 * can start here. HCR_EL2 is written between a DSB and an ISB (AmpereOne
	 * erratum AC04_CPU_23). Some CPUs cannot clear E2H, and not all of them say
	 * so in E2H0. The test: while E2H is set, FAR_EL1 and FAR_EL2 are one register.
	 */
.Lleave_el2:
	unless_feature id_aa64mmfr1_el1, MMFR1_VH, .Lno_vhe
	msr	CNTHV_CTL_EL2, xzr
.Lno_vhe:
	msr	cnthp_ctl_el2, xzr
	mrs	x9, ID_AA64MMFR4_EL1
	sbfx	x9, x9, #MMFR4_E2H0, #4
	mov	x10, #HCR_RW
	movk	x10, #HCR_API_APK_HI, lsl #32
	movk	x10, #HCR_ATA_HI, lsl #48
	tbnz	x9, #63, .Lonly_vhe
	dsb	nsh
	msr	hcr_el2, x10
	isb
	mov	x11, #1
	msr	far_el1, x11
	isb
	mov	x11, #2
	msr	far_el2, x11
	isb
	mrs	x11, far_el1
	cmp	x11, #2
	b.ne	.Le2h_clear
.Lonly_vhe:
	orr	x10, x10, #HCR_E2H
	dsb	nsh
	msr	hcr_el2, x10
	isb
	/* What .Le2h_clear does to EL1's own, by the names that reach it here. */
	msr	CNTV_CTL_EL02, xzr
	msr	CNTP_CTL_EL02, xzr
	msr	SCTLR_EL12, sctlr
	tbz	leave, #FK_LEAVE_TCR2_BIT, .Lno_tcr2_el12
	msr	TCR2_EL12, xzr
.Lno_tcr2_el12:
	tbz	leave, #FK_LEAVE_GCS_BIT, .Lany_layout
	msr	GCSCR_EL12, xzr
	b	.Lany_layout

.Le2h_clear:
	/* With E2H clear, EL1's own registers: they may hold a guest's values. */
	bl	.Lquiet_el1
	msr	cntp_ctl_el0, xzr
	msr	sctlr_el1, sctlr

	and	x9, sctlr, #FK_SCTLR_EE
	movz	x10, #(SCTLR_EL2_OFF & 0xffff)
	movk	x10, #(SCTLR_EL2_OFF >> 16), lsl #16
	orr	x10, x10, x9
	msr	sctlr_el2, x10
	movz	x10, #(TCR_EL2_RES1 >> 16), lsl #16
	msr	tcr_el2, x10

	tbz	leave, #FK_LEAVE_TCR2_BIT, .Lno_tcr2_el2
	msr	TCR2_EL2, xzr
.Lno_tcr2_el2:
	tbz	leave, #FK_LEAVE_GCS_BIT, .Lno_gcs_el2
	msr	GCSCR_EL2, xzr
.Lno_gcs_el2:
	mov	x10, #CPTR_EL2_RES1
	unless_feature id_aa64pfr0_el1, PFR0_SVE, .Lno_sve
	bic	x10, x10, #CPTR_EL2_TZ
.Lno_sve:
	unless_feature id_aa64pfr1_el1, PFR1_SME, .Lno_sme
	bic	x10, x10, #CPTR_EL2_TSM
.Lno_sme:
	msr	cptr_el2, x10

	mov	x10, #CNTHCTL_EL1PC
	msr	cnthctl_el2, x10

	/* Registers that do not change with E2H. */
.Lany_layout:
	msr	cntvoff_el2, xzr
	msr	hstr_el2, xzr
	tbz	leave, #FK_LEAVE_HCX_BIT, .Lno_hcx
	msr	HCRX_EL2, xzr
.Lno_hcx:
	/* All event counters for EL1, no traps. PMUVer 0xf is not a PMUv3. */
	mov	x10, xzr
	unless_feature id_aa64dfr0_el1, DFR0_PMUVER, .Lno_pmu
	cmp	x9, #0xf
	b.eq	.Lno_pmu
	mrs	x10, pmcr_el0
	ubfx	x10, x10, #11, #5		// PMCR_EL0.N to MDCR_EL2.HPMN
.Lno_pmu:
	msr	mdcr_el2, x10
	isb
	tlbi	alle2
	tlbi	alle1
	dsb	nsh
	isb
	b	.Lgo

	/*
	 * The end of a rehearsal, or a fault in one: through EL2 first, where the
	 * old vectors come back; then the old kernel's upper range, its MMU and
	 * its vectors. The lower range stays ours until nothing runs in it. Does
	 * the same whether the MMU is on or off.
	 */
.Lfault:
	mrs	status, esr_el1
	orr	status, status, #FK_RELOC_FAULT
	/*
	 * The exception changed more of PSTATE than its masks (TCO, PAN, SSBS, ...):
	 * ERET brings that back. At this level, on its own stack, masked.
	 */
	mrs	x9, spsr_el1
	mrs	x10, currentel
	orr	x10, x10, #PSTATE_SPX
	bfi	x9, x10, #0, #5			// M
	orr	x9, x9, #PSTATE_DAIF
	and	x9, x9, #~PSTATE_BTYPE
	and	x9, x9, #~(PSTATE_IL | PSTATE_SS)
	msr	spsr_el1, x9
	adr	x9, .Lreturn
	msr	elr_el1, x9
	eret
.Lreturn:
	tbz	leave, #FK_LEAVE_HVC_BIT, .Lresume
	hvc	#0
.Lresume:
	mrs	x9, tcr_el1
	orr	x9, x9, #TCR_EPD1		// no upper range between ours and theirs
	msr	tcr_el1, x9
	isb
	flush_tlb
	msr	ttbr1_el1, old_ttbr1
	isb
	bic	x9, x9, #TCR_EPD1
	msr	tcr_el1, x9
	ic	iallu
	dsb	nsh
	isb
	msr	sctlr_el1, old_sctlr
	isb
	msr	vbar_el1, old_vbar
	isb
	br	way_back

	/*
	 * A fault. A rehearsal unwinds; a jump restarts the machine by PSCI instead of
	 * hanging. At EL2 after our HVC nothing can be unwound, so it restarts, too.
	 */
.Lreset:
	tbz	leave, #FK_LEAVE_RETURN_BIT, .Lrestart
	tbz	leave, #FK_LEAVE_HVC_BIT, .Lfault
	mrs	x9, currentel
	cmp	x9, #(2 << 2)
	b.ne	.Lfault
.Lrestart:
	movz	w0, #0x0009			// SYSTEM_RESET, 0x84000009
	movk	w0, #0x8400, lsl #16
	cbz	conduit, .Lreset_hvc
	smc	#0
	b	.
.Lreset_hvc:
	hvc	#0
	b	.

	/* A call from EL1: only our own HVC is answered; anything else stops here. */
.Lcall:
	mrs	x9, esr_el2
	lsr	x9, x9, #26
	cmp	x9, #ESR_EC_HVC64
	b.ne	.
	tbz	leave, #FK_LEAVE_RETURN_BIT, .Lleave
	msr	vbar_el2, el2_vbar
	isb
	eret

	.globl	fk_reloc_read_vbar
fk_reloc_read_vbar:
	mrs	x0, vbar_el2
	eret

	/*
	 * One table, VBAR_EL1 and VBAR_EL2 alike, at a fixed offset: the PC alone
	 * tells what happened. Slots that must never fire spin on themselves.
	 * .org fails the build if the code above reaches into it.
	 */
	.org	fk_reloc_start + FK_RELOC_VECTORS
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
	.org	fk_reloc_start + FK_RELOC_SIZE
	.size	fk_reloc_start, . - fk_reloc_start
