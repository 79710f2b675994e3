// SPDX-License-Identifier: GPL-2.0
/*
 * Verifying an image. Contracts in verify.h.
 *
 * The checksum is CRC-32C: arm64 has instructions for it, and it finds every change
 * within 32 bits. It guards against accidents (a stray DMA, a bad DIMM), not against an
 * attacker, who could change the checksums as well.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "cache.h"
#include "compat.h"
#include "image.h"
#include "inject.h"
#include "poison.h"
#include "verify.h"

/* What a CPU takes at a time, and how exactly a change is told. */
#define PART_SIZE	SZ_64K

/* Room for parts at first; it doubles. */
#define FIRST_PARTS	64

/* The piece that a part belongs to. */
enum piece {
	SEGMENT,
	TABLES,
	LIST,
	DESCRIPTOR,
	RELOC,
	PARTS,
	NR_PIECES,
};

static const char *const piece_names[NR_PIECES] = {
	[SEGMENT]	= "contents",
	[TABLES]	= "translation tables",
	[LIST]		= "copy list",
	[DESCRIPTOR]	= "descriptor",
	[RELOC]		= "relocation page",
	[PARTS]		= "list of checksums",
};

/**
 * struct fk_verify_part - a stretch of memory with one checksum
 * @start_pa: where it lies
 * @offset: from the beginning of its segment; else zero
 * @size: bytes
 * @sum: CRC-32C
 * @piece: what it belongs to
 * @segment: which one, as the caller numbered them
 */
struct fk_verify_part {
	u64 start_pa;
	u64 offset;
	u32 size;
	u32 sum;
	u16 piece;
	u16 segment;
};

/* Stands for the array of parts. */
static const struct fk_verify_part all_parts = { .piece = PARTS };

static u32 sum_of(const struct fk_verify_part *part)
{
	return fk_crc32c(phys_to_virt(part->start_pa), part->size);
}

static u32 sum_of_parts(const struct fk_verify *verify)
{
	return fk_crc32c(verify->part, verify->nr * sizeof(*verify->part));
}

/* ---- at the load ---- */

static int make_room(struct fk_verify *verify)
{
	u32 max = verify->max ? verify->max * 2 : FIRST_PARTS;
	struct fk_verify_part *part;

	if (verify->nr < verify->max)
		return 0;
	part = FK_MAY_FAIL(kvcalloc(max, sizeof(*part), GFP_KERNEL), NULL);
	if (!part)
		return -ENOMEM;
	if (verify->nr)
		memcpy(part, verify->part, verify->nr * sizeof(*part));
	kvfree(verify->part);
	verify->part = part;
	verify->max = max;
	return 0;
}

static int add_part(struct fk_verify *verify, const struct fk_verify_part *part)
{
	int err = make_room(verify);

	if (err)
		return err;
	verify->part[verify->nr] = *part;
	verify->part[verify->nr].sum = sum_of(part);
	verify->nr++;
	return 0;
}

/* Note the @size bytes that begin with @first. */
static int note(struct fk_verify *verify, const struct fk_verify_part *first, u64 size)
{
	struct fk_verify_part part = *first;
	u64 done;
	int err = 0;

	pr_debug("piece: %s of segment %u from 0x%llx: 0x%llx bytes at 0x%llx\n",
		 piece_names[part.piece], part.segment, part.offset, size, part.start_pa);
	for (done = 0; done < size && !err; done += part.size) {
		if (fatal_signal_pending(current))
			return -EINTR;
		part.start_pa = first->start_pa + done;
		part.offset = first->offset + done;
		part.size = min_t(u64, size - done, PART_SIZE);
		err = add_part(verify, &part);
		cond_resched();
	}
	return err;
}

static int note_piece(struct fk_verify *verify, enum piece piece, u64 start_pa, u64 size)
{
	const struct fk_verify_part first = { .piece = piece, .start_pa = start_pa };

	return note(verify, &first, size);
}

static int note_reloc(struct fk_verify *verify, const struct fk_reloc *reloc)
{
	int err;

	err = note_piece(verify, RELOC, reloc->page_pa, reloc->page_size);
	if (!err)
		err = note_piece(verify, DESCRIPTOR, reloc->desc_pa, FK_LIST_OFFSET);
	if (!err)
		err = note_piece(verify, LIST, reloc->desc_pa + FK_LIST_OFFSET,
				 reloc->page_size - FK_LIST_OFFSET);
	return err;
}

