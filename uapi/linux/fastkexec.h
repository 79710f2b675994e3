/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The ABI of /dev/fastkexec.
 */
#ifndef _UAPI_LINUX_FASTKEXEC_H
#define _UAPI_LINUX_FASTKEXEC_H

#include <linux/ioctl.h>
#include <linux/types.h>

/*
 * Until the first release (1.0) this ABI may change. From then on it only grows: a
 * new field goes to the end of its structure, zero in it means "as before", and no
 * number is given a second meaning.
 */

/**
 * DOC: The ABI of /dev/fastkexec
 *
 * An image is loaded in two steps on one open file. FASTKEXEC_PLACE asks where
 * the pieces of the next kernel can live, and claims the memory of those that
 * can be placed where they will run. With the addresses known, the caller
 * finishes the device tree and hands everything over with FASTKEXEC_LOAD. From
 * then on the image belongs to the module and outlives the file; closing the
 * file frees only claims that no load has committed. FASTKEXEC_PLACE may be left
 * out: FASTKEXEC_LOAD then claims, or copies, at the destinations it is given.
 *
 * There is no ioctl that jumps. With an image loaded, a plain restart by
 * reboot(2) replaces the kernel; a halt, a power-off, a restart with a command
 * string and the kernel's own kexec do what they always did.
 *
 * The argument of every call begins with its size in bytes, as the caller knows
 * it. A smaller (older) structure is extended with zeroes, and as much of an answer
 * is written as it has room for; a larger (newer) one is taken if what this module
 * does not know is zero. What comes in an array (&struct fastkexec_piece, &struct
 * fastkexec_segment, &struct fastkexec_keep) grows in the same way: the call that takes
 * the array says how many bytes one element has. Reserved fields and undefined flags
 * must be zero. All addresses are physical, ranges are half-open, and numbers have the
 * CPU's byte order.
 *
 * Memory that FASTKEXEC_PLACE has claimed can be mapped (mmap(2) of the same file, shared,
 * at &struct fastkexec_piece.map), and the contents written straight to where they will
 * run. It is zero at first. FASTKEXEC_LOAD takes every mapping of the file away before it
 * looks at the contents, also if it fails afterwards; so do the next FASTKEXEC_PLACE and
 * the last close of the file. An access from then on ends in SIGBUS. The memory cannot be
 * pinned (O_DIRECT and the like fail with EFAULT), and a child does not inherit the
 * mapping. mmap(2) fails with EPERM without CAP_SYS_BOOT, with EACCES if the file is not
 * open for writing or the mapping would be executable, with EINVAL if it would be private,
 * and with ENXIO if not all of it is one claim of this file.
 *
 * Some memory must not be touched by the next kernel either, as devices go on using it:
 * FASTKEXEC_KEEPS lists it. No segment can lie there, and the device tree that is loaded
 * has to reserve it (/memreserve/, or a node of /reserved-memory).
 *
 * The next kernel can be told when this one was left: &struct fastkexec_record lies in its
 * device tree, so that nothing but that is needed to read it.
 *
 * A kernel gives memory up by pageblock (2 MB or more with 4K pages): two claims
 * cannot share one, and a claim whose ends share theirs with memory that cannot
 * move is refused. FASTKEXEC_PLACE looks for places where neither is so.
 *
 * Errors of all calls:
 *
 * ==============  ==========================================================
 * EPERM           CAP_SYS_BOOT is missing, the kernel is locked down
 *                 (LOCKDOWN_KEXEC), or the module's parameter load_disabled is set
 *                 (FASTKEXEC_PLACE, FASTKEXEC_LOAD)
 * EACCES          FASTKEXEC_LOAD: a security module or IMA's policy does not allow
 *                 kernels to be loaded
 * EBUSY           a reboot or hibernation has begun, another load is running, or
 *                 memory went offline meanwhile; FASTKEXEC_REHEARSE: a trace or
 *                 profiling buffer is armed, or a CPU runs no tasks
 * EINTR           a fatal signal came first
 * EFAULT          a pointer cannot be read or written
 * EINVAL          a field has a value that is not defined, a reserved field is
 *                 not zero, an address or size is misaligned or empty, the
 *                 entry, the device tree or the record lies in no segment
 * E2BIG           a structure or an element of an array is larger than the module
 *                 knows and what is beyond is not zero, or larger than a page; more
 *                 segments than FASTKEXEC_MAX_SEGMENTS
 * EOVERFLOW       address + size does not fit the physical address space
 * EEXIST          two segments overlap
 * EADDRNOTAVAIL   a destination is not RAM that the old kernel owns and the
 *                 next one knows: not System RAM, reserved, or hot-added; or
 *                 the CPU cannot map the memory that the jump needs
 * EFBIG           a piece is larger than all the memory it may live in
 * ENOSPC          no range of memory is free for a piece in the way asked for, or none
 *                 can be claimed because a CPU runs no tasks
 * ENOMEM          memory is short, or less than 32 MB would be left to others; if
 *                 another image is loaded, unload it first
 * EOPNOTSUPP      this machine cannot be left safely; see &struct
 *                 fastkexec_info.blockers; FASTKEXEC_LOAD: FASTKEXEC_KEEPS lists
 *                 memory, and FASTKEXEC_LOAD_KEEPS is not set; FASTKEXEC_DIGEST: this
 *                 kernel has no SHA-256; FASTKEXEC_MEMORY: this kernel does not take
 *                 more memory, or not there; FASTKEXEC_EFI_MAP: this kernel was not
 *                 started by EFI, or its map cannot be one
 * ENODATA         FASTKEXEC_UNLOAD, FASTKEXEC_REHEARSE, FASTKEXEC_DIGEST: nothing is loaded
 * EIO             a rehearsal met a fault, its copy came out wrong, or the image has
 *                 changed since it was loaded; FASTKEXEC_DIGEST: a page of the segment
 *                 has memory errors
 * ENOTTY          no such call
 * ==============  ==========================================================
 *
 * A failed call leaves the image that was loaded before as it was, and logs one
 * line that says what was wrong; FASTKEXEC_EXPLAIN returns that line. Two say
 * nothing and leave the earlier line: ENOTTY, which is no call of ours, and a
 * FASTKEXEC_EXPLAIN that fails.
 */

