/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all fuzzers share: the input, and a check that aborts, which is what libFuzzer takes
 * for a crash.
 */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* The input, from front to back. */
struct input {
	const uint8_t *at;
	const uint8_t *end;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* FUZZ_INPUT_H */
