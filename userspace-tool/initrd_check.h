/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is an initrd one? The next kernel finds out too late to say so.
 */
#ifndef FASTKEXEC_INITRD_CHECK_H
#define FASTKEXEC_INITRD_CHECK_H

#include <stdint.h>

#include "blob.h"

/**
 * struct initrd_facts - what an initrd is
 * @archives: how many archives it has, one behind the other
 * @packing: compression of the last one of them that has one; NULL if none has
 * @file_system: kind of the file system that it is an image of; NULL if it is none
 * @unpacked: bytes that it unpacks to
 * @bootconfig: bytes at its end that are boot configuration
 */
struct initrd_facts {
	unsigned int archives;
	const char *packing;
	const char *file_system;
	uint64_t unpacked;
	size_t bootconfig;
};

/**
 * initrd_check() - look at an initrd before it is believed
 * @initrd: its contents
 * @path: its name, for messages
 * @memory: bytes of memory in this machine; it may not unpack to more
 * @facts: takes what it is; may be NULL
 *
 * Archives (cpio, newc), each plain or in a compression that kernels know, may follow
 * one another, with zeroes between them; boot configuration may come last. All of it
 * is unpacked here, and thrown away, to see that it is whole. An image of a file
 * system is taken as it is.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_check(const struct blob *initrd, const char *path, uint64_t memory,
		 struct initrd_facts *facts);

/**
 * initrd_unpack() - check an initrd, and keep what it unpacks to
 * @initrd: its contents; replaced by plain archives, boot configuration left out. An
 *	image of a file system stays, and so does what unpacks to more than @most.
 * @path: its name, for messages
 * @memory: bytes of memory in this machine; it may not unpack to more
 * @most: bytes that are kept
 * @facts: takes what it was; may be NULL
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_unpack(struct blob *initrd, const char *path, uint64_t memory, uint64_t most,
		  struct initrd_facts *facts);

/**
 * initrd_bootconfig() - how much of it is boot configuration
 * @initrd: its contents, unchecked
 *
 * Return: bytes at its end: text, size, sum and magic, with what pads them
 */
size_t initrd_bootconfig(const struct blob *initrd);

#endif /* FASTKEXEC_INITRD_CHECK_H */