/* The page that continues the list after @entry; zero if there is none. */
static u64 next_list_page(const struct fk_copy *entry)
{
	while (entry->kind != FK_COPY_KIND_END && entry->kind != FK_COPY_KIND_LINK)
		entry++;
	return entry->kind == FK_COPY_KIND_LINK ? entry->src : 0;
}

/* The pages of the list stand among those of the tables, in the list's own order. */
static int note_tables(struct fk_verify *verify, const struct fk_image *image)
{
	u64 list_pa = next_list_page((const void *)image->reloc.desc + FK_LIST_OFFSET);
	const struct fk_chunk *chunk;
	int err = 0;

	list_for_each_entry(chunk, &image->chunks.held, list) {
		u64 start_pa = page_to_phys(chunk->page);
		bool list = start_pa == list_pa;

		if (chunk->use != FK_USE_TABLES)
			continue;
		err = note_piece(verify, list ? LIST : TABLES, start_pa,
				 PAGE_SIZE << chunk->order);
		if (err)
			break;
		if (list)
			list_pa = next_list_page(page_address(chunk->page));
	}
	return err;
}

static bool wants(const struct fk_verify *verify, const struct fk_plan *plan,
		  const struct fk_plan_segment *seg)
{
	return verify->level == FASTKEXEC_VERIFY_FULL ||
	       (plan->dtb >= seg->dest && plan->dtb - seg->dest < seg->size);
}

static int note_in_place(struct fk_verify *verify, const struct fk_image *image)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < image->plan.nr && !err; i++) {
		const struct fk_plan_segment *seg = &image->plan.segment[i];
		const struct fk_verify_part first = {
			.piece = SEGMENT,
			.segment = seg->index,
			.start_pa = seg->dest,
		};

		if (fk_image_in_place(image, i) && wants(verify, &image->plan, seg))
			err = note(verify, &first, seg->size);
	}
	return err;
}

/* Moves come in the order of the plan. */
static int note_copied(struct fk_verify *verify, const struct fk_image *image)
{
	const struct fk_plan_segment *seg = image->plan.segment;
	u64 i;
	int err = 0;

	for (i = 0; i < image->moves.nr && !err; i++) {
		const struct fk_move *move = &image->moves.move[i];
		struct fk_verify_part first = { .piece = SEGMENT, .start_pa = move->src_pa };

		while (move->dst_pa - seg->dest >= seg->size)
			seg++;
		first.segment = seg->index;
		first.offset = move->dst_pa - seg->dest;
		if (move->src_pa != FK_MOVE_ZERO && wants(verify, &image->plan, seg))
			err = note(verify, &first, move->size);
	}
	return err;
}

int fk_verify_note(struct fk_image *image, u32 level, u64 line)
{
	struct fk_verify *verify = &image->verify;
	int err;

	verify->level = level;
	verify->line = line;
	if (level == FASTKEXEC_VERIFY_NONE)
		return 0;
	err = note_reloc(verify, &image->reloc);
	if (!err)
		err = note_tables(verify, image);
	if (!err)
		err = note_in_place(verify, image);
	if (!err)
		err = note_copied(verify, image);
	if (err)
		return err;
	verify->checked = FK_MAY_FAIL(kvcalloc(BITS_TO_LONGS(verify->nr), sizeof(long),
					       GFP_KERNEL), NULL);
	if (!verify->checked)
		return -ENOMEM;
	verify->sum = sum_of_parts(verify);
	return 0;
}

void fk_verify_free(struct fk_verify *verify)
{
	kvfree(verify->checked);
	kvfree(verify->part);
}

/* ---- one part ---- */

/*
 * The next kernel reads memory. A line that the caches have held since the load could
 * hide what a device without coherency has written there.
 */
static bool is_intact(const struct fk_verify *verify, const struct fk_verify_part *part)
{
	struct fk_range bad;

	/* A load from a poisoned page may end the kernel. */
	if (fk_poison_find(part->start_pa, part->start_pa + part->size, &bad))
		return false;
	fk_cache_clean(phys_to_virt(part->start_pa), part->size, verify->line);
	return sum_of(part) == part->sum;
}

/* ---- in words ---- */

struct sentence {
	char text[FASTKEXEC_EXPLAIN_MAX];
};