#define FASTKEXEC_IOC_TYPE		0xfe

/** FASTKEXEC_MAX_SEGMENTS - the most segments of an image, and pieces of a query */
#define FASTKEXEC_MAX_SEGMENTS		16

/** FASTKEXEC_EXPLAIN_MAX - bytes of the longest line of FASTKEXEC_EXPLAIN, with its zero */
#define FASTKEXEC_EXPLAIN_MAX		200

/**
 * enum fastkexec_role - what a segment is to the next kernel
 * @FASTKEXEC_ROLE_OTHER: anything that is none of the following
 * @FASTKEXEC_ROLE_KERNEL: holds the first instruction
 * @FASTKEXEC_ROLE_INITRD: the initrd
 * @FASTKEXEC_ROLE_DTB: the device tree
 *
 * The module keeps it and gives it back. It decides nothing.
 */
enum fastkexec_role {
	FASTKEXEC_ROLE_OTHER		= 0,
	FASTKEXEC_ROLE_KERNEL		= 1,
	FASTKEXEC_ROLE_INITRD		= 2,
	FASTKEXEC_ROLE_DTB		= 3,
};

/**
 * enum fastkexec_placement - how a segment gets to where it will run
 * @FASTKEXEC_PLACE_AUTO: in place where possible, else by copy, each on its own
 *	(see also &struct fastkexec_place)
 * @FASTKEXEC_PLACE_IN_PLACE: its destination is claimed now; the jump moves
 *	nothing
 * @FASTKEXEC_PLACE_COPY: it is kept elsewhere and copied during the jump
 */
enum fastkexec_placement {
	FASTKEXEC_PLACE_AUTO		= 0,
	FASTKEXEC_PLACE_IN_PLACE	= 1,
	FASTKEXEC_PLACE_COPY		= 2,
};

/**
 * enum fastkexec_design - how the tables of the jump map what is copied
 * @FASTKEXEC_DESIGN_DEFAULT: the module's choice
 * @FASTKEXEC_DESIGN_IDENTITY: sources and destinations, each at its own address
 * @FASTKEXEC_DESIGN_RANGE: sources and destinations in two virtual ranges, one
 *	copy a segment
 * @FASTKEXEC_DESIGN_LINEAR: a copy of the running kernel's linear map
 */
enum fastkexec_design {
	FASTKEXEC_DESIGN_DEFAULT	= 0,
	FASTKEXEC_DESIGN_IDENTITY	= 1,
	FASTKEXEC_DESIGN_RANGE		= 2,
	FASTKEXEC_DESIGN_LINEAR		= 3,
};

