// SPDX-License-Identifier: GPL-2.0
/*
 * Later memory. Contracts in later.h.
 */
#include <linux/efi.h>
#include <linux/fastkexec.h>
#include <linux/ioport.h>
#include <linux/minmax.h>
#include <linux/nodemask.h>
#include <linux/of_address.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "compat.h"
#include "inject.h"
#include "keep.h"
#include "later.h"
#include "memmap.h"

/* Ranges of one memory node. */
#define MOST_RANGES	4096

/* The resources of what was added refer to it for ever, so it is no part of this module. */
static const char *added_name;

/**
 * struct search - for the first piece
 * @from: at or above this address
 * @block: bytes of a memory block
 * @keeps: what must not be touched
 * @set: later memory of one node
 * @there: what was added already, of all nodes
 * @err: 0, or -ENOMEM if a set is full
 */
struct search {
	u64 from;
	u64 block;
	struct fk_keeps keeps;
	struct fk_ranges set;
	struct fk_ranges there;
	int err;
};

static int add_size(struct fk_ranges *set, u64 start, u64 size)
{
	if (start > FK_RANGE_LIMIT || size > FK_RANGE_LIMIT - start)
		return -EOPNOTSUPP;
	return fk_ranges_add(set, start, start + size);
}

int fk_later_read_whole(struct device_node *node, struct fk_ranges *set)
{
	const int address_cells = of_n_addr_cells(node);
	const int size_cells = of_n_size_cells(node);
	const int step = address_cells + size_cells;
	const __be32 *cell;
	int bytes, err = 0;

	cell = of_get_property(node, FASTKEXEC_WHOLE_REG, &bytes);
	if (!cell)
		return 0;
	if (address_cells < 1 || address_cells > 2 || size_cells < 1 || size_cells > 2 ||
	    bytes % (4 * step))
		return -EOPNOTSUPP;
	for (; bytes && !err; bytes -= 4 * step, cell += step)
		err = add_size(set, of_read_number(cell, address_cells),
			       of_read_number(cell + address_cells, size_cells));
	return err;
}

/* What the kernel has found itself, and what it has left out, is not for us to add. */
static int remove_addresses(struct fk_ranges *set, struct device_node *node)
{
	struct resource res;
	int i, err = 0;

	for (i = 0; !err && !of_address_to_resource(node, i, &res); i++)
		err = fk_ranges_remove(set, res.start, res.end + 1);
	return err;
}

static int remove_reserved(struct fk_ranges *set)
{
	struct device_node *parent = of_find_node_by_path("/reserved-memory");
	struct device_node *node = NULL;
	int err = 0;

	while (!err && (node = of_get_next_available_child(parent, node)))
		err = remove_addresses(set, node);
	of_node_put(node);
	of_node_put(parent);
	return err;
}

static int remove_keeps(struct fk_ranges *set, const struct fk_keeps *keeps)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < keeps->nr && !err; i++)
		err = fk_ranges_remove(set, keeps->keep[i].start, keeps->keep[i].end);
	return err;
}

static bool is_added(const struct resource *res)
{
	return (res->flags & IORESOURCE_SYSTEM_RAM) == IORESOURCE_SYSTEM_RAM && res->name &&
	       !strcmp(res->name, FASTKEXEC_ADDED_RAM);
}

/* With the lock of the resource tree held. */
static void look_at_resources(void *ctx)
{
	struct search *search = ctx;
	const struct resource *res;

	for (res = iomem_resource.child; res && !search->err; res = res->sibling) {
		if (is_added(res))
			search->err = fk_ranges_add(&search->there, res->start, res->end + 1);
		else
			search->err = fk_ranges_remove(&search->set, res->start, res->end + 1);
	}
}

/* Whole blocks of @set, from @from on; true: the first range of them is in @found. */
static bool first_blocks(const struct search *search, struct fk_range *found)
{
	unsigned int i;

	for (i = 0; i < search->set.nr; i++) {
		const struct fk_range *range = &search->set.range[i];

		if (range->end <= search->from)
			continue;
		found->start = round_up(max(range->start, search->from), search->block);
		found->end = round_down(range->end, search->block);
		if (found->start < found->end)
			return true;
	}
	return false;
}

/* Cut @piece so that all of it is there, or nothing. */
static void cut_at_edge(const struct fk_ranges *there, struct fk_later_piece *piece)
{
	unsigned int i;

	piece->added = false;
	for (i = 0; i < there->nr; i++) {
		const struct fk_range *range = &there->range[i];

		if (range->end <= piece->start || range->start >= piece->end)
			continue;
		piece->added = range->start <= piece->start;
		piece->end = min(piece->end, piece->added ? range->end : range->start);
		return;
	}
}

/* @number may be one that this kernel cannot have: it was told to know nothing of NUMA. */
static int known_node(u32 number)
{
	return number < MAX_NUMNODES && node_possible(number) ? number : first_online_node;
}

/* Leave in the set what is nobody's, and note what was added of it. */
static int remove_taken(struct search *search)
{
	int err;

	err = remove_reserved(&search->set);
	if (!err)
		err = remove_keeps(&search->set, &search->keeps);
	if (!err && !fk_resource_visit(&iomem_resource, look_at_resources, search))
		err = -EOPNOTSUPP;
	return err ?: search->err;
}

