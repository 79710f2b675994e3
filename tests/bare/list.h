/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copy lists that do all that the contract in reloc.h permits, and more than the
 * module asks for: entries of any 64 bytes, in any order, in either range, the list
 * strewn over pages; and one entry that cannot be carried out.
 */
#ifndef BARE_LIST_H
#define BARE_LIST_H

#include "next_image.h"

/**
 * enum mishap - what the list runs into
 * @MISHAP_NONE: nothing
 * @MISHAP_WRITE_HOLE: a destination that nothing maps
 * @MISHAP_WRITE_READONLY: a destination that is mapped, but not to be written
 * @MISHAP_READ_HOLE: a source that nothing maps
 * @MISHAP_READ_OLD_KERNEL: a source in the old kernel's upper range, no longer there
 * @MISHAP_LINK_HOLE: the list goes on where nothing is mapped
 * @MISHAPS: how many there are
 */
enum mishap {
	MISHAP_NONE,
	MISHAP_WRITE_HOLE,
	MISHAP_WRITE_READONLY,
	MISHAP_READ_HOLE,
	MISHAP_READ_OLD_KERNEL,
	MISHAP_LINK_HOLE,
	MISHAPS,
};

/**
 * struct list_result - what was made
 * @entries: that move something
 * @mishap: what becomes of it
 * @address: that it faults on
 */
struct list_result {
	u64 entries;
	enum mishap mishap;
	u64 address;
};

/**
 * list_build() - tables, list and descriptor of our own
 * @crossing: gets them; page and descriptor move to any place in their pages
 * @image: complete
 *
 * Notes all memory in the shadow, and then does there what the list will do.
 */
struct list_result list_build(struct crossing *crossing, const struct image *image);

#endif /* BARE_LIST_H */