static const char *role_name(const struct fk_plan *plan, unsigned int index)
{
	static const char *const names[] = {
		[FASTKEXEC_ROLE_OTHER]	= "contents",
		[FASTKEXEC_ROLE_KERNEL]	= "kernel",
		[FASTKEXEC_ROLE_INITRD]	= "initrd",
		[FASTKEXEC_ROLE_DTB]	= "device tree",
	};
	unsigned int i;

	for (i = 0; i < plan->nr; i++)
		if (plan->segment[i].index == index)
			return names[plan->segment[i].role];
	return names[FASTKEXEC_ROLE_OTHER];
}

static struct sentence describe(const struct fk_image *image, const struct fk_verify_part *part)
{
	bool segment = part->piece == SEGMENT;
	u64 start = segment ? part->offset : part->start_pa;
	struct sentence sentence;

	snprintf(sentence.text, sizeof(sentence.text),
		 "the image is damaged: %s, changed since the load %s 0x%llx-0x%llx",
		 segment ? role_name(&image->plan, part->segment) : piece_names[part->piece],
		 segment ? "in its bytes" : "at", start, start + part->size);
	return sentence;
}

/* ---- in a rehearsal ---- */

static const struct fk_verify_part *find_damage(const struct fk_verify *verify)
{
	u32 i;

	if (sum_of_parts(verify) != verify->sum)
		return &all_parts;
	for (i = 0; i < verify->nr; i++) {
		if (!is_intact(verify, &verify->part[i]))
			return &verify->part[i];
		cond_resched();
	}
	return NULL;
}

int fk_verify_rehearse(const struct fk_image *image, struct fk_report *report)
{
	const struct fk_verify_part *part = image->verify.nr ? find_damage(&image->verify) : NULL;
	struct sentence sentence;

	if (!part)
		return 0;
	if (part->piece == SEGMENT)
		fk_report_segment(report, part->segment);
	sentence = describe(image, part);
	return fk_report_fail(report, -EIO, "%s", sentence.text);
}

/* ---- on the way down ---- */

/**
 * struct round - a check by all CPUs
 * @verify: what is checked
 * @next: the part that nobody has taken yet
 * @damaged: index of a part that has changed; negative if there is none
 */
static struct round {
	const struct fk_verify *verify;
	atomic_t next;
	atomic_t damaged;
} round;

static DEFINE_PER_CPU(call_single_data_t, call);

static void check_part(u32 i)
{
	if (!is_intact(round.verify, &round.verify->part[i]))
		atomic_cmpxchg(&round.damaged, -1, i);
	/* Orders what was found before it. */
	smp_mb__before_atomic();
	set_bit(i, round.verify->checked);
}

/* On every CPU. */
static void check_parts(void *unused)
{
	u32 i;

	for (;;) {
		i = atomic_inc_return(&round.next) - 1;
		if (i >= round.verify->nr)
			return;
		check_part(i);
		/* CPUs may share a core: each is to have its turn. */
		cpu_relax();
	}
}

/* Each call has a structure of its own: it waits for no CPU that has not answered before. */
static void call_others(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		call_single_data_t *csd = per_cpu_ptr(&call, cpu);

		csd->func = check_parts;
		if (cpu != smp_processor_id())
			smp_call_function_single_async(cpu, csd);
	}
}

/*
 * Parts that other CPUs are at. Each takes them as long as one takes this CPU, so that
 * most are done when the first of them has been done again.
 */
static void check_the_rest(void)
{
	u32 nr = round.verify->nr;
	u32 i;

	for (i = 0; i < nr; i++)
		if (!test_bit(i, round.verify->checked))
			check_part(i);
	/* Pairs with the barrier of check_part(). */
	smp_mb();
}

static const struct fk_verify_part *find_damage_by_all(const struct fk_verify *verify)
{
	int damaged;

	if (sum_of_parts(verify) != verify->sum)
		return &all_parts;
	round.verify = verify;
	atomic_set(&round.next, 0);
	atomic_set(&round.damaged, -1);
	bitmap_zero(verify->checked, verify->nr);
	call_others();
	check_parts(NULL);
	check_the_rest();
	damaged = atomic_read(&round.damaged);
	return damaged < 0 ? NULL : &verify->part[damaged];
}

int fk_verify_by_all(const struct fk_image *image)
{
	const struct fk_verify_part *part =
		image->verify.nr ? find_damage_by_all(&image->verify) : NULL;
	struct sentence sentence;

	if (!part)
		return 0;
	sentence = describe(image, part);
	pr_emerg("%s\n", sentence.text);
	return -EIO;
}
