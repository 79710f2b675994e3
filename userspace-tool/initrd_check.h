/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is an initrd one? The next kernel finds out too late to say so.
 */
#ifndef FASTKEXEC_INITRD_CHECK_H
#define FASTKEXEC_INITRD_CHECK_H

#include <stdint.h>

#include "blob.h"

/**
 * initrd_check() - look at an initrd before it is believed
 * @initrd: its contents
 * @path: its name, for messages
 * @memory: bytes of memory in this machine; it may not unpack to more
 *
 * Archives (cpio, newc), each plain or in a compression that kernels know, may follow
 * one another, with zeroes between them; boot configuration may come last. All of it
 * is unpacked here, and thrown away, to see that it is whole. An image of a file
 * system is taken as it is.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_check(const struct blob *initrd, const char *path, uint64_t memory);

#endif /* FASTKEXEC_INITRD_CHECK_H */