/**
 * enum fastkexec_verify - what is compared with its checksum before the kernels change
 * @FASTKEXEC_VERIFY_FULL: all that the jump depends on: contents, tables, copy list,
 *	descriptor, relocation page
 * @FASTKEXEC_VERIFY_FAST: all but the contents of segments; the device tree's segment is
 *	among it
 * @FASTKEXEC_VERIFY_NONE: nothing
 *
 * If anything has changed since the load, the machine restarts through the firmware.
 */
enum fastkexec_verify {
	FASTKEXEC_VERIFY_FULL		= 0,
	FASTKEXEC_VERIFY_FAST		= 1,
	FASTKEXEC_VERIFY_NONE		= 2,
};

/**
 * enum fastkexec_level - where the running kernel stands, and the next one starts
 * @FASTKEXEC_LEVEL_EL1: the machine booted at EL1; so will the next kernel
 * @FASTKEXEC_LEVEL_EL2_STUB: kernel at EL1, its hyp stub at EL2; next at EL2
 * @FASTKEXEC_LEVEL_EL2_KVM: kernel at EL1, KVM at EL2; next at EL2
 * @FASTKEXEC_LEVEL_EL2_VHE: kernel at EL2; next at EL2
 */
enum fastkexec_level {
	FASTKEXEC_LEVEL_EL1		= 1,
	FASTKEXEC_LEVEL_EL2_STUB	= 2,
	FASTKEXEC_LEVEL_EL2_KVM		= 3,
	FASTKEXEC_LEVEL_EL2_VHE		= 4,
};

/*
 * Why this machine cannot be left (&struct fastkexec_info.blockers). What each means,
 * and what can be done about it, stands in fastkexec_blockers.h.
 */
#define FASTKEXEC_BLOCK_PKVM		(1ULL << 0)
#define FASTKEXEC_BLOCK_HYPERVISOR	(1ULL << 1)
#define FASTKEXEC_BLOCK_NO_PSCI		(1ULL << 2)
#define FASTKEXEC_BLOCK_SPIN_TABLE	(1ULL << 3)
#define FASTKEXEC_BLOCK_TRUSTED_OS	(1ULL << 4)
#define FASTKEXEC_BLOCK_LPI		(1ULL << 5)
#define FASTKEXEC_BLOCK_LOCKDOWN	(1ULL << 6)
#define FASTKEXEC_BLOCK_PAGING		(1ULL << 7)
#define FASTKEXEC_BLOCK_STUCK_CPU	(1ULL << 8)
#define FASTKEXEC_BLOCK_XEN		(1ULL << 9)
#define FASTKEXEC_BLOCK_HYPERV		(1ULL << 10)
#define FASTKEXEC_BLOCK_REALM		(1ULL << 11)
#define FASTKEXEC_BLOCK_GICV5		(1ULL << 12)
#define FASTKEXEC_BLOCK_CPU_SILENT	(1ULL << 13)
#define FASTKEXEC_BLOCK_CPU_STATE	(1ULL << 14)

/* Granules that the CPU supports (&struct fastkexec_info.granules). */
#define FASTKEXEC_GRANULE_4K		(1U << 0)
#define FASTKEXEC_GRANULE_16K		(1U << 1)
#define FASTKEXEC_GRANULE_64K		(1U << 2)

/**
 * struct fastkexec_info - FASTKEXEC_INFO: what this machine is and can do
 * @size: in: sizeof(struct fastkexec_info)
 * @level: out: enum fastkexec_level
 * @blockers: out: FASTKEXEC_BLOCK_*; 0 if an image can be loaded
 * @page_size: out: of the running kernel, bytes; alignment of every @dest
 * @granules: out: FASTKEXEC_GRANULE_* that the CPU supports
 * @big_endian: out: 1 if the CPU can run a big-endian kernel at @level
 * @va_bits: out: of the running kernel's TTBR1 range
 * @pa_bits: out: of the CPU's physical addresses
 * @cpus: out: CPUs online now
 * @psci_smc: out: 1 if PSCI is called by SMC, 0 by HVC
 * @contig: out: 1 if this kernel can claim memory in place
 */
struct fastkexec_info {
	__u32 size;
	__u32 level;
	__u64 blockers;
	__u32 page_size;
	__u32 granules;
	__u32 big_endian;
	__u32 va_bits;
	__u32 pa_bits;
	__u32 cpus;
	__u32 psci_smc;
	__u32 contig;
};

/**
 * FASTKEXEC_PIECE_MAP - the contents will be written to a mapping: if nothing is claimed for
 * the piece, memory elsewhere is set aside for it, and mapped
 */
