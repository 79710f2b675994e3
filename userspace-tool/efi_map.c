// SPDX-License-Identifier: GPL-2.0
#include "efi_map.h"

#include <stdlib.h>
#include <string.h>

#include <linux/fastkexec.h>

#define PAGE_SHIFT	12
#define CONVENTIONAL	7

/* Types that Linux uses: loader, boot services, conventional, ACPI reclaim, persistent. */
#define USABLE		(1U << 1 | 1U << 2 | 1U << 3 | 1U << 4 | 1U << CONVENTIONAL | 1U << 9 | \
			 1U << 14)

/* Attributes that Linux goes by: cached in some way; for a purpose of its own; services'. */
#define CACHED		0x000000000000000eULL
#define WRITE_BACK	0x0000000000000008ULL
#define MORE_RELIABLE	0x0000000000010000ULL
#define SPECIAL		0x0000000000040000ULL
#define RUNTIME		0x8000000000000000ULL

bool efi_map_get(const struct efi_map *map, size_t i, struct efi_memory *memory)
{
	if (map->step < sizeof(*memory) || i >= map->size / map->step)
		return false;
	memcpy(memory, map->bytes + i * map->step, sizeof(*memory));
	return memory->pages <= (UINT64_MAX - memory->start) >> PAGE_SHIFT;
}

bool efi_map_is_right(const struct efi_map *map)
{
	struct efi_memory memory;
	size_t i;

	for (i = 0; efi_map_get(map, i, &memory); i++)
		if (memory.start & ((1 << PAGE_SHIFT) - 1))
			return false;
	return i && map->size == i * map->step;
}

struct dtb_range efi_map_range(const struct efi_memory *memory)
{
	return (struct dtb_range){ memory->start, memory->start + (memory->pages << PAGE_SHIFT) };
}

void efi_map_add(struct efi_map *map, const struct efi_memory *memory,
		 const struct efi_map *from, size_t i)
{
	memmove(map->bytes + map->size, from->bytes + i * from->step, map->step);
	memcpy(map->bytes + map->size, memory, sizeof(*memory));
	map->size += map->step;
}

bool efi_map_is_memory(const struct efi_memory *memory)
{
	return memory->attributes & CACHED;
}

bool efi_map_is_usable(const struct efi_memory *memory)
{
	return memory->type < 32 && (USABLE & 1U << memory->type) &&
	       (memory->attributes & (WRITE_BACK | SPECIAL)) == WRITE_BACK;
}

bool efi_map_is_free(const struct efi_memory *memory)
{
	return memory->type == CONVENTIONAL && efi_map_is_usable(memory) &&
	       !(memory->attributes & (MORE_RELIABLE | RUNTIME));
}

bool efi_map_is_later(const struct efi_memory *memory)
{
	return (memory->type & ~FASTKEXEC_EFI_LATER_NODE) == FASTKEXEC_EFI_LATER &&
	       !memory->attributes;
}

unsigned int efi_map_later_node(const struct efi_memory *memory)
{
	return memory->type & FASTKEXEC_EFI_LATER_NODE;
}

void efi_map_put_off(struct efi_memory *memory, unsigned int node)
{
	memory->type = FASTKEXEC_EFI_LATER | node;
	memory->virtual = memory->attributes;
	memory->attributes = 0;
}

static void bring_back(struct efi_memory *memory)
{
	memory->type = CONVENTIONAL;
	memory->attributes = memory->virtual;
	memory->virtual = 0;
}

/* Whether @next goes on where @memory ends, and is the same. */
static bool continues(const struct efi_memory *memory, const struct efi_memory *next)
{
	return efi_map_is_free(memory) && efi_map_is_free(next) &&
	       memory->attributes == next->attributes &&
	       efi_map_range(memory).end == next->start;
}

void efi_map_restore(struct efi_map *map)
{
	struct efi_map whole = { .bytes = map->bytes, .step = map->step };
	struct efi_memory memory, last = { 0 };
	size_t i;

	for (i = 0; efi_map_get(map, i, &memory); i++) {
		if (efi_map_is_later(&memory))
			bring_back(&memory);
		if (continues(&last, &memory)) {
			last.pages += memory.pages;
			whole.size -= whole.step;
		} else {
			last = memory;
		}
		efi_map_add(&whole, &last, map, i);
	}
	map->size = whole.size;
}

uint64_t efi_map_later_bytes(const struct efi_map *map)
{
	struct efi_memory memory;
	uint64_t bytes = 0;
	size_t i;

	for (i = 0; efi_map_get(map, i, &memory); i++)
		if (efi_map_is_later(&memory))
			bytes += memory.pages << PAGE_SHIFT;
	return bytes;
}

void efi_map_free(struct efi_map *map)
{
	free(map->bytes);
	*map = (struct efi_map){ 0 };
}
