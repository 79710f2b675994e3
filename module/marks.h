/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Instructions that do nothing and mark a place: benchmarks that watch the CPU count
 * from there. Read by the module and by tests/bench.
 */
#ifndef FK_MARKS_H
#define FK_MARKS_H

/* Mark n, of 16, is MOVZ XZR, #(FK_MARK + n). */
#define FK_MARK			0xf4e0

/* The shutdown stage of a restart has come, of ours and of others alike. */
#define FK_MARK_NR_SHUTDOWN	1

/* The first program of a guest has begun (tests/guest/init.c). */
#define FK_MARK_NR_INIT		2

#define FK_MARK_SHUTDOWN() \
	({ asm volatile("movz xzr, %0" : : "i" (FK_MARK + FK_MARK_NR_SHUTDOWN)); })

#endif /* FK_MARKS_H */
