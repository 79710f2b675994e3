// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_EFI_MAP: what has EFI told this kernel of memory?
 */
#include <linux/kernel.h>
#include <linux/uaccess.h>

#include "call.h"
#include "memmap.h"

static int answer(struct fastkexec_efi_map *query, const struct fk_memmap *map,
		  struct fk_report *report)
{
	const u32 room = query->map ? min(query->len, map->size) : 0;

	query->len = map->size;
	query->desc_size = map->step;
	query->desc_version = map->version;
	if (copy_to_user(u64_to_user_ptr(query->map), map->bytes, room))
		return fk_report_fail(report, -EFAULT, "the map cannot be written");
	return 0;
}

int fk_call_efi_map(struct fk_call *call)
{
	struct fk_report *report = &call->report;
	struct fk_memmap map;
	int err;

	err = fk_memmap_open(&map);
	if (err == -EOPNOTSUPP)
		return fk_report_fail(report, err, efi_enabled(EFI_BOOT) ?
				      "EFI's memory map cannot be one" :
				      "this kernel was not started by EFI");
	if (err)
		return fk_report_fail(report, err, "no memory to map EFI's memory map");
	err = answer(&call->arg.efi_map, &map, report);
	fk_memmap_close(&map);
	return err;
}
