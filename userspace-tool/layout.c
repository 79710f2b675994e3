// SPDX-License-Identifier: GPL-2.0
#include "layout.h"

#include <inttypes.h>
#include <string.h>

#include "boot_protocol.h"
#include "dtb_dom0.h"
#include "out.h"

/* The kernel may lie only where 48 bits of address reach. */
#define KERNEL_LIMIT	(1ULL << 48)

static uint64_t round_up(uint64_t value, uint64_t power_of_two)
{
	return (value + power_of_two - 1) & ~(power_of_two - 1);
}

/*
 * No two pieces share a page of the next kernel, whatever its granule: it frees the
 * initrd, and maps what it maps with other attributes, by whole pages.
 */
static struct fastkexec_piece *add_piece(struct layout *layout, enum fastkexec_role role,
					 uint64_t size, uint64_t align)
{
	struct fastkexec_piece *piece = &layout->piece[layout->nr++];

	*piece = (struct fastkexec_piece){
		.memsz = round_up(size, BOOT_LARGEST_PAGE),
		.align = align,
		.role = role,
	};
	return piece;
}

static void add_kernel(struct layout *layout, const struct kernel *kernel, uint64_t page)
{
	struct fastkexec_piece *piece;

	layout->lead = kernel->text_offset % page;
	piece = add_piece(layout, FASTKEXEC_ROLE_KERNEL, layout->lead + kernel->memsz,
			  BOOT_KERNEL_ALIGN);
	piece->offset = kernel->text_offset - layout->lead;
}

/* Whole pages of this kernel alone: what is around it may be somebody else's. */
static void add_fixed_kernel(struct layout *layout, const struct kernel *kernel, uint64_t page)
{
	struct fastkexec_piece *piece = &layout->piece[layout->nr++];

	layout->lead = kernel->load_pa % page;
	layout->entry_offset = kernel->entry_pa - kernel->load_pa;
	*piece = (struct fastkexec_piece){
		.memsz = round_up(layout->lead + kernel->memsz, page),
		.align = page,
		.addr = kernel->load_pa - layout->lead,
		.map = FASTKEXEC_NO_MAP,
		.role = FASTKEXEC_ROLE_KERNEL,
	};
}

static void add_fixed_dtb(struct layout *layout, const struct boot *boot, uint64_t page)
{
	layout->piece[layout->nr++] = (struct fastkexec_piece){
		.memsz = round_up(boot->dtb.size, page),
		.align = page,
		.addr = boot->dtb_at_pa,
		.map = FASTKEXEC_NO_MAP,
		.role = FASTKEXEC_ROLE_DTB,
	};
}

/* What is still in files is read, or unpacked, straight to where the module keeps it. */
static void ask_for_mappings(struct layout *layout, const struct boot *boot)
{
	unsigned int i;

	for (i = 0; i < layout->nr_asked; i++) {
		struct fastkexec_piece *piece = &layout->piece[i];

		if ((piece->role == FASTKEXEC_ROLE_KERNEL &&
		     (boot->kernel.rest.is_open || boot->kernel.packed.file.data)) ||
		    (piece->role == FASTKEXEC_ROLE_INITRD && boot->initrd_rest.is_open))
			piece->flags = FASTKEXEC_PIECE_MAP;
	}
}

int layout_plan(struct layout *layout, const struct boot *boot,
		const struct fastkexec_info *info)
{
	const uint64_t page = info->page_size;

	if (page < 4096 || page > BOOT_LARGEST_PAGE || (page & (page - 1)))
		return out_fail("the module reports a page size of %" PRIu64
				" bytes, which no arm64 kernel has", page);
	if (boot->dtb_at && boot->dtb_at_pa % page)
		return out_fail("--dtb-at: %#" PRIx64 " is no multiple of this kernel's page size, %s",
				boot->dtb_at_pa, out_size(page).s);

	*layout = (struct layout){ 0 };
	if (!boot->kernel.fixed)
		add_kernel(layout, &boot->kernel, page);
	if (boot->initrd.size)
		add_piece(layout, FASTKEXEC_ROLE_INITRD, boot->initrd.size, BOOT_LARGEST_PAGE);
	if (boot->dom0.image.size)
		add_piece(layout, FASTKEXEC_ROLE_OTHER, boot->dom0.image.size, BOOT_KERNEL_ALIGN);
	if (!boot->dtb_at)
		add_piece(layout, FASTKEXEC_ROLE_DTB, boot->dtb.size, BOOT_DTB_MAX);
	layout->nr_asked = layout->nr;
	ask_for_mappings(layout, boot);
	if (boot->kernel.fixed)
		add_fixed_kernel(layout, &boot->kernel, page);
	if (boot->dtb_at)
		add_fixed_dtb(layout, boot, page);
	return 0;
}