#define FASTKEXEC_PIECE_MAP		(1U << 0)

/** FASTKEXEC_NO_MAP - &struct fastkexec_piece.map of a piece that cannot be mapped */
#define FASTKEXEC_NO_MAP		(~0ULL)

/**
 * struct fastkexec_piece - one thing that needs a place
 * @memsz: in: bytes; rounded up to pages
 * @align: in: power of two, at least the page size
 * @offset: in: start is a multiple of @align, plus @offset; a multiple of the
 *	page size, less than @align
 * @addr: out: where it goes
 * @placement: out: FASTKEXEC_PLACE_IN_PLACE if its memory is now claimed for
 *	this file, FASTKEXEC_PLACE_COPY if not
 * @role: in: enum fastkexec_role
 * @flags: in: FASTKEXEC_PIECE_*
 * @reserved: zero
 * @map: out: offset of its memory in this file, for mmap(2); FASTKEXEC_NO_MAP if
 *	@placement is FASTKEXEC_PLACE_COPY and @flags does not ask for memory
 */
struct fastkexec_piece {
	__u64 memsz;
	__u64 align;
	__u64 offset;
	__u64 addr;
	__u32 placement;
	__u32 role;
	__u32 flags;
	__u32 reserved;
	__u64 map;
};

/**
 * struct fastkexec_place - FASTKEXEC_PLACE: where can these live?
 * @size: in: sizeof(struct fastkexec_place)
 * @placement: in: enum fastkexec_placement
 * @nr_pieces: in: 1 to FASTKEXEC_MAX_SEGMENTS
 * @piece_size: in: sizeof(struct fastkexec_piece)
 * @pieces: in: address of an array of struct fastkexec_piece, written on success
 * @window: in: 0, or a power of two: the pieces all lie inside @window bytes
 *	that begin at a multiple of 1 GiB (arm64 boot protocol: 32 GiB)
 * @flags: in: zero
 * @reserved: zero
 *
 * Pieces are placed in the order given: the most demanding should come first.
 * Windows are tried from the top of memory down, in steps of half of one or 1 GiB,
 * until all pieces can be claimed in one; where that is nowhere so,
 * FASTKEXEC_PLACE_AUTO decides piece by piece in the first that has room.
 * FASTKEXEC_LOAD finds a claim again by its address and size, in pages: a segment
 * must be as large as its piece. Asking again on the same file gives the earlier
 * claims back first.
 */
struct fastkexec_place {
	__u32 size;
	__u32 placement;
	__u32 nr_pieces;
	__u32 piece_size;
	__u64 pieces;
	__u64 window;
	__u32 flags;
	__u32 reserved;
};

/** FASTKEXEC_SEGMENT_MAPPED - the contents were written to a mapping of the piece */
#define FASTKEXEC_SEGMENT_MAPPED	(1U << 0)

/**
 * struct fastkexec_segment - one range of the next kernel's memory
 * @buf: in: address of the contents in the caller's memory; 0 with
 *	FASTKEXEC_SEGMENT_MAPPED
 * @bufsz: in: bytes of contents, 0 to @memsz; the rest, up to @memsz, becomes zero,
 *	whatever was written there
 * @dest: in/out: where it will be when the next kernel starts; page-aligned
 * @memsz: in/out: bytes there, at least 1; all up to the end of the last page is
 *	overwritten
 * @align: in: 0, or a power of two that @dest must be a multiple of
 * @placement: out (FASTKEXEC_STATUS): FASTKEXEC_PLACE_IN_PLACE or _COPY
 * @chunks: out (FASTKEXEC_STATUS): stretches of memory that hold it
 * @role: in: enum fastkexec_role; out (FASTKEXEC_STATUS): the same
 * @flags: in: FASTKEXEC_SEGMENT_*
 * @reserved: zero
 */
struct fastkexec_segment {
	__u64 buf;
	__u64 bufsz;
	__u64 dest;
	__u64 memsz;
	__u64 align;
	__u32 placement;
	__u32 chunks;
	__u32 role;
	__u32 flags;
	__u32 reserved[2];
};

/** FASTKEXEC_LOAD_REHEARSE - rehearse the jump, and take the image only if that went well */
#define FASTKEXEC_LOAD_REHEARSE		(1U << 0)
/** FASTKEXEC_LOAD_KEEPS - the next kernel's device tree reserves what FASTKEXEC_KEEPS lists */
#define FASTKEXEC_LOAD_KEEPS		(1U << 1)

