/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What EFI said, in a device tree: the kernel's EFI stub writes it to /chosen (Linux,
 * Documentation/arch/arm/uefi.rst).
 */
#ifndef FASTKEXEC_DTB_EFI_H
#define FASTKEXEC_DTB_EFI_H

#include <stdbool.h>
#include <stddef.h>

#include "blob.h"
#include "efi_map.h"

/* Descriptors that a map may have more than it came with. */
#define DTB_EFI_MORE	512

/**
 * dtb_is_efi() - whether a machine was booted through EFI
 * @tree: its device tree, unchecked; may be empty
 *
 * Return: whether the EFI stub wrote to it; false if it is damaged
 */
bool dtb_is_efi(const struct blob *tree);

/**
 * dtb_efi_copy() - what EFI said goes to another tree
 * @tree: takes it, with room
 * @chosen: its node /chosen
 * @firmware: has it
 *
 * Of a map from dtb_efi_put() it is told alone that there is one: dtb_efi_has_map().
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_efi_copy(void *tree, int chosen, const void *firmware);

/**
 * dtb_efi_has_map() - does a tree hold a memory map itself?
 * @tree: checked
 *
 * Return: whether it has one from dtb_efi_put()
 */
bool dtb_efi_has_map(const struct blob *tree);

/**
 * dtb_efi_map() - the memory map that a tree holds
 * @tree: checked
 * @map: takes it, its bytes the tree's
 *
 * Return: false if it holds none
 */
bool dtb_efi_map(const void *tree, struct efi_map *map);

/**
 * dtb_efi_room() - how much a tree may grow by dtb_efi_put()
 * @tree: checked, of a machine that was booted through EFI
 *
 * Return: bytes; 0 if the tree does not say how large EFI's memory map is, or it is too large
 */
size_t dtb_efi_room(const void *tree);

/**
 * dtb_efi_put() - have the next kernel take its memory map from the tree
 * @tree: with room for it; whatever changes where its properties lie comes before
 * @map: the map
 * @address_pa: where the tree will lie, a multiple of 8
 *
 * The kernel reserves the pages of its tree for good, and those of the map.
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_efi_put(struct blob *tree, const struct efi_map *map, uint64_t address_pa);

#endif /* FASTKEXEC_DTB_EFI_H */
