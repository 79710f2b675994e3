/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a device tree says of memory: where it is (memory nodes), and what of it is not
 * to be used (/memreserve/, /reserved-memory).
 */
#ifndef FASTKEXEC_DTB_MEMORY_H
#define FASTKEXEC_DTB_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"

/**
 * struct dtb_range - a range of physical memory, half-open
 * @start: first byte
 * @end: past the last one; no more than @start if it is empty
 */
struct dtb_range {
	uint64_t start;
	uint64_t end;
};

/**
 * dtb_memory_is() - is a node one of memory that the kernel takes?
 * @tree: checked by fdt_check_full()
 * @node: below the root
 *
 * Return: whether it is
 */
bool dtb_memory_is(const void *tree, int node);

/**
 * dtb_memory_range() - a range of a memory node
 * @tree: checked by fdt_check_full()
 * @node: the node
 * @name: of the property, of the form of "reg"
 * @i: which range
 * @range: takes it
 *
 * Return: false if there are no more, or they cannot be understood
 */
bool dtb_memory_range(const void *tree, int node, const char *name, int i,
		      struct dtb_range *range);

/**
 * dtb_memory_is_wanted() - does a tree want to have memory there from the start?
 * @tree: checked by fdt_check_full()
 * @range: where
 *
 * Return: whether something there is reserved, or may be taken for a reserved region that
 * has no place yet
 */
bool dtb_memory_is_wanted(const void *tree, const struct dtb_range *range);

/**
 * dtb_memory_any() - does a tree say where any memory is?
 * @tree: checked by fdt_check_full()
 *
 * Return: whether a memory node has a range that is not empty
 */
bool dtb_memory_any(const void *tree);

/**
 * dtb_memory_check() - may the next kernel use the memory that it will lie in?
 * @tree: the finished tree
 * @path: its name, for messages
 * @pieces: what lies where
 * @nr: how many
 *
 * The module knows the running kernel's map, and a tree from a file has a map of its
 * own. Where the EFI stub wrote to the tree, the next kernel takes EFI's map and no
 * memory node counts.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int dtb_memory_check(const struct blob *tree, const char *path,
		     const struct fastkexec_piece pieces[], unsigned int nr);

#endif /* FASTKEXEC_DTB_MEMORY_H */
