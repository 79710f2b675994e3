// SPDX-License-Identifier: GPL-2.0
/*
 * usage: streaming   keeps CPU 0 busy in streaming SVE mode, in the background
 *
 * Comes back once it is there; exit status 1 if this machine has no SME, 2 if CPU 0
 * cannot be had.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <unistd.h>

#ifndef HWCAP2_SME
#define HWCAP2_SME	(1UL << 23)
#endif

int main(void)
{
	cpu_set_t cpus;
	uint64_t mode;
	int up[2];
	char byte;

	if (!(getauxval(AT_HWCAP2) & HWCAP2_SME)) {
		fputs("streaming: no SME\n", stderr);
		return 1;
	}
	CPU_ZERO(&cpus);
	CPU_SET(0, &cpus);
	if (pipe(up))
		return 2;
	if (fork())
		return read(up[0], &byte, 1) == 1 ? 0 : 2;

	if (sched_setaffinity(0, sizeof(cpus), &cpus) || write(up[1], "", 1) != 1)
		return 2;
	/* SMSTART; then look at SVCR, which makes the loop one that stays there. */
	for (;;)
		asm volatile(".inst 0xd503477f\n\tmrs %0, s3_3_c4_c2_2" : "=r" (mode) : : "memory");
}
