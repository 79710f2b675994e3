/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine, as it tells of itself outside the module: what the module says is
 * held against it.
 */
#ifndef ABI_PROC_IOMEM_H
#define ABI_PROC_IOMEM_H

#include <stdbool.h>
#include <stdint.h>

#define WORLD_MAX	256

/**
 * struct range - physical memory
 * @start: first byte
 * @end: past the last byte
 */
struct range {
	uint64_t start;
	uint64_t end;
};

/**
 * struct child - a child of System RAM in /proc/iomem
 * @range: where it is
 * @name: what it is called
 * @free: whether the old kernel takes it with it, so that the next may have it
 */
struct child {
	struct range range;
	char name[64];
	bool free;
};

/* Addresses that a program cannot use. */
enum bad_pointer {
	BAD_NULL,		/* nothing is there */
	BAD_KERNEL,		/* it is the kernel's */
	BAD_GAP,		/* neither the kernel's nor the program's */
	BAD_NONE,		/* a page without any right */
	BAD_TOP,		/* the last bytes below 2^64 */
	BAD_POINTERS,
};

/* Places where no segment may go, and one where it may. */
enum spot {
	SPOT_DEVICE,		/* a device's registers */
	SPOT_HOLE,		/* nothing: between RAM and the end of addresses */
	SPOT_RAM_LAST,		/* the last page of RAM */
	SPOT_PA_LAST,		/* the last page that an address can name */
	SPOT_PA_END,		/* past that */
	SPOT_LAST,		/* the last page below 2^64 */
};

/**
 * struct world - the machine
 * @page: page size of the kernel, bytes
 * @block: memory is set aside for a claim in blocks of at most so many bytes
 * @pa_end: past the last physical address
 * @nr_ram: ranges of System RAM at the top of /proc/iomem
 * @ram: they, sorted
 * @nr_children: children of System RAM
 * @child: they, sorted
 * @free: the largest stretch of RAM without children that are not free
 * @kernel_code: the old kernel's own code
 * @device: first page of a device
 * @added: memory that virtio-mem has added, or empty
 * @efi: whether EFI has started the kernel
 */
struct world {
	uint64_t page;
	uint64_t block;
	uint64_t pa_end;
	unsigned int nr_ram;
	struct range ram[WORLD_MAX];
	unsigned int nr_children;
	struct child child[WORLD_MAX];
	struct range free;
	struct range kernel_code;
	uint64_t device;
	struct range added;
	bool efi;
};

extern struct world world;

/**
 * world_read() - fill @world
 * @pa_bits: from FASTKEXEC_INFO
 */
void world_read(unsigned int pa_bits);

/**
 * world_owns() - may the next kernel have all of this?
 * @start: first byte
 * @size: bytes
 *
 * Return: true if it is System RAM and touches no child that is not free.
 */
bool world_owns(uint64_t start, uint64_t size);

/**
 * world_spot() - the address of a spot
 * @spot: which
 *
 * Return: page-aligned.
 */
uint64_t world_spot(enum spot spot);

/**
 * world_bad() - an address that cannot be used
 * @bad: which
 *
 * Return: the address.
 */
uint64_t world_bad(enum bad_pointer bad);

/**
 * world_bad_name() - its name
 * @bad: which
 *
 * Return: a word or two.
 */
const char *world_bad_name(enum bad_pointer bad);

/**
 * world_edge() - memory that ends
 * @room: bytes that are accessible
 *
 * Return: an address with @room bytes, and no accessible one behind. The same
 * memory each time.
 */
void *world_edge(uint64_t room);

/**
 * world_read_only() - memory that cannot be written
 * @data: what it shall hold
 * @size: bytes, at most a page
 *
 * Return: its address. The same memory each time.
 */
void *world_read_only(const void *data, uint64_t size);

/**
 * struct account - pages of the machine by use, in pages
 * @free: free, on the free lists or those of a CPU
 * @slab: of the slab allocator
 * @other: page tables and kernel stacks
 */
struct account {
	int64_t free;
	int64_t slab;
	int64_t other;
};

/**
 * world_available() - memory that can be had without swapping
 *
 * Return: bytes.
 */
uint64_t world_available(void);

/**
 * world_settle() - have the slab allocator give back what nobody uses
 *
 * It holds back slabs that are empty, and KASAN holds back what was freed, to see uses
 * of it. To be called where the slab is judged, before world_account().
 */
void world_settle(void);

/**
 * world_account() - count pages, with caches dropped
 * @account: filled in
 */
void world_account(struct account *account);

/**
 * world_missing() - pages that were there and now cannot be accounted for
 * @before: counted first
 * @after: counted later
 *
 * Return: pages; negative if more are there now.
 */
int64_t world_missing(const struct account *before, const struct account *after);

#endif /* ABI_PROC_IOMEM_H */
