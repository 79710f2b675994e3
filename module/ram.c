// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map, as the next kernel may use it. Contracts in ram.h.
 */
#include <linux/acpi.h>
#include <linux/efi.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/pfn.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmstat.h>

#include "compat.h"
#include "inject.h"
#include "later.h"
#include "memmap.h"
#include "old_initrd.h"
#include "ram.h"

/* Ranges in a set: room for most machines at first, for any machine in the end. */
#define FEW_RANGES	64
#define MOST_RANGES	(1U << 16)

/* Ranges that a query for places may add to what is usable. */
#define SPARE_RANGES	32

/* The unit in which memory goes on and offline. */
#define ONLINE_UNIT	(1ULL << SECTION_SIZE_BITS)

static int alloc_ranges(struct fk_ranges *set, unsigned int room)
{
	set->nr = 0;
	set->max = room;
	set->range = FK_MAY_FAIL(kvcalloc(room, sizeof(*set->range), GFP_KERNEL), NULL);
	return set->range ? 0 : -ENOMEM;
}

static void free_ranges(struct fk_ranges *set)
{
	kvfree(set->range);
	memset(set, 0, sizeof(*set));
}

static bool is_called(const struct resource *res, const char *name)
{
	return res->name && !strcmp(res->name, name);
}

static bool is_system_ram(const struct resource *res)
{
	return (res->flags & IORESOURCE_SYSTEM_RAM) == IORESOURCE_SYSTEM_RAM &&
	       (is_called(res, "System RAM") || is_called(res, FASTKEXEC_ADDED_RAM));
}

static bool is_old_kernel(const struct resource *res)
{
	return is_called(res, "Kernel code") || is_called(res, "Kernel data");
}

/**
 * struct reading - the resource tree, while it is read
 * @top: System RAM
 * @taken: children of System RAM that do not go away with the old kernel
 * @err: 0, or -ENOMEM if one of them is full
 */
struct reading {
	struct fk_ranges *top;
	struct fk_ranges *taken;
	int err;
};

/* Take note of @res, whole pages of it, unless it goes away with the old kernel. */
static int note_child(struct fk_ranges *taken, const struct resource *res)
{
	if (is_old_kernel(res))
		return 0;
	return fk_ranges_add(taken, round_down(res->start, PAGE_SIZE),
			     round_up(res->end + 1, PAGE_SIZE));
}

static int note_children(struct reading *reading, const struct resource *top)
{
	const struct resource *child;
	int err;

	err = fk_ranges_add(reading->top, round_up(top->start, PAGE_SIZE),
			    round_down(top->end + 1, PAGE_SIZE));
	for (child = top->child; child && !err; child = child->sibling)
		err = note_child(reading->taken, child);
	return err;
}

/* With the tree's lock held: it takes note, and allocates nothing. */
static void read_tree(void *ctx)
{
	struct reading *reading = ctx;
	const struct resource *top;

	for (top = iomem_resource.child; top && !reading->err; top = top->sibling)
		if (is_system_ram(top))
			reading->err = note_children(reading, top);
}

/* walk_iomem_res_desc() does not go below a resource that matches. */
static int read_resource_tree(struct fk_ranges *usable, struct fk_ranges *taken)
{
	struct reading reading = { .top = usable, .taken = taken };

	if (!fk_resource_visit(&iomem_resource, read_tree, &reading))
		return -EOPNOTSUPP;
	return reading.err;
}

/* What held the old initrd is called reserved even after it was freed. */
static int give_initrd_back(struct fk_ranges *taken)
{
	struct fk_range initrd;

	if (!fk_old_initrd_freed(&initrd))
		return 0;
	return fk_ranges_remove(taken, initrd.start, initrd.end);
}

static int read_usable(struct fk_ranges *usable, unsigned int room)
{
	struct fk_ranges taken;
	unsigned int i;
	int err;

	err = alloc_ranges(&taken, room);
	if (err)
		return err;
	err = read_resource_tree(usable, &taken);
	if (!err)
		err = give_initrd_back(&taken);
	for (i = 0; i < taken.nr && !err; i++, cond_resched())
		err = fk_ranges_remove(usable, taken.range[i].start, taken.range[i].end);
	free_ranges(&taken);
	return err;
}

/* This finds memory that a driver added too: its parent is a resource of the driver. */
static int note_system_ram(struct resource *res, void *arg)
{
	struct fk_ram *ram = arg;

	ram->end = max_t(u64, ram->end, res->end + 1);
	return fk_ranges_add(&ram->system, round_up(res->start, PAGE_SIZE),
			     round_down(res->end + 1, PAGE_SIZE));
}