/**
 * struct fastkexec_load - FASTKEXEC_LOAD: take this image
 * @size: in: sizeof(struct fastkexec_load)
 * @flags: in: FASTKEXEC_LOAD_*
 * @placement: in: enum fastkexec_placement, for what this file has not claimed
 * @nr_segments: in: 1 to FASTKEXEC_MAX_SEGMENTS
 * @segments: in: address of an array of struct fastkexec_segment; there
 *	@placement and @chunks must be zero
 * @entry: in: the first instruction; 4-byte aligned, in a segment's contents
 * @dtb: in: the device tree, handed over in x0; 8-byte aligned, in a segment's
 *	contents
 * @design: in: enum fastkexec_design, for what is copied
 * @segment_size: in: sizeof(struct fastkexec_segment)
 * @verify: in: enum fastkexec_verify
 * @reserved: zero
 * @record: in: 0, or where &struct fastkexec_record goes: a multiple of its size, in a
 *	segment's contents, which it replaces; the stamps are written when the image has
 *	been compared with its checksums for the last time
 */
struct fastkexec_load {
	__u32 size;
	__u32 flags;
	__u32 placement;
	__u32 nr_segments;
	__u64 segments;
	__u64 entry;
	__u64 dtb;
	__u32 design;
	__u32 segment_size;
	__u32 verify;
	__u32 reserved;
	__u64 record;
};

/**
 * struct fastkexec_unload - FASTKEXEC_UNLOAD: free the image
 * @size: in: sizeof(struct fastkexec_unload)
 * @flags: in: zero
 */
struct fastkexec_unload {
	__u32 size;
	__u32 flags;
};

/**
 * struct fastkexec_status - FASTKEXEC_STATUS: what is loaded
 * @size: in: sizeof(struct fastkexec_status)
 * @loaded: out: 1 if an image is loaded; all else is 0 if not
 * @segments: in: address of an array that takes @nr_segments entries, or 0
 * @nr_segments: in: room in @segments; out: how many the image has
 * @table_pages: out: pages of translation tables made for the jump
 * @entry: out: as loaded
 * @dtb: out: as loaded
 * @bytes: out: sum of @memsz
 * @copy_bytes: out: bytes that the jump will copy
 * @copy_entries: out: entries of the copy list
 * @pages_held: out: pages of the running kernel that the image holds in all
 * @design: out: enum fastkexec_design in use
 * @rehearsed: out: FASTKEXEC_REHEARSED_* of the last rehearsal of this image; 0 if
 *	there was none
 * @segment_size: in: sizeof(struct fastkexec_segment); not looked at if @segments is 0
 * @verify: out: enum fastkexec_verify in use
 */
struct fastkexec_status {
	__u32 size;
	__u32 loaded;
	__u64 segments;
	__u32 nr_segments;
	__u32 table_pages;
	__u64 entry;
	__u64 dtb;
	__u64 bytes;
	__u64 copy_bytes;
	__u64 copy_entries;
	__u64 pages_held;
	__u32 design;
	__u32 rehearsed;
	__u32 segment_size;
	__u32 verify;
};

/* What a rehearsal went through (&struct fastkexec_rehearse.done). */
/** FASTKEXEC_REHEARSED_WALK - every address of the jump, by a walk of the tables in software */
#define FASTKEXEC_REHEARSED_WALK	(1U << 0)
/** FASTKEXEC_REHEARSED_AT - the same by the CPU's own walker (AT) */
#define FASTKEXEC_REHEARSED_AT		(1U << 1)
/** FASTKEXEC_REHEARSED_COPY - a copy by the relocation page, MMU off and on again */
#define FASTKEXEC_REHEARSED_COPY	(1U << 2)
/** FASTKEXEC_REHEARSED_EL2 - through EL2 and back, or all of it at EL2 (VHE) */
#define FASTKEXEC_REHEARSED_EL2		(1U << 3)
/** FASTKEXEC_REHEARSED_CPUS - each CPU but one off and on again, one after the other */
#define FASTKEXEC_REHEARSED_CPUS	(1U << 4)
/** FASTKEXEC_REHEARSED_VERIFY - what @verify of the load says, compared with its checksums */
#define FASTKEXEC_REHEARSED_VERIFY	(1U << 5)

/** FASTKEXEC_REHEARSE_CPUS - turn each CPU but the first one off and on again, before the rest */
#define FASTKEXEC_REHEARSE_CPUS		(1U << 0)

