/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device tree that the next kernel is given.
 */
#ifndef FASTKEXEC_DTB_H
#define FASTKEXEC_DTB_H

#include <stdbool.h>
#include <stdint.h>

#include "blob.h"
#include "calls.h"
#include "dtb_efi.h"
#include "dtb_overlay.h"

/* The running kernel's own, where it has not changed it while it booted. */
#define DTB_RUNNING	"/sys/firmware/fdt"

/**
 * struct dtb_seeds - random bytes that the next kernel is given
 * @kaslr: kaslr-seed: where it lies in virtual memory comes from it
 * @rng: rng-seed: its random number generator begins with it
 */
struct dtb_seeds {
	uint8_t kaslr[8];
	uint8_t rng[64];
};

/**
 * struct dtb_request - what the tree is made from; no tree of it is cut (dtb_later.h)
 * @source: the tree to begin with
 * @source_name: its name for messages
 * @firmware: NULL if @source is the running kernel's tree. Else that tree, empty if
 *	the running kernel does not show it: what EFI said is copied from it, and
 *	@source must say where memory is, unless EFI does
 * @base: with a @firmware that is not empty: what is about this machine comes from it
 *	(dtb_base.h)
 * @overlays: what to apply to the tree before it is edited; NULL: nothing
 * @bootargs: command line; NULL keeps the one in @source, if there is one
 * @initrd: whether there will be an initrd
 * @dom0_cmdline: command line of Xen's first guest, whose the initrd is then; NULL: there
 *	is none
 * @later: leave room for dtb_later_cut() or dtb_efi_put()
 * @seeds: fresh random bytes
 * @keeps: what the next kernel must not touch
 */
struct dtb_request {
	const struct blob *source;
	const char *source_name;
	const struct blob *firmware;
	bool base;
	const struct dtb_overlays *overlays;
	const char *bootargs;
	bool initrd;
	const char *dom0_cmdline;
	bool later;
	const struct dtb_seeds *seeds;
	const struct calls_keeps *keeps;
};

/**
 * dtb_build() - make the tree
 * @tree: takes it: packed, with room for a few more properties, of at most
 *	2 MiB; with an initrd, zeroes where dtb_set_initrd() puts addresses
 * @request: from what
 *
 * Return: 0, or -1 after having said what was wrong
 */
int dtb_build(struct blob *tree, const struct dtb_request *request);

/**
 * dtb_edit() - the part of dtb_build() that edits
 * @tree: a copy of the source, as fdt_open_into() left it
 * @request: with a source that fdt_check_full() found right
 *
 * Return: 0, or a negative FDT_ERR_*; then @tree is of no use
 */
int dtb_edit(void *tree, const struct dtb_request *request);

/**
 * dtb_set_initrd() - say where the initrd lies
 * @tree: as made by dtb_build(), with an initrd
 * @start: its physical address
 * @size: its bytes, without padding
 */
void dtb_set_initrd(struct blob *tree, uint64_t start, uint64_t size);

/**
 * dtb_bootargs() - the command line in a tree
 * @tree: as made by dtb_build()
 *
 * Return: the command line, in @tree; empty if it has none
 */
const char *dtb_bootargs(const struct blob *tree);

#endif /* FASTKEXEC_DTB_H */
