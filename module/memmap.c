// SPDX-License-Identifier: GPL-2.0
/*
 * EFI's memory map. Contracts in memmap.h.
 */
#include <linux/io.h>
#include <linux/sizes.h>

#include "inject.h"
#include "memmap.h"

#ifdef CONFIG_EFI
int fk_memmap_open(struct fk_memmap *map)
{
	const u64 step = efi.memmap.desc_size, size = efi.memmap.nr_map * step;

	if (!efi_enabled(EFI_BOOT) || step < sizeof(efi_memory_desc_t) || !size || size > SZ_16M)
		return -EOPNOTSUPP;
	*map = (struct fk_memmap){
		.bytes = FK_MAY_FAIL(memremap(efi.memmap.phys_map, size, MEMREMAP_WB), NULL),
		.size = size,
		.step = step,
		.version = efi.memmap.desc_version,
	};
	return map->bytes ? 0 : -ENOMEM;
}
#else
int fk_memmap_open(struct fk_memmap *map)
{
	return -EOPNOTSUPP;
}
#endif

void fk_memmap_close(struct fk_memmap *map)
{
	memunmap(map->bytes);
}

const efi_memory_desc_t *fk_memmap_next(const struct fk_memmap *map, u32 *at)
{
	const efi_memory_desc_t *descriptor = map->bytes + *at;

	if (*at >= map->size)
		return NULL;
	*at += map->step;
	return descriptor;
}

int fk_memmap_range(const efi_memory_desc_t *descriptor, struct fk_range *range)
{
	const u64 start = descriptor->phys_addr;

	if (start > FK_RANGE_LIMIT ||
	    descriptor->num_pages > (FK_RANGE_LIMIT - start) >> EFI_PAGE_SHIFT)
		return -EOPNOTSUPP;
	range->start = start;
	range->end = start + (descriptor->num_pages << EFI_PAGE_SHIFT);
	return 0;
}
