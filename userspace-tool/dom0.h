/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel that Xen starts first: a module of Xen's.
 */
#ifndef FASTKEXEC_DOM0_H
#define FASTKEXEC_DOM0_H

#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"

/**
 * struct dom0 - a kernel for Xen's first guest; all-zero is none
 * @path: its file; owned
 * @cmdline: its command line, in @path's memory
 * @image: the Image, unpacked
 */
struct dom0 {
	char *path;
	const char *cmdline;
	struct blob image;
};

/**
 * dom0_read() - read a kernel for Xen
 * @dom0: takes it; needs dom0_free() after success
 * @words: file, and behind the first space its command line
 * @info: what the module says of this machine
 * @memory: bytes of memory in this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int dom0_read(struct dom0 *dom0, const char *words, const struct fastkexec_info *info,
	      uint64_t memory);

/**
 * dom0_free() - give the memory back
 * @dom0: as read, or all-zero; is all-zero afterwards
 */
void dom0_free(struct dom0 *dom0);

#endif /* FASTKEXEC_DOM0_H */
