/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device tree that the next kernel is given.
 */
#ifndef FASTKEXEC_DTB_H
#define FASTKEXEC_DTB_H

#include <stdbool.h>
#include <stdint.h>

#include "blob.h"

#define DTB_KASLR_SEED_SIZE	8
#define DTB_RNG_SEED_SIZE	64

/**
 * struct dtb_request - what the tree is made from
 * @source: the tree to begin with
 * @source_name: its name for messages
 * @firmware: the running kernel's tree if @source is another one: what EFI told
 *	the running kernel is taken from there, and @source must know where
 *	memory is; an empty blob if the running kernel does not show its tree.
 *	Else NULL
 * @bootargs: command line; NULL: that of @source, if it has one
 * @initrd: whether there will be an initrd; with EFI there has to be one, as
 *	kernels from 6.1 on look for one in EFI's configuration tables if the
 *	tree names none, and find the running kernel's, whose memory was freed
 * @kaslr_seed: fresh random bytes
 * @rng_seed: fresh random bytes
 */
struct dtb_request {
	const struct blob *source;
	const char *source_name;
	const struct blob *firmware;
	const char *bootargs;
	bool initrd;
	uint8_t kaslr_seed[DTB_KASLR_SEED_SIZE];
	uint8_t rng_seed[DTB_RNG_SEED_SIZE];
};

/**
 * dtb_build() - make the tree
 * @tree: takes it: packed, with room for a few more properties, of at most
 *	2 MiB, and with zeroes where dtb_set_initrd() puts addresses
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
 * dtb_has_initrd() - whether the next kernel is to be told of an initrd
 * @tree: as made by dtb_build()
 *
 * Return: whether there was @initrd in the request, or EFI in the trees
 */
bool dtb_has_initrd(const struct blob *tree);

/**
 * dtb_set_initrd() - say where the initrd lies
 * @tree: of which dtb_has_initrd() is true
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
