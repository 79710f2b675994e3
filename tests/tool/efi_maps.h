/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Making memory maps of EFI's, right and wrong, and telling what is in one.
 */
#ifndef FASTKEXEC_EFI_MAPS_H
#define FASTKEXEC_EFI_MAPS_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "efi_map.h"

#define GB		(1ULL << 30)

/* Types, and attributes, of UEFI 2.10, 7.2. */
#define EFI_BOOT_DATA	4
#define EFI_SERVICES	6
#define EFI_FREE	7
#define EFI_DEVICES	11
#define EFI_PERSISTENT	14
#define EFI_UNCACHED	0x1ULL
#define EFI_CACHED	0xfULL
#define EFI_RELIABLE	0x10000ULL
#define EFI_SPECIAL	0x40000ULL
#define EFI_CRYPTO	0x80000ULL
#define EFI_RUNTIME	0x8000000000000000ULL

/* One more of @map, which has room for it. What is past the beginning differs in each. */
static inline void put_descriptor(struct efi_map *map, uint32_t type, uint64_t start,
				  uint64_t end, uint64_t attributes)
{
	const struct efi_memory memory = {
		.type = type,
		.start = start,
		.virtual = type == EFI_FREE ? 0 : start + 0x1000,
		.pages = (end - start) >> 12,
		.attributes = attributes,
	};

	memset(map->bytes + map->size, 0x10 + map->size / map->step, map->step);
	memcpy(map->bytes + map->size, &memory, sizeof(memory));
	map->size += map->step;
}

static inline size_t put_address(char *text, size_t room, uint64_t address)
{
	return address % GB ? snprintf(text, room, "%#llx", (unsigned long long)address) :
			      snprintf(text, room, "%llu", (unsigned long long)(address / GB));
}

/* "free 1-2; later3 2-5; type6 5-6": in GiB, what is no whole GiB in hexadecimal. */
static inline const char *map_text(const struct efi_map *map)
{
	static char text[4096];
	const size_t room = sizeof(text);
	struct efi_memory memory;
	size_t at = 0, i;

	text[0] = '\0';
	for (i = 0; i < map->size / map->step && at < room / 2; i++) {
		memcpy(&memory, map->bytes + i * map->step, sizeof(memory));
		at += snprintf(text + at, room - at, "%s", i ? "; " : "");
		if (memory.type >> 16 == 0xfa57)
			at += snprintf(text + at, room - at, "later%u ", memory.type & 0xffff);
		else if (memory.type == EFI_FREE)
			at += snprintf(text + at, room - at, "free ");
		else
			at += snprintf(text + at, room - at, "type%u ", memory.type);
		at += put_address(text + at, room - at, memory.start);
		at += snprintf(text + at, room - at, "-");
		at += put_address(text + at, room - at, memory.start + (memory.pages << 12));
	}
	return text;
}

#endif /* FASTKEXEC_EFI_MAPS_H */
