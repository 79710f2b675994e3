// SPDX-License-Identifier: GPL-2.0
/*
 * Mapping claims and backings. Contracts and reasons in map.h.
 */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/capability.h>
#include <linux/fastkexec.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "compat.h"
#include "inject.h"
#include "map.h"

/* Cleared and mapped by one fault: small enough for a CPU's own cache. */
#define BLOCK	max_t(u64, SZ_256K, PAGE_SIZE)

/*
 * No offset is given out twice, whatever is claimed anew: an old mapping never shows new
 * memory, nor one file's offset another's. All claims together would have to be 2^63
 * bytes to come to the end.
 */
static atomic64_t next_offset = ATOMIC64_INIT(0);

void fk_map_init(struct fk_map *map, struct file *file)
{
	mutex_init(&map->lock);
	map->file = file;
	map->shown = false;
	map->nr = 0;
}

static bool holds(u64 outer, u64 outer_size, u64 inner, u64 inner_size)
{
	return inner >= outer && inner - outer < outer_size &&
	       inner_size <= outer_size - (inner - outer);
}

/* The view that a stretch of the file is in. With the lock held. */
static const struct fk_view *find_view(const struct fk_map *map, u64 offset, u64 size)
{
	unsigned int i;

	for (i = 0; map->shown && i < map->nr; i++)
		if (holds(map->view[i].offset, map->view[i].size, offset, size))
			return &map->view[i];
	return NULL;
}

static const struct fk_view *find_memory(const struct fk_map *map, u64 start, u64 size)
{
	unsigned int i;

	for (i = 0; i < map->nr; i++)
		if (holds(map->view[i].start, map->view[i].size, start, size))
			return &map->view[i];
	return NULL;
}

static int add_view(struct fk_map *map, u64 start, u64 size, const struct fk_backing *backing)
{
	struct fk_view *view = &map->view[map->nr];

	view->cleared = FK_MAY_FAIL(kvcalloc(BITS_TO_LONGS(DIV_ROUND_UP(size, BLOCK)),
					     sizeof(long), GFP_KERNEL), NULL);
	if (!view->cleared)
		return -ENOMEM;
	view->offset = atomic64_fetch_add(size, &next_offset);
	view->start = start;
	view->size = size;
	view->backing = backing;
	map->nr++;
	return 0;
}

static int add_views(struct fk_map *map, const struct fk_map_memory *memory)
{
	const struct fk_backing *backing = memory->backings;
	const struct fk_claim *claim = memory->claims;
	int err = 0;

	for (; claim < memory->claims + memory->nr_claims && !err; claim++)
		err = add_view(map, claim->start, claim->size, NULL);
	for (; backing < memory->backings + memory->nr_backings && !err; backing++)
		err = add_view(map, backing->dest, backing->size, backing);
	return err;
}

int fk_map_show(struct fk_map *map, const struct fk_map_memory *memory)
{
	int err;

	mutex_lock(&map->lock);
	err = add_views(map, memory);
	map->shown = !err;
	mutex_unlock(&map->lock);
	if (err)
		fk_map_forget(map);
	return err;
}

u64 fk_map_offset(const struct fk_map *map, u64 start)
{
	const struct fk_view *view = find_memory(map, start, PAGE_SIZE);

	return view ? view->offset : FASTKEXEC_NO_MAP;
}

void fk_map_hide(struct fk_map *map)
{
	unsigned int i;

	/* Whoever comes later finds nothing shown; whoever came first is in a mapping. */
	mutex_lock(&map->lock);
	map->shown = false;
	mutex_unlock(&map->lock);
	for (i = 0; i < map->nr; i++)
		unmap_mapping_range(map->file->f_mapping, map->view[i].offset, map->view[i].size,
				    1);
}

void fk_map_forget(struct fk_map *map)
{
	fk_map_hide(map);
	mutex_lock(&map->lock);
	while (map->nr)
		kvfree(map->view[--map->nr].cleared);
	mutex_unlock(&map->lock);
}

static u64 block_size(const struct fk_view *view, u64 block)
{
	return min(BLOCK, view->size - block * BLOCK);
}

/*
 * Where the bytes of a view from @at to @end are kept, which all will run at @at and
 * behind it. @size: set to how many of them lie there side by side.
 */
