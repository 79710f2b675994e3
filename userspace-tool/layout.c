// SPDX-License-Identifier: GPL-2.0
#include "layout.h"

#include <inttypes.h>

#include "out.h"

#define MIB2	(2ULL << 20)

/*
 * No two pieces share a page of the next kernel, whatever its granule: what is
 * freed there (the initrd) or mapped with other attributes is freed or mapped
 * by whole pages.
 */
#define LARGEST_PAGE	65536ULL

/* The kernel may lie only where 48 bits of address reach. */
#define KERNEL_LIMIT	(1ULL << 48)

static uint64_t round_up(uint64_t value, uint64_t power_of_two)
{
	return (value + power_of_two - 1) & ~(power_of_two - 1);
}

static void add_piece(struct layout *layout, const char *name, uint64_t size,
		      uint64_t align, uint64_t offset)
{
	layout->name[layout->nr] = name;
	layout->piece[layout->nr++] = (struct fastkexec_piece){
		.memsz = round_up(size, LARGEST_PAGE),
		.align = align,
		.offset = offset,
	};
}

int layout_plan(struct layout *layout, const struct boot_image *image,
		uint64_t initrd_size, uint64_t dtb_size,
		const struct fastkexec_info *info)
{
	uint64_t page = info->page_size;

	if (page < 4096 || page > LARGEST_PAGE || (page & (page - 1)))
		return out_fail("the module reports a page size of %" PRIu64
				" bytes, which no arm64 kernel has", page);

	*layout = (struct layout){ .lead = image->text_offset % page };
	add_piece(layout, "kernel", layout->lead + image->memsz, MIB2,
		  image->text_offset - layout->lead);
	if (initrd_size)
		add_piece(layout, "initrd", initrd_size, LARGEST_PAGE, 0);
	add_piece(layout, "device tree", dtb_size, LAYOUT_DTB_MAX, 0);
	return 0;
}

int layout_check(const struct layout *layout, const struct boot_image *image)
{
	uint64_t entry = layout_entry(layout);

	if (entry > KERNEL_LIMIT - image->memsz)
		return out_fail("the only memory that is free for the kernel lies at %#" PRIx64
				", and a kernel cannot start above 2^48", entry);
	return 0;
}

uint64_t layout_entry(const struct layout *layout)
{
	return layout->piece[0].addr + layout->lead;
}

uint64_t layout_initrd(const struct layout *layout)
{
	return layout->nr == 3 ? layout->piece[1].addr : 0;
}

uint64_t layout_dtb(const struct layout *layout)
{
	return layout->piece[layout->nr - 1].addr;
}

void layout_segments(const struct layout *layout, const struct blob contents[],
		     struct fastkexec_segment segments[])
{
	unsigned int i;

	for (i = 0; i < layout->nr; i++) {
		const struct fastkexec_piece *piece = &layout->piece[i];

		segments[i] = (struct fastkexec_segment){
			.buf = (uintptr_t)contents[i].data,
			.bufsz = contents[i].size,
			.dest = piece->addr,
			.memsz = piece->memsz,
			.align = piece->offset ? 0 : piece->align,
		};
	}
}