/**
 * struct fastkexec_rehearse - FASTKEXEC_REHEARSE: try the jump without leaving
 * @size: in: sizeof(struct fastkexec_rehearse)
 * @flags: in: FASTKEXEC_REHEARSE_*
 * @done: out: FASTKEXEC_REHEARSED_*
 * @reserved: zero
 *
 * Holds every CPU for some milliseconds. A fault is caught and returned as EIO, and so
 * is a CPU that does not go off, or does not come on again; it stays as it is then. A
 * hang cannot be caught.
 */
struct fastkexec_rehearse {
	__u32 size;
	__u32 flags;
	__u32 done;
	__u32 reserved;
};

/**
 * enum fastkexec_subject - what a failure is about
 * @FASTKEXEC_SUBJECT_NONE: the call as a whole
 * @FASTKEXEC_SUBJECT_PIECE: one element of &struct fastkexec_place.pieces
 * @FASTKEXEC_SUBJECT_SEGMENT: one element of &struct fastkexec_load.segments
 */
enum fastkexec_subject {
	FASTKEXEC_SUBJECT_NONE		= 0,
	FASTKEXEC_SUBJECT_PIECE		= 1,
	FASTKEXEC_SUBJECT_SEGMENT	= 2,
};

/**
 * struct fastkexec_explain - FASTKEXEC_EXPLAIN: why did the last call fail?
 * @size: in: sizeof(struct fastkexec_explain)
 * @len: in: bytes at @buf; out: bytes written, with the terminating zero; 0 if
 *	no call on this file has failed
 * @buf: in: address that takes the sentence, cut to @len; FASTKEXEC_EXPLAIN_MAX
 *	bytes are always enough
 * @subject: out: enum fastkexec_subject: the sentence is about it, and does not name it
 * @index: out: which one, as the caller numbered them
 */
struct fastkexec_explain {
	__u32 size;
	__u32 len;
	__u64 buf;
	__u32 subject;
	__u32 index;
};

/**
 * enum fastkexec_keep_reason - why the next kernel must not touch a range of memory
 * @FASTKEXEC_KEEP_LPI: the redistributors of the GICv3 go on using it for LPIs (property
 *	and pending tables); a Linux that finds it reserved goes on using it, too
 */
enum fastkexec_keep_reason {
	FASTKEXEC_KEEP_LPI		= 1,
};

/**
 * struct fastkexec_keep - a range that the next kernel must not touch
 * @start: out: first byte
 * @end: out: past the last byte
 * @why: out: enum fastkexec_keep_reason
 * @reserved: out: zero
 */
struct fastkexec_keep {
	__u64 start;
	__u64 end;
	__u32 why;
	__u32 reserved;
};

/**
 * struct fastkexec_keeps - FASTKEXEC_KEEPS: what must the next kernel not touch?
 * @size: in: sizeof(struct fastkexec_keeps)
 * @nr_keeps: in: room in @keeps; out: how many there are
 * @keeps: in: address of an array that takes @nr_keeps entries, or 0
 * @keep_size: in: sizeof(struct fastkexec_keep); not looked at if @keeps is 0
 * @reserved: zero
 *
 * The ranges are sorted and disjoint, and begin and end at multiples of 64 KB. The list
 * is the same whether this kernel was told to reserve them or not. It grows when a CPU
 * comes online for the first time; an image that was loaded before is then not started,
 * and the machine restarts through the firmware.
 */
struct fastkexec_keeps {
	__u32 size;
	__u32 nr_keeps;
	__u64 keeps;
	__u32 keep_size;
	__u32 reserved;
};

/**
 * enum fastkexec_moment - a moment of the way down
 * @FASTKEXEC_MOMENT_REQUESTED: somebody asked for a reboot
 * @FASTKEXEC_MOMENT_SHUTDOWN: services are stopped and file systems unmounted
 * @FASTKEXEC_MOMENT_NOTIFIED: reboot(2) was called: reboot notifiers run
 * @FASTKEXEC_MOMENT_DEVICES_DOWN: devices are down
 * @FASTKEXEC_MOMENT_VERIFIED: DMA is stopped, and the image is as it was loaded
 * @FASTKEXEC_MOMENT_CPUS_OFF: one CPU is left
 * @FASTKEXEC_MOMENT_LEFT: the last stores of this kernel
 * @FASTKEXEC_MOMENTS: how many there are
 *
 * In the order in which they come. User space knows the first two.
 */
