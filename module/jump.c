// SPDX-License-Identifier: GPL-2.0
/*
 * Leaving. Contract in jump.h.
 */
#include <linux/types.h>

#include "el2.h"
#include "jump.h"
#include "trace.h"

void fk_jump(const struct fk_descriptor *desc)
{
	u64 daif;

	asm volatile("mrs %0, daif\n\tmsr daifset, #0xf" : "=r" (daif) : : "memory");
	fk_trace_stop();
	if (!(desc->leave & FK_LEAVE_HVC) || fk_el2_take(desc->page + FK_TRAMP_VECTORS))
		fk_tramp_enter(desc);
	asm volatile("msr daif, %0" : : "r" (daif) : "memory");
}
