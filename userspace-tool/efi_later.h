/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Later memory in EFI's memory map: free memory that is given a type of ours, which Linux
 * does not take for memory, and the module of the next kernel finds.
 */
#ifndef FASTKEXEC_EFI_LATER_H
#define FASTKEXEC_EFI_LATER_H

#include <linux/fastkexec.h>

#include "efi_map.h"
#include "later_cut.h"
#include "ranges.h"

/**
 * struct efi_later_request - what stays for sure
 * @tree: the next kernel's device tree, checked: what it reserves
 * @pieces: what lies where
 * @nr: how many
 * @reserved: ranges that firmware or an earlier kernel may have a use for
 * @nodes: which NUMA node has what
 */
struct efi_later_request {
	const void *tree;
	const struct fastkexec_piece *pieces;
	unsigned int nr;
	const struct ranges *reserved;
	const struct ranges *nodes;
};

/**
 * efi_later_cut() - have EFI's map tell of a part of memory
 * @map: whole (efi_map_restore()); replaced by a longer one
 * @most: descriptors that it may have afterwards
 * @request: what stays
 * @later: says how much
 *
 * What is no whole unit of free memory stays, and the first and the last unit of each node,
 * as in dtb_later_cut(), and what is of no node that is known. Units become larger until the
 * holes are not too many. If nothing would come later, the map is left as it is.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int efi_later_cut(struct efi_map *map, size_t most, const struct efi_later_request *request,
		  struct later *later);

#endif /* FASTKEXEC_EFI_LATER_H */