enum fastkexec_moment {
	FASTKEXEC_MOMENT_REQUESTED	= 0,
	FASTKEXEC_MOMENT_SHUTDOWN	= 1,
	FASTKEXEC_MOMENT_NOTIFIED	= 2,
	FASTKEXEC_MOMENT_DEVICES_DOWN	= 3,
	FASTKEXEC_MOMENT_VERIFIED	= 4,
	FASTKEXEC_MOMENT_CPUS_OFF	= 5,
	FASTKEXEC_MOMENT_LEFT		= 6,
	FASTKEXEC_MOMENTS		= 7,
};

/**
 * struct fastkexec_stamp - FASTKEXEC_STAMP: this moment is now
 * @size: in: sizeof(struct fastkexec_stamp)
 * @moment: in: FASTKEXEC_MOMENT_REQUESTED or _SHUTDOWN; the last call counts
 */
struct fastkexec_stamp {
	__u32 size;
	__u32 moment;
};

/**
 * struct fastkexec_digest - FASTKEXEC_DIGEST: what does a segment hold?
 * @size: in: sizeof(struct fastkexec_digest)
 * @reserved: zero
 * @dest: in: of a segment, as FASTKEXEC_STATUS tells it
 * @sha256: out: SHA-256 (FIPS 180-4) of its contents (@bufsz bytes), as they are in memory
 *	now
 *
 * The contents are what was submitted, but for the record (&struct fastkexec_load.record).
 */
struct fastkexec_digest {
	__u32 size;
	__u32 reserved;
	__u64 dest;
	__u8 sha256[32];
};

/** FASTKEXEC_WHOLE_REG - property of a memory node that was cut short: what "reg" had */
#define FASTKEXEC_WHOLE_REG		"fastkexec,whole-reg"
/** FASTKEXEC_ADDED_RAM - what FASTKEXEC_MEMORY has added is called in /proc/iomem */
#define FASTKEXEC_ADDED_RAM		"System RAM (fastkexec)"

/**
 * struct fastkexec_memory - FASTKEXEC_MEMORY: add memory that this kernel was started without
 * @size: in: sizeof(struct fastkexec_memory)
 * @flags: in: zero
 * @from: in: look for memory at or above this address
 * @start: out: first byte of the first piece that there is
 * @end: out: past its last byte; 0: there is none, and all that follows is 0
 * @node: out: its NUMA node
 * @added: out: 1 if this call has added it, 0 if it was there
 *
 * A kernel can be started with a device tree whose memory nodes tell of a part of memory
 * alone, and have the rest in FASTKEXEC_WHOLE_REG, or with a memory map of EFI's that has
 * descriptors of the type FASTKEXEC_EFI_LATER. This call adds one piece of it: whole
 * memory blocks, 1 GiB at most. Its blocks are offline, or go online by the kernel's own
 * policy; the caller brings them online, so that they have room for the description of the
 * next piece, and calls again with @from = @end.
 *
 * Memory that somebody else has, that the tree reserves, or that FASTKEXEC_KEEPS lists is
 * never added. What was added is called FASTKEXEC_ADDED_RAM and stays with the kernel when
 * the module goes. FASTKEXEC_PLACE and FASTKEXEC_LOAD use it as any other: the tree
 * that is loaded must tell of all memory again.
 */
struct fastkexec_memory {
	__u32 size;
	__u32 flags;
	__u64 from;
	__u64 start;
	__u64 end;
	__u32 node;
	__u32 added;
};

/**
 * FASTKEXEC_EFI_LATER - type of a descriptor in EFI's memory map: memory for later
 *
 * Types from 0x80000000 on are for whoever loads an operating system (UEFI 2.10, 7.2). The
 * lower 16 bits are the NUMA node. Such a descriptor is one of EfiConventionalMemory whose
 * attributes went to its virtual address, which nothing but runtime services has: without
 * attributes it is no memory to Linux.
 */
#define FASTKEXEC_EFI_LATER		0xfa570000U
/** FASTKEXEC_EFI_LATER_NODE - the bits of &FASTKEXEC_EFI_LATER that are the node */
#define FASTKEXEC_EFI_LATER_NODE	0x0000ffffU

/**
 * struct fastkexec_efi_map - FASTKEXEC_EFI_MAP: EFI's memory map, as this kernel was given it
 * @size: in: sizeof(struct fastkexec_efi_map)
 * @len: in: room at @map; out: bytes that the map has
 * @map: in: address that takes the map, cut to @len; 0: it is not asked for
 * @desc_size: out: bytes from one descriptor to the next
 * @desc_version: out: of the descriptors
 *
 * The descriptors are EFI_MEMORY_DESCRIPTOR of UEFI 2.10, 7.2.3.
 */
