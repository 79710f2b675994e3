/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the next kernel is booted with, gathered and ready to be placed.
 */
#ifndef FASTKEXEC_BOOT_H
#define FASTKEXEC_BOOT_H

#include <linux/fastkexec.h>

#include "blob.h"
#include "dom0.h"
#include "dtb.h"
#include "kernel.h"
#include "load_options.h"

/**
 * struct boot - everything that the next kernel is given; all-zero holds nothing
 * @kernel: the kernel
 * @initrd: the initrd; empty if there is none
 * @initrd_rest: open if @initrd has a size and no contents yet: its file
 * @initrd_memory: what it may unpack to when it is read and looked at; 0: it is not
 *	looked at
 * @dom0: the kernel of Xen's first guest, if there is one
 * @cmdline: the command line; NULL: the one in the tree of --dtb stays
 * @seeds: random bytes that nothing else has used
 * @dtb: the device tree, with zeroes where the initrd's place goes
 * @dtb_at: whether the device tree goes to @dtb_at_pa alone
 * @dtb_at_pa: with @dtb_at: physical
 * @dtb_name: file that the user chose it from; NULL: it comes from the running kernel
 */
struct boot {
	struct kernel kernel;
	struct blob initrd;
	struct source initrd_rest;
	uint64_t initrd_memory;
	struct dom0 dom0;
	char *cmdline;
	struct dtb_seeds seeds;
	struct blob dtb;
	bool dtb_at;
	uint64_t dtb_at_pa;
	const char *dtb_name;
};

/**
 * boot_gather() - read the files, and make what has to be made
 * @boot: takes everything; needs boot_free() after success
 * @options: what the user asked for; its strings must stay valid as long as @boot
 * @info: what the module says of this machine
 * @keeps: what the module says that the next kernel must not touch
 *
 * Nothing is placed and the module is not asked: this can be done to check, too. What can
 * be read straight to where it will run stays in its file: see fill.h.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int boot_gather(struct boot *boot, const struct load_options *options,
		const struct fastkexec_info *info, const struct calls_keeps *keeps);

/**
 * boot_free() - give the memory back
 * @boot: as gathered, or all-zero; holds nothing afterwards
 */
void boot_free(struct boot *boot);

#endif /* FASTKEXEC_BOOT_H */
