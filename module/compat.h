/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every difference between kernel releases. The rest of the module reads as if
 * written for one kernel; what that kernel calls differently is named here.
 */
#ifndef FK_COMPAT_H
#define FK_COMPAT_H

#include <linux/crc32.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kmsg_dump.h>
#include <linux/memory.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/sizes.h>
#include <linux/version.h>

#include <asm/cpufeature.h>
#include <asm/hwcap.h>
#include <asm/pgtable-prot.h>
#include <asm/sysreg.h>

/*
 * 6.12 hands kmsg_dumper.dump() a struct kmsg_dump_detail instead of the bare
 * reason. May go when 6.11 and older are dropped.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define FK_KMSG_DUMP(name) \
	void name(struct kmsg_dumper *dumper, enum kmsg_dump_reason reason)
#define fk_kmsg_dump_reason()	(reason)
#else
#define FK_KMSG_DUMP(name) \
	void name(struct kmsg_dumper *dumper, struct kmsg_dump_detail *detail)
#define fk_kmsg_dump_reason()	(detail->reason)
#endif

/*
 * The function that allocate_resource() asks about each gap has one more argument
 * since 7.1: told by allocate_resource()'s own type, wherever a vendor has put it.
 */

/**
 * struct fk_resource_visit - what is done with the resource tree locked
 * @visit: called once, if there is a gap
 * @ctx: handed to @visit
 * @visited: it has been called
 */
struct fk_resource_visit {
	void (*visit)(void *ctx);
	void *ctx;
	bool visited;
};

/* Two bytes do not fit at the last address: so no gap is accepted. */
static inline resource_size_t fk_resource_gap(struct fk_resource_visit *visit)
{
	if (!visit->visited)
		visit->visit(visit->ctx);
	visit->visited = true;
	return (resource_size_t)-1;
}

static inline resource_size_t fk_resource_gap_old(void *visit, const struct resource *gap,
						  resource_size_t size, resource_size_t align)
{
	return fk_resource_gap(visit);
}

static inline resource_size_t fk_resource_gap_new(void *visit, const struct resource *gap,
						  const struct resource *all_of_it,
						  resource_size_t size, resource_size_t align)
{
	return fk_resource_gap(visit);
}

#define FK_RESOURCE_GAP \
	__builtin_choose_expr(__same_type(allocate_resource, \
					  int(struct resource *, struct resource *, \
					      resource_size_t, resource_size_t, resource_size_t, \
					      resource_size_t, typeof(fk_resource_gap_old) *, \
					      void *)), \
			      fk_resource_gap_old, fk_resource_gap_new)

/*
 * Call @visit once with the lock of the resource tree held. The lock is not exported.
 * allocate_resource() holds it, for writing, while it asks its caller about each gap
 * below @root; as the caller accepts no gap, nothing changes. False if there is no gap.
 */
static inline bool fk_resource_visit(struct resource *root, void (*visit)(void *ctx), void *ctx)
{
	struct fk_resource_visit asked = { .visit = visit, .ctx = ctx };
	struct resource unused = { .name = KBUILD_MODNAME, .flags = root->flags };

	allocate_resource(root, &unused, 2, 0, -1, 1, FK_RESOURCE_GAP, &asked);
	return asked.visited;
}

/*
 * alloc_contig_range()'s third argument: a migratetype until 6.15, acr_flags_t
 * after (known by ACR_FLAGS_NONE). Missing without CONFIG_CONTIG_ALLOC: then
 * images are copied.
 *
 * Android's 5.10 and 5.15 have a fifth argument, a structure of five numbers that they
 * count in. Their headers have no macro that tells; the function's type does. Since 6.10
 * the name is a macro. Not tried on such a kernel.
 */
#ifdef CONFIG_CONTIG_ALLOC
#define FK_HAVE_CONTIG	1
static inline int fk_alloc_contig_range(unsigned long start_pfn, unsigned long end_pfn)
{
#ifdef ACR_FLAGS_NONE
	return alloc_contig_range(start_pfn, end_pfn, ACR_FLAGS_NONE, GFP_KERNEL | __GFP_NOWARN);
#elif defined(alloc_contig_range)
	return alloc_contig_range(start_pfn, end_pfn, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_NOWARN);
#else
	typedef int four(unsigned long, unsigned long, unsigned int, gfp_t);
	typedef int five(unsigned long, unsigned long, unsigned int, gfp_t, void *);
	void *function = alloc_contig_range;
	unsigned long counters[16] = {};

	if (__builtin_types_compatible_p(typeof(alloc_contig_range), four))
		return ((four *)function)(start_pfn, end_pfn, MIGRATE_MOVABLE,
					  GFP_KERNEL | __GFP_NOWARN);
	return ((five *)function)(start_pfn, end_pfn, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_NOWARN,
				  counters);
#endif
}

static inline void fk_free_contig_range(unsigned long pfn, unsigned long pages)
{
	free_contig_range(pfn, pages);
}
#else
#define FK_HAVE_CONTIG	0
static inline int fk_alloc_contig_range(unsigned long start_pfn, unsigned long end_pfn)
{
	return -EOPNOTSUPP;
}

static inline void fk_free_contig_range(unsigned long pfn, unsigned long pages)
{
}
#endif