/* The first offline section at or after @at, below @end; @end if there is none. */
static u64 next_offline(u64 at, u64 end)
{
	while (at < end && pfn_to_online_page(PHYS_PFN(at)))
		at = round_down(at, ONLINE_UNIT) + ONLINE_UNIT;
	return min(at, end);
}

/* The resource tree calls an offline section System RAM too. */
static int remove_offline(struct fk_ranges *usable)
{
	unsigned int i = 0;
	int err;

	while (i < usable->nr) {
		u64 end = usable->range[i].end;
		u64 at = next_offline(usable->range[i].start, end);

		if (at == end) {
			i++;
			continue;
		}
		err = fk_ranges_remove(usable, at, round_down(at, ONLINE_UNIT) + ONLINE_UNIT);
		if (err)
			return err;
	}
	return 0;
}

static int read_efi_map(struct fk_ranges *known)
{
	const efi_memory_desc_t *md;
	struct fk_memmap map;
	struct fk_range range;
	u32 at = 0;
	int err;

	err = fk_memmap_open(&map);
	if (err)
		return err;
	/* What lies where no memory can be is none that we know. */
	while (!err && (md = fk_memmap_next(&map, &at)))
		if (!fk_memmap_range(md, &range))
			err = fk_ranges_add(known, range.start, range.end);
	fk_memmap_close(&map);
	return err;
}

static int read_memory_nodes(struct fk_ranges *known)
{
	struct device_node *node;
	struct resource res;
	int err = 0;
	int i;

	for_each_node_by_type(node, "memory") {
		for (i = 0; !err && !of_address_to_resource(node, i, &res); i++)
			err = fk_ranges_add(known, res.start, res.end + 1);
		if (!err)
			err = fk_later_read_whole(node, known);
	}
	return err;
}

/* Keep what the boot-time memory map holds: EFI's, or else the device tree's. */
static int remove_hot_added(struct fk_ranges *usable)
{
	struct fk_ranges known;
	int err;

	err = alloc_ranges(&known, usable->max);
	if (err)
		return err;
	err = efi_enabled(EFI_BOOT) ? read_efi_map(&known) : read_memory_nodes(&known);
	if (!err)
		err = fk_ranges_intersect(usable, &known);
	free_ranges(&known);
	return err;
}

static int remove_keeps(struct fk_ranges *usable, const struct fk_keeps *keeps)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < keeps->nr && !err; i++)
		err = fk_ranges_remove(usable, keeps->keep[i].start, keeps->keep[i].end);
	return err;
}

/* Sets of @room ranges that are too small fail like an allocation. */
static int read_map(struct fk_ram *ram, const struct fk_keeps *keeps, unsigned int room)
{
	int err;

	memset(ram, 0, sizeof(*ram));
	err = alloc_ranges(&ram->usable, room);
	if (!err)
		err = alloc_ranges(&ram->system, room);
	if (!err)
		err = read_usable(&ram->usable, room);
	if (!err)
		err = walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY,
					  0, -1, ram, note_system_ram);
	if (!err)
		err = remove_hot_added(&ram->usable);
	if (!err)
		err = remove_offline(&ram->usable);
	if (!err)
		err = remove_offline(&ram->system);
	if (!err)
		err = remove_keeps(&ram->usable, keeps);
	if (!err && ram->usable.nr + SPARE_RANGES > room)
		err = -ENOMEM;
	if (err)
		fk_ram_free(ram);
	return err;
}

int fk_ram_read(struct fk_ram *ram, const struct fk_keeps *keeps)
{
	unsigned int room;
	int err = -ENOMEM;

	for (room = FEW_RANGES; err == -ENOMEM && room <= MOST_RANGES; room *= 2)
		err = read_map(ram, keeps, room);
	return err;
}

/* Free CMA pages count as available and serve no kernel allocation. */
bool fk_ram_spares(u64 pages)
{
	s64 available = si_mem_available() - (s64)global_zone_page_state(NR_FREE_CMA_PAGES);

	return FK_MAY_FAIL(available >= (s64)(pages + (FK_LEFT_TO_OTHERS >> PAGE_SHIFT)), false);
}

void fk_ram_free(struct fk_ram *ram)
{
	free_ranges(&ram->usable);
	free_ranges(&ram->system);
	memset(ram, 0, sizeof(*ram));
}
