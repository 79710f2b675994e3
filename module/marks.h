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

/* A command that is measured begins and ends (tests/guest/extra/measure.c). */
#define FK_MARK_NR_BEGIN	3
#define FK_MARK_NR_END		4

/* A command that does not come back begins: the way down (measure.c). */
#define FK_MARK_NR_DOWN		5

/* Bus masters are quiet; the image is as it was loaded; the other CPUs are off. */
#define FK_MARK_NR_QUIET	6
#define FK_MARK_NR_VERIFIED	7
#define FK_MARK_NR_CPUS_OFF	8

/* A service of the next kernel has answered (measure.c). */
#define FK_MARK_NR_ANSWERS	9

/* Mark a place, which is the last part of a name above. */
#define FK_MARK_PLACE(place) \
	({ asm volatile("movz xzr, %0" : : "i" (FK_MARK + FK_MARK_NR_##place)); })

#endif /* FK_MARKS_H */