static u64 kept_at(const struct fk_view *view, u64 at, u64 end, u64 *size)
{
	u64 start_pa;

	if (!view->backing) {
		*size = end - at;
		return at;
	}
	start_pa = fk_backing_find(view->backing, at, size);
	*size = min(*size, end - at);
	return start_pa;
}

static void clear(const struct fk_view *view, u64 at, u64 end)
{
	u64 size;

	for (; at < end; at += size) {
		void *start = phys_to_virt(kept_at(view, at, end, &size));

		memset(start, 0, size);
	}
}

void fk_map_settle(const struct fk_map *map, u64 start, u64 size)
{
	const struct fk_view *view = find_memory(map, start, size);
	u64 at, next;

	for (at = start; view && at < start + size; at = next) {
		u64 block = (at - view->start) / BLOCK;

		next = min(view->start + (block + 1) * BLOCK, start + size);
		if (!test_bit(block, view->cleared))
			clear(view, at, next);
	}
}

/*
 * An entry for a mapping that may be written to is made dirty, so that the first write
 * is no fault of its own. Nobody asks whether such memory is dirty.
 */
static pgprot_t protection(const struct vm_area_struct *vma)
{
	pte_t entry = __pte(pgprot_val(vma->vm_page_prot));

	if (vma->vm_flags & VM_WRITE)
		entry = pte_mkdirty(entry);
	return __pgprot(pte_val(entry));
}

/* Map as much as the mapping holds of @size bytes of a view, from @from on. */
static vm_fault_t insert(struct vm_area_struct *vma, const struct fk_view *view, u64 from,
			 u64 size)
{
	const u64 first = PFN_PHYS((u64)vma->vm_pgoff) - view->offset;
	const u64 last = first + (vma->vm_end - vma->vm_start);
	const pgprot_t prot = protection(vma);
	const u64 end = min(from + size, last);
	vm_fault_t ret = VM_FAULT_NOPAGE;
	u64 at, start_pa = 0, left = 0;

	for (at = max(from, first); at < end && ret == VM_FAULT_NOPAGE; at += PAGE_SIZE) {
		if (!left)
			start_pa = kept_at(view, view->start + at, view->start + end, &left);
		ret = vmf_insert_pfn_prot(vma, vma->vm_start + (at - first), PHYS_PFN(start_pa),
					  prot);
		start_pa += PAGE_SIZE;
		left -= PAGE_SIZE;
	}
	return ret;
}

/* With the lock held: fk_map_hide() waits, and then finds what was inserted. */
static vm_fault_t fill(const struct fk_map *map, const struct vm_fault *vmf)
{
	const u64 at = PFN_PHYS((u64)vmf->pgoff);
	const struct fk_view *view = find_view(map, at, PAGE_SIZE);
	u64 block, size;

	if (!view)
		return VM_FAULT_SIGBUS;
	block = (at - view->offset) / BLOCK;
	size = block_size(view, block);
	if (!test_bit(block, view->cleared)) {
		clear(view, view->start + block * BLOCK, view->start + block * BLOCK + size);
		set_bit(block, view->cleared);
	}
	return insert(vmf->vma, view, block * BLOCK, size);
}

static vm_fault_t fault(struct vm_fault *vmf)
{
	struct fk_map *map = vmf->vma->vm_private_data;
	vm_fault_t ret;

	mutex_lock(&map->lock);
	ret = fill(map, vmf);
	mutex_unlock(&map->lock);
	return ret;
}

static const struct vm_operations_struct operations = { .fault = fault };

static bool is_shown(struct fk_map *map, const struct vm_area_struct *vma)
{
	bool shown;

	if (vma->vm_pgoff > U64_MAX >> PAGE_SHIFT)
		return false;
	mutex_lock(&map->lock);
	shown = find_view(map, PFN_PHYS((u64)vma->vm_pgoff), vma->vm_end - vma->vm_start);
	mutex_unlock(&map->lock);
	return shown;
}

int fk_map_attach(struct fk_map *map, struct vm_area_struct *vma)
{
	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if (!(map->file->f_mode & FMODE_WRITE) || vma->vm_flags & VM_EXEC)
		return -EACCES;
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (!is_shown(map, vma))
		return -ENXIO;
	fk_vm_flags_change(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP | VM_DONTCOPY,
			   VM_MAYEXEC);
	vma->vm_ops = &operations;
	vma->vm_private_data = map;
	return 0;
}
