/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A next kernel that starts with a part of memory, and is given the rest once it is up.
 */
#ifndef FASTKEXEC_BOOT_MEMORY_H
#define FASTKEXEC_BOOT_MEMORY_H

#include <stdint.h>

#include "blob.h"
#include "efi_map.h"
#include "layout.h"

/* With how much memory "auto" starts: enough for most services. Not measured. */
#define BOOT_MEMORY_AUTO	(4ULL << 30)

/**
 * boot_memory_parse() - what --boot-memory says
 * @text: bytes with a unit of K, M, G or T, or "auto"
 * @bytes: takes it: 512 MiB to 1 PiB
 *
 * Return: 0, or -1 if it is neither
 */
int boot_memory_parse(const char *text, uint64_t *bytes);

/**
 * boot_memory_check() - can the next kernel be given a part of memory alone?
 * @tree: its device tree
 *
 * Return: 0, or -1 after having said why not
 */
int boot_memory_check(const struct blob *tree);

/**
 * boot_memory_unit() - how large the memory blocks of a kernel are at most
 * @release: as uname(2) tells it; "" if it is not known
 * @page_size: bytes; 0: it does not say
 *
 * Sections have 1 GiB before 5.12, and since then 128 MiB, or 512 MiB with pages of 64 KB.
 *
 * Return: bytes
 */
uint64_t boot_memory_unit(const char *release, unsigned int page_size);

/**
 * boot_memory_limit() - have the next kernel start with a part of memory, by its device tree
 * @tree: its device tree, made with room for this (&struct dtb_request.later)
 * @layout: what lies where, all of it in memory that stays
 * @bytes: how much is to be left, at least
 * @unit: of the next kernel, as of boot_memory_unit()
 *
 * Return: 0, or -1 after having said what was wrong
 */
int boot_memory_limit(struct blob *tree, const struct layout *layout, uint64_t bytes,
		      uint64_t unit);

/**
 * boot_memory_limit_efi() - the same where EFI tells of memory
 * @tree: its device tree, made with room for this (&struct dtb_request.later); takes the map
 * @layout: what lies where, all of it in memory that stays
 * @map: the running kernel's; edited
 * @bytes: how much is to be left, at least; 0: all
 * @unit: of the next kernel, as of boot_memory_unit()
 *
 * Return: 0, or -1 after having said what was wrong
 */
int boot_memory_limit_efi(struct blob *tree, const struct layout *layout, struct efi_map *map,
			  uint64_t bytes, uint64_t unit);

#endif /* FASTKEXEC_BOOT_MEMORY_H */
