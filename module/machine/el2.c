// SPDX-License-Identifier: GPL-2.0
/*
 * Calls to EL2. Contracts in el2.h. The numbers are those of the arm64 hyp stub
 * and have not changed since 4.12.
 */
#include <linux/compiler.h>

#include "el2.h"

#define HVC_SET_VECTORS		0
#define HVC_SOFT_RESTART	1
#define HVC_RESET_VECTORS	2
#define HVC_NO_SUCH_CALL	0xbad0
#define HVC_STUB_ERR		0xbadca11
#define SMCCC_NOT_SUPPORTED	(-1L)

/* SMCCC 1.0 lets the callee change x4 to x17, so all are given and all are lost. */
static noinline long call_el2(unsigned long number, unsigned long arg)
{
	register unsigned long x0 asm("x0") = number;
	register unsigned long x1 asm("x1") = arg;
	register unsigned long x2 asm("x2") = 0;
	register unsigned long x3 asm("x3") = 0;

	asm volatile("hvc #0"
		     : "+r" (x0), "+r" (x1), "+r" (x2), "+r" (x3)
		     :
		     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14",
		       "x15", "x16", "x17", "memory");
	return x0;
}

/*
 * The stub knows no call 0xbad0 and says so in its own words; asked to set its
 * vectors it would do it, so that question comes second and only to those who
 * are no stub.
 */
enum fk_el2_owner fk_el2_owner(void)
{
	long answer = call_el2(HVC_NO_SUCH_CALL, 0);

	if (answer == HVC_STUB_ERR)
		return FK_EL2_STUB;
	if (answer != SMCCC_NOT_SUPPORTED)
		return FK_EL2_FOREIGN;

	answer = call_el2(HVC_SET_VECTORS, 0);
	if (answer == HVC_STUB_ERR)
		return FK_EL2_KVM;
	return answer == SMCCC_NOT_SUPPORTED ? FK_EL2_PROTECTED : FK_EL2_FOREIGN;
}

bool fk_el2_take(u64 vectors_pa)
{
	call_el2(HVC_RESET_VECTORS, 0);
	if (call_el2(HVC_NO_SUCH_CALL, 0) != HVC_STUB_ERR)
		return false;
	call_el2(HVC_SET_VECTORS, vectors_pa);
	return true;
}

u64 fk_el2_read_vbar(u64 reader_pa)
{
	return call_el2(HVC_SOFT_RESTART, reader_pa);
}
