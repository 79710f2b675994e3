/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Units of a CPU that write to memory on their own: SPE and TRBE.
 */
#ifndef FK_TRACE_H
#define FK_TRACE_H

#include <linux/types.h>

/**
 * fk_trace_stop() - drain and disable this CPU's trace and profiling buffers
 *
 * Neither has a hook in the way down: an armed buffer goes on writing into what is
 * the next kernel's memory by then (Arm ARM D17.2 and D6.2). Exceptions masked.
 */
void fk_trace_stop(void);

/**
 * fk_trace_armed() - may one of them write now?
 *
 * Return: true if a buffer of the calling CPU that is ours is enabled.
 */
bool fk_trace_armed(void);

#endif /* FK_TRACE_H */