/*
 * What alloc_contig_range() isolates around a range, and refuses if any page of it
 * cannot move: whole buddies of the largest order before 5.19, pageblocks since.
 * May go when 5.18 and older are dropped.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 19, 0)
#define FK_ISOLATE_PAGES	max_t(unsigned long, MAX_ORDER_NR_PAGES, pageblock_nr_pages)
#else
#define FK_ISOLATE_PAGES	((unsigned long)pageblock_nr_pages)
#endif

/*
 * The largest order that alloc_pages() takes: MAX_ORDER - 1 until 6.3, MAX_ORDER
 * in 6.4 to 6.7, MAX_PAGE_ORDER since.
 */
#ifndef MAX_PAGE_ORDER
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define MAX_PAGE_ORDER	(MAX_ORDER - 1)
#else
#define MAX_PAGE_ORDER	MAX_ORDER
#endif
#endif

/*
 * Pages that are not on the LRU and can still be migrated (balloons, zsmalloc):
 * __PageMovable() until 6.16, page_has_movable_ops() since.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 17, 0)
#define page_has_movable_ops(page)	__PageMovable(page)
#endif

/*
 * folio_maybe_dma_pinned() came with 5.16; before, pages are asked.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 16, 0)
#define fk_page_pinned(page)	page_maybe_dma_pinned(compound_head(page))
#else
#define fk_page_pinned(page)	folio_maybe_dma_pinned(page_folio(page))
#endif

/*
 * The flags of a mapping: a plain field before 6.3, changed by functions since, which
 * lock the mapping. Stable kernels before 6.3 may have the functions as well.
 */
static inline void fk_vm_flags_change(struct vm_area_struct *vma, unsigned long set,
				      unsigned long clear)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#else
	vm_flags_set(vma, set);
	vm_flags_clear(vma, clear);
#endif
}

/*
 * CRC-32C: __crc32c_le() until 6.14, crc32c() since, which the same header declares then.
 * Built in wherever CONFIG_CRC32 is.
 */
static inline u32 fk_crc32c(const void *start, size_t size)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 15, 0)
	return __crc32c_le(~0U, start, size);
#else
	return crc32c(~0U, start, size);
#endif
}

/*
 * Does this kernel write these registers? HCRX_EL2 since 6.5 (before, one bit of it
 * for SME, which may stay); TCR2_ELx with indirect permissions, since 6.5; GCSCR_ELx
 * since 6.13. The last two are told by headers that came with them, wherever a vendor
 * has put them.
 */
#define FK_KNOWS_HCX	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0))
#ifdef PIE_E1
#define FK_KNOWS_TCR2	1
#else
#define FK_KNOWS_TCR2	0
#endif
#ifdef HWCAP_GCS
#define FK_KNOWS_GCS	1
#else
#define FK_KNOWS_GCS	0
#endif

/*
 * Has this kernel found MPAM, and writes MPAM0_EL1 and MPAM1_EL1 of each CPU? None does
 * before 6.13. The capability's name tells, wherever a vendor has put it. MPAMSM_EL1, with
 * SME, since 7.1: told by the register's name.
 */
#ifdef ARM64_MPAM
#define fk_uses_mpam()	cpus_have_cap(ARM64_MPAM)
#else
#define fk_uses_mpam()	false
#endif
#ifdef SYS_MPAMSM_EL1
#define fk_uses_mpamsm()	system_supports_sme()
#else
#define fk_uses_mpamsm()	false
#endif

/*
 * Does this kernel reach its interrupt controller by system registers (GICv3)? The
 * capability has been renamed twice; whichever name there is tells.
 */
#if defined(ARM64_HAS_GICV3_CPUIF)
#define fk_uses_gicv3()		cpus_have_cap(ARM64_HAS_GICV3_CPUIF)
#elif defined(ARM64_HAS_GIC_CPUIF_SYSREGS)
#define fk_uses_gicv3()		cpus_have_cap(ARM64_HAS_GIC_CPUIF_SYSREGS)
#else
#define fk_uses_gicv3()		cpus_have_cap(ARM64_HAS_SYSREG_GIC_CPUIF)
#endif

/* The interrupt by which one CPU has another one call a function: enum ipi_msg_type. */
#define FK_SGI_CALL_FUNCTION	1

/*
 * Is this a Realm (Arm DEN 0137)? Kernels before 6.13 cannot run in one; the header came
 * with those that can.
 */
#ifdef __has_include		/* sparse has none */
#if __has_include("asm/rsi.h")
#include <asm/rsi.h>
#define fk_in_realm()	is_realm_world()
#endif
#endif
#ifndef fk_in_realm
#define fk_in_realm()	false
#endif

/*
 * Memory that is added later. MHP_MERGE_RESOURCE, by which neighbours become one resource,
 * was called MEMHP_MERGE_RESOURCE in 5.10.
 */
#ifdef CONFIG_MEMORY_HOTPLUG
#ifdef MHP_MERGE_RESOURCE
#define FK_MERGE_RESOURCE	MHP_MERGE_RESOURCE
#else
#define FK_MERGE_RESOURCE	MEMHP_MERGE_RESOURCE
#endif
static inline int fk_add_memory(int node, u64 start, u64 size, const char *name)
{
	return add_memory_driver_managed(node, start, size, name, FK_MERGE_RESOURCE);
}

static inline u64 fk_memory_block_size(void)
{
	return memory_block_size_bytes();
}
#else
static inline int fk_add_memory(int node, u64 start, u64 size, const char *name)
{
	return -EOPNOTSUPP;
}

static inline u64 fk_memory_block_size(void)
{
	return SZ_1G;
}
#endif

#endif /* FK_COMPAT_H */
