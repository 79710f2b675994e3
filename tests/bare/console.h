/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the program says, and how it ends. Text goes to the PL011 of QEMU's virt
 * machine; arguments and the exit status go by semihosting.
 */
#ifndef BARE_CONSOLE_H
#define BARE_CONSOLE_H

#include "core/types.h"
#include "random.h"

/**
 * say() - print to the console
 * @format: %s, %u (unsigned long) and %x (unsigned long, with 0x) are known
 */
void say(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

/**
 * argument() - value of NAME=VALUE on the command line
 * @name: NAME
 *
 * Return: VALUE up to the next space, in a buffer that the next call reuses; NULL
 * without one.
 */
const char *argument(const char *name);

/**
 * argument_number() - the same, as a number
 * @name: NAME
 * @fallback: what it is if not given
 *
 * Return: VALUE read as hexadecimal after 0x, as decimal otherwise.
 */
u64 argument_number(const char *name, u64 fallback);

/**
 * finish() - end QEMU
 * @status: its exit status
 */
void finish(int status) __attribute__((__noreturn__));

/**
 * fail() - say what failed, and with which seed, and end with status 1
 * @format: as for say()
 */
#define fail(format, ...) do {							\
	say("FAIL (seed %lu): " format "\n", random_current_seed(), ##__VA_ARGS__);	\
	finish(1);								\
} while (0)

static inline bool is_same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

#endif /* BARE_CONSOLE_H */
