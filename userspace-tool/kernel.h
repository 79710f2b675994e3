/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The next kernel, out of a file of any format.
 */
#ifndef FASTKEXEC_KERNEL_H
#define FASTKEXEC_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"

/* How many formats may be packed into each other. More would only cost time. */
#define KERNEL_MAX_DEPTH	3

struct format;

/**
 * struct kernel - a kernel that is ready to be placed
 * @path: file it came from, for messages; not owned
 * @memory: bytes of memory in this machine; nothing may claim to be larger
 * @contents: the bytes that go to memory, first instruction first; owned
 * @format: the formats it came in, outermost first
 * @depth: how many they are
 * @text_offset: distance of the first byte from a 2 MiB boundary, in bytes, less
 *	than 2 MiB
 * @memsz: bytes that it needs from its first byte on, at least the contents
 * @granule: page size that it was built for, in bytes; 0 if it does not say
 * @big_endian: whether it was built big-endian
 */
struct kernel {
	const char *path;
	uint64_t memory;
	struct blob contents;
	const struct format *format[KERNEL_MAX_DEPTH];
	unsigned int depth;
	uint64_t text_offset;
	uint64_t memsz;
	uint32_t granule;
	bool big_endian;
};

/**
 * kernel_open() - read, unpack and understand a kernel
 * @kernel: takes it; needs kernel_close() after success
 * @path: which file; must stay valid as long as @kernel
 * @memory: bytes of memory in this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int kernel_open(struct kernel *kernel, const char *path, uint64_t memory);

/**
 * kernel_check_cpu() - whether this CPU can run it
 * @kernel: as opened
 * @info: what the module says of this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int kernel_check_cpu(const struct kernel *kernel, const struct fastkexec_info *info);

/**
 * kernel_release() - which Linux is it?
 * @kernel: as opened
 * @release: takes what uname(2) will call its release; empty if it does not say
 * @size: bytes at @release
 */
void kernel_release(const struct kernel *kernel, char *release, size_t size);

/**
 * kernel_close() - give the memory of a kernel back
 * @kernel: as opened, or all-zero
 */
void kernel_close(struct kernel *kernel);

#endif /* FASTKEXEC_KERNEL_H */