static bool overlap(const struct fastkexec_piece *one, const struct fastkexec_piece *other)
{
	return one->addr < other->addr + other->memsz && other->addr < one->addr + one->memsz;
}

/* What FASTKEXEC_PLACE found may lie where something goes that it was not asked for. */
static int check_fixed(const struct layout *layout, const struct boot *boot, unsigned int fixed)
{
	const struct fastkexec_piece *piece = &layout->piece[fixed];
	const bool is_dtb = piece->role == FASTKEXEC_ROLE_DTB;
	unsigned int i;

	for (i = 0; i < fixed; i++) {
		if (!overlap(&layout->piece[i], piece))
			continue;
		if (i >= layout->nr_asked)
			return out_fail("--dtb-at: %#" PRIx64 " is where %s goes", boot->dtb_at_pa,
					boot->kernel.path);
		return out_fail("%s goes to %#" PRIx64 ", and the only memory that is free for the rest lies there",
				is_dtb ? "the device tree" : boot->kernel.path,
				is_dtb ? boot->dtb_at_pa : boot->kernel.load_pa);
	}
	return 0;
}

int layout_check(const struct layout *layout, const struct boot *boot)
{
	uint64_t entry = layout_entry(layout);
	unsigned int i;

	for (i = layout->nr_asked; i < layout->nr; i++)
		if (check_fixed(layout, boot, i))
			return -1;
	if (!boot->kernel.fixed && entry > KERNEL_LIMIT - boot->kernel.memsz)
		return out_fail("the only memory that is free for the kernel lies at %#" PRIx64
				", and a kernel cannot start above 2^48", entry);
	return 0;
}

/* Put @lead bytes before the kernel, by a copy of it. */
static int add_lead(struct kernel *kernel, uint64_t lead)
{
	struct blob moved = { 0 };

	if (kernel->lead == lead)
		return 0;
	if (blob_alloc(&moved, lead + kernel->contents.size, kernel->path))
		return -1;
	memcpy(moved.data + lead, kernel->contents.data, kernel->contents.size);
	blob_free(&kernel->contents);
	kernel->contents = moved;
	kernel->lead = lead;
	return 0;
}

static int place_dom0(const struct layout *layout, struct boot *boot)
{
	if (boot->initrd.size &&
	    dtb_dom0_place(&boot->dtb, DTB_DOM0_RAMDISK,
			   layout_address(layout, FASTKEXEC_ROLE_INITRD), boot->initrd.size))
		return -1;
	return dtb_dom0_place(&boot->dtb, DTB_DOM0_KERNEL,
			      layout_address(layout, FASTKEXEC_ROLE_OTHER), boot->dom0.image.size);
}

int layout_apply(const struct layout *layout, struct boot *boot)
{
	if (boot->dom0.image.size && place_dom0(layout, boot))
		return -1;
	if (boot->initrd.size && !boot->dom0.image.size)
		dtb_set_initrd(&boot->dtb, layout_address(layout, FASTKEXEC_ROLE_INITRD),
			       boot->initrd.size);
	return add_lead(&boot->kernel, layout->lead);
}

const struct fastkexec_piece *layout_piece(const struct layout *layout,
					   enum fastkexec_role role)
{
	unsigned int i;

	for (i = 0; i < layout->nr; i++)
		if (layout->piece[i].role == role)
			return &layout->piece[i];
	return NULL;
}

uint64_t layout_address(const struct layout *layout, enum fastkexec_role role)
{
	const struct fastkexec_piece *piece = layout_piece(layout, role);

	return piece ? piece->addr : 0;
}

uint64_t layout_entry(const struct layout *layout)
{
	return layout_address(layout, FASTKEXEC_ROLE_KERNEL) + layout->lead +
	       layout->entry_offset;
}

static const struct blob *contents_of(const struct boot *boot, uint32_t role)
{
	switch (role) {
	case FASTKEXEC_ROLE_KERNEL:
		return &boot->kernel.contents;
	case FASTKEXEC_ROLE_INITRD:
		return &boot->initrd;
	case FASTKEXEC_ROLE_OTHER:
		return &boot->dom0.image;
	default:
		return &boot->dtb;
	}
}

void layout_segments(const struct layout *layout, const struct boot *boot,
		     struct fastkexec_segment segments[])
{
	unsigned int i;

	for (i = 0; i < layout->nr; i++) {
		const struct fastkexec_piece *piece = &layout->piece[i];
		const struct blob *contents = contents_of(boot, piece->role);

		segments[i] = (struct fastkexec_segment){
			.buf = contents->mapped ? 0 : (uintptr_t)contents->data,
			.bufsz = contents->size,
			.dest = piece->addr,
			.memsz = piece->memsz,
			.align = piece->offset ? 0 : piece->align,
			.role = piece->role,
			.flags = contents->mapped ? FASTKEXEC_SEGMENT_MAPPED : 0,
		};
	}
}