/* The first piece of the set, which is of one @node, if it comes before @piece. */
static int look_at_set(struct search *search, int node, struct fk_later_piece *piece)
{
	struct fk_later_piece found;
	struct fk_range blocks;
	int err;

	err = remove_taken(search);
	if (err || !first_blocks(search, &blocks))
		return err;
	if (piece->end && piece->start < blocks.start)
		return 0;
	found = (struct fk_later_piece) {
		.start = blocks.start,
		.end = min(blocks.end, round_down(blocks.start, (u64)SZ_1G) + SZ_1G),
		.node = node,
	};
	cut_at_edge(&search->there, &found);
	*piece = found;
	return 0;
}

static int look_at_memory_node(struct search *search, struct device_node *node,
			       struct fk_later_piece *piece)
{
	u32 number;
	int err;

	search->set.nr = 0;
	search->there.nr = 0;
	err = fk_later_read_whole(node, &search->set);
	if (!err && search->set.nr)
		err = remove_addresses(&search->set, node);
	if (err || !search->set.nr)
		return err;
	if (of_property_read_u32(node, "numa-node-id", &number))
		number = MAX_NUMNODES;
	return look_at_set(search, known_node(number), piece);
}

static int look_at_device_tree(struct search *search, struct fk_later_piece *piece)
{
	struct device_node *node = NULL;
	int err = 0;

	while (!err && (node = of_find_node_by_type(node, "memory")))
		err = look_at_memory_node(search, node, piece);
	of_node_put(node);
	return err;
}

static int look_at_descriptor(struct search *search, const efi_memory_desc_t *md,
			      struct fk_later_piece *piece)
{
	struct fk_range range;
	int err;

	if ((md->type & ~FASTKEXEC_EFI_LATER_NODE) != FASTKEXEC_EFI_LATER || md->attribute)
		return 0;
	err = fk_memmap_range(md, &range);
	if (err || range.end <= search->from)
		return err;
	search->set.nr = 0;
	search->there.nr = 0;
	err = fk_ranges_add(&search->set, range.start, range.end);
	if (err)
		return err;
	return look_at_set(search, known_node(md->type & FASTKEXEC_EFI_LATER_NODE), piece);
}

static int look_at_efi_map(struct search *search, struct fk_later_piece *piece)
{
	const efi_memory_desc_t *md;
	struct fk_memmap map;
	u32 at = 0;
	int err;

	err = fk_memmap_open(&map);
	if (err)
		return err;
	for (; !err && (md = fk_memmap_next(&map, &at)); cond_resched())
		err = look_at_descriptor(search, md, piece);
	fk_memmap_close(&map);
	return err;
}

static int alloc_search(struct search *search)
{
	struct fk_range *range = FK_MAY_FAIL(kvcalloc(2 * MOST_RANGES, sizeof(*range), GFP_KERNEL),
					     NULL);

	if (!range)
		return -ENOMEM;
	search->set = (struct fk_ranges){ .max = MOST_RANGES, .range = range };
	search->there = (struct fk_ranges){ .max = MOST_RANGES, .range = range + MOST_RANGES };
	return 0;
}

static int find(struct search *search, struct fk_later_piece *piece, struct fk_report *report)
{
	int err = alloc_search(search);

	if (!err)
		err = efi_enabled(EFI_BOOT) ? look_at_efi_map(search, piece) :
					      look_at_device_tree(search, piece);
	kvfree(search->set.range);
	if (err == -ENOMEM)
		return fk_report_fail(report, err, "no memory for the list of memory to be added");
	if (err)
		return fk_report_fail(report, -EOPNOTSUPP,
				      "what the %s says of later memory cannot be understood",
				      efi_enabled(EFI_BOOT) ? "EFI memory map" : "device tree");
	return 0;
}

int fk_later_find(u64 from, struct fk_later_piece *piece, struct fk_report *report)
{
	struct search search = { .from = from, .block = fk_memory_block_size() };
	int err;

	*piece = (struct fk_later_piece){ };
	err = fk_keeps_read(&search.keeps, report);
	if (err)
		return err;
	err = find(&search, piece, report);
	fk_keeps_free(&search.keeps);
	return err;
}

static int add(const struct fk_later_piece *piece)
{
	const char *name = added_name;
	int err;

	if (!name)
		name = FK_MAY_FAIL(kstrdup(FASTKEXEC_ADDED_RAM, GFP_KERNEL), NULL);
	if (!name)
		return -ENOMEM;
	err = fk_add_memory(piece->node, piece->start, piece->end - piece->start, name);
	if (!err)
		added_name = name;
	else if (!added_name)
		kfree(name);
	return err;
}

int fk_later_add(const struct fk_later_piece *piece, struct fk_report *report)
{
	int err = add(piece);

	if (err == -ENOMEM)
		return fk_report_fail(report, err, "no memory to describe the memory at 0x%llx",
				      piece->start);
	if (err)
		return fk_report_fail(report, -EOPNOTSUPP,
				      "this kernel does not take the memory at 0x%llx (error %d)",
				      piece->start, -err);
	return 0;
}
