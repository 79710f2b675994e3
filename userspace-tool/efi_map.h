/* SPDX-License-Identifier: GPL-2.0 */
/*
 * EFI's memory map: an array of descriptors (UEFI 2.10, 7.2.3), of which some may be of
 * memory for later (FASTKEXEC_EFI_LATER).
 */
#ifndef FASTKEXEC_EFI_MAP_H
#define FASTKEXEC_EFI_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dtb_memory.h"

/**
 * struct efi_map - a map; all zero holds nothing
 * @bytes: of the descriptors, in the CPU's byte order
 * @size: how many bytes
 * @step: from one descriptor to the next; at least sizeof(struct efi_memory)
 */
struct efi_map {
	uint8_t *bytes;
	size_t size;
	uint32_t step;
};

/**
 * struct efi_memory - what a descriptor begins with
 * @type: EFI_MEMORY_TYPE
 * @reserved: padding
 * @start: first byte, physical
 * @virtual: where runtime services have it; of no meaning without EFI_MEMORY_RUNTIME
 * @pages: of 4 KB
 * @attributes: EFI_MEMORY_*
 */
struct efi_memory {
	uint32_t type;
	uint32_t reserved;
	uint64_t start;
	uint64_t virtual;
	uint64_t pages;
	uint64_t attributes;
};

/**
 * efi_map_get() - a descriptor
 * @map: the map
 * @i: which
 * @memory: takes it
 *
 * Return: false if there are no more, or it reaches past the end of addresses
 */
bool efi_map_get(const struct efi_map *map, size_t i, struct efi_memory *memory);

/**
 * efi_map_is_right() - can all of it be understood?
 * @map: as it came
 *
 * Return: whether it is of whole descriptors, all of which efi_map_get() gets, and of whole
 * pages
 */
bool efi_map_is_right(const struct efi_map *map);

/**
 * efi_map_range() - where that is
 * @memory: of a map
 *
 * Return: the range
 */
struct dtb_range efi_map_range(const struct efi_memory *memory);

/**
 * efi_map_add() - one descriptor more, after the last
 * @map: with memory for it
 * @memory: what it begins with
 * @from: has the rest; a map of the same @step, whose memory may be that of @map
 * @i: in which descriptor
 */
void efi_map_add(struct efi_map *map, const struct efi_memory *memory,
		 const struct efi_map *from, size_t i);

/**
 * efi_map_is_memory() - does Linux take it for memory, used or not?
 * @memory: a descriptor
 *
 * Return: whether it does
 */
bool efi_map_is_memory(const struct efi_memory *memory);

/**
 * efi_map_is_usable() - does Linux use it, or may it?
 * @memory: a descriptor
 *
 * Return: whether it does: what is memory and not usable is mapped by nobody
 */
bool efi_map_is_usable(const struct efi_memory *memory);

/**
 * efi_map_is_free() - is it memory that nobody has a use for but Linux?
 * @memory: a descriptor
 *
 * Return: whether it is: EfiConventionalMemory, neither set aside for a special purpose nor
 * more reliable than other memory, which memory that is added never is
 */
bool efi_map_is_free(const struct efi_memory *memory);

/**
 * efi_map_is_later() - is it memory for later?
 * @memory: a descriptor
 *
 * Return: whether it is
 */
bool efi_map_is_later(const struct efi_memory *memory);

/**
 * efi_map_later_node() - the NUMA node of memory for later
 * @memory: a descriptor of such memory
 *
 * Return: its number
 */
unsigned int efi_map_later_node(const struct efi_memory *memory);

/**
 * efi_map_put_off() - make it memory for later
 * @memory: a descriptor of memory that is free
 * @node: its NUMA node, up to 65535
 */
void efi_map_put_off(struct efi_memory *memory, unsigned int node);

/**
 * efi_map_restore() - have no memory for later
 * @map: edited where it stands; what was one descriptor before it was cut is one again
 */
void efi_map_restore(struct efi_map *map);

/**
 * efi_map_later_bytes() - how much memory is for later
 * @map: the map
 *
 * Return: bytes
 */
uint64_t efi_map_later_bytes(const struct efi_map *map);

/**
 * efi_map_free() - give the memory back
 * @map: may hold nothing; holds nothing afterwards
 */
void efi_map_free(struct efi_map *map);

#endif /* FASTKEXEC_EFI_MAP_H */