struct fastkexec_efi_map {
	__u32 size;
	__u32 len;
	__u64 map;
	__u32 desc_size;
	__u32 desc_version;
};

/** FASTKEXEC_RECORD_MAGIC - &struct fastkexec_record.magic: "fastkexc" */
#define FASTKEXEC_RECORD_MAGIC		0x666173746b657863ULL
/** FASTKEXEC_RECORD_VERSION - of this layout */
#define FASTKEXEC_RECORD_VERSION	1

/**
 * struct fastkexec_record - what one kernel writes down for the next
 * @magic: FASTKEXEC_RECORD_MAGIC
 * @version: FASTKEXEC_RECORD_VERSION; a later one keeps what this one has
 * @frequency: of the counter (CNTFRQ_EL0), in Hz
 * @loaded: CNTVCT_EL0 when the image was loaded
 * @verify: enum fastkexec_verify
 * @bytes: of the image
 * @copy_bytes: of them, copied by the jump
 * @cpus: CPUs that were online at the load
 * @stamp: CNTVCT_EL0 at each enum fastkexec_moment; 0: that moment was not seen
 * @sum: makes the sum of all 32 numbers zero, modulo 2^64
 * @release: of the kernel that was left, as uname(2) tells it
 * @reserved: zero
 *
 * The next kernel's device tree holds it in the property "fastkexec,record" of /chosen,
 * at a multiple of 256 from the tree's start: the property is longer, and @magic tells
 * where in it the record begins. Every number is big-endian.
 */
struct fastkexec_record {
	__be64 magic;
	__be64 version;
	__be64 frequency;
	__be64 loaded;
	__be64 verify;
	__be64 bytes;
	__be64 copy_bytes;
	__be64 cpus;
	__be64 stamp[FASTKEXEC_MOMENTS];
	__be64 sum;
	char release[72];
	__be64 reserved[7];
};

/* Sizes of the structures' first versions: none may be smaller. */
#define FASTKEXEC_INFO_SIZE_V0		48
#define FASTKEXEC_PLACE_SIZE_V0		40
#define FASTKEXEC_PIECE_SIZE_V0		56
#define FASTKEXEC_LOAD_SIZE_V0		64
#define FASTKEXEC_SEGMENT_SIZE_V0	64
#define FASTKEXEC_UNLOAD_SIZE_V0	8
#define FASTKEXEC_STATUS_SIZE_V0	88
#define FASTKEXEC_EXPLAIN_SIZE_V0	24
#define FASTKEXEC_REHEARSE_SIZE_V0	16
#define FASTKEXEC_KEEPS_SIZE_V0		24
#define FASTKEXEC_KEEP_SIZE_V0		24
#define FASTKEXEC_STAMP_SIZE_V0		8
#define FASTKEXEC_DIGEST_SIZE_V0	48
#define FASTKEXEC_MEMORY_SIZE_V0	40
#define FASTKEXEC_EFI_MAP_SIZE_V0	24

#define FASTKEXEC_INFO		_IO(FASTKEXEC_IOC_TYPE, 0)
#define FASTKEXEC_PLACE		_IO(FASTKEXEC_IOC_TYPE, 1)
#define FASTKEXEC_LOAD		_IO(FASTKEXEC_IOC_TYPE, 2)
#define FASTKEXEC_UNLOAD	_IO(FASTKEXEC_IOC_TYPE, 3)
#define FASTKEXEC_STATUS	_IO(FASTKEXEC_IOC_TYPE, 4)
#define FASTKEXEC_EXPLAIN	_IO(FASTKEXEC_IOC_TYPE, 5)
#define FASTKEXEC_REHEARSE	_IO(FASTKEXEC_IOC_TYPE, 6)
#define FASTKEXEC_KEEPS		_IO(FASTKEXEC_IOC_TYPE, 7)
#define FASTKEXEC_STAMP		_IO(FASTKEXEC_IOC_TYPE, 8)
#define FASTKEXEC_DIGEST	_IO(FASTKEXEC_IOC_TYPE, 9)
#define FASTKEXEC_MEMORY	_IO(FASTKEXEC_IOC_TYPE, 10)
#define FASTKEXEC_EFI_MAP	_IO(FASTKEXEC_IOC_TYPE, 11)

#endif /* _UAPI_LINUX_FASTKEXEC_H */
