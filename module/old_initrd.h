/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory that held the running kernel's initrd.
 */
#ifndef FK_OLD_INITRD_H
#define FK_OLD_INITRD_H

#include "core/range.h"

/**
 * fk_old_initrd_freed() - has the initrd's memory become memory like any other?
 * @range: set to the whole pages that held the initrd, if so
 *
 * The resource tree calls this memory "reserved" for ever, although the kernel frees it
 * when it has unpacked the initrd. The address stands in /chosen (linux,initrd-start and
 * -end); that it was freed shows in every page of it.
 *
 * Not with EFI: the address may come from a table of EFI's that no module can find, and
 * what /chosen says may be older than the boot.
 *
 * Return: true if it was freed; false also if there was no initrd.
 */
bool fk_old_initrd_freed(struct fk_range *range);

#endif /* FK_OLD_INITRD_H */
