// SPDX-License-Identifier: GPL-2.0
/*
 * The record. Contracts in record.h.
 */
#include <linux/build_bug.h>
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/stddef.h>
#include <linux/utsname.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "cache.h"
#include "core/record_words.h"
#include "image.h"
#include "record.h"

#define FK_WORD(field, word) \
	static_assert(offsetof(struct fastkexec_record, field) == (word) * 8)

FK_WORD(version, 1);
FK_WORD(frequency, FK_RECORD_FREQUENCY);
FK_WORD(loaded, FK_RECORD_LOADED);
FK_WORD(verify, FK_RECORD_VERIFY);
FK_WORD(bytes, FK_RECORD_BYTES);
FK_WORD(copy_bytes, FK_RECORD_COPY_BYTES);
FK_WORD(cpus, FK_RECORD_CPUS);
FK_WORD(stamp, FK_RECORD_STAMP);
FK_WORD(sum, FK_RECORD_SUM);
FK_WORD(release, FK_RECORD_RELEASE);
static_assert(sizeof(struct fastkexec_record) == FK_RECORD_SIZE);
static_assert(FASTKEXEC_RECORD_MAGIC == FK_RECORD_MAGIC);
static_assert(FASTKEXEC_RECORD_VERSION == FK_RECORD_VERSION);
static_assert(FASTKEXEC_MOMENTS == FK_RECORD_STAMPS);

static u64 stamps[FK_RECORD_STAMPS];

/*
 * The virtual counter: every kernel lets its user space read that, and it goes on counting
 * through the jump. At EL2 with E2H set its offset is zero, and so it is under a kernel
 * that was entered at EL2; else a hypervisor keeps it (Arm ARM D12.1.2). The barrier keeps
 * the read from being done early.
 */
static u64 counter(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

void fk_record_stamp(enum fastkexec_moment moment)
{
	stamps[moment] = counter();
}

/*
 * Contents lie in place, or in a chunk that one of the moves copies. Neither begins or ends
 * inside a page, and no record lies in two pages.
 */
static u64 *find(const struct fk_image *image, u64 record_pa)
{
	u64 i;

	for (i = 0; i < image->moves.nr; i++) {
		const struct fk_move *move = &image->moves.move[i];

		if (record_pa >= move->dst_pa && record_pa - move->dst_pa < move->size)
			return phys_to_virt(move->src_pa + record_pa - move->dst_pa);
	}
	return phys_to_virt(record_pa);
}

static u64 bytes_of(const struct fk_plan *plan)
{
	unsigned int i;
	u64 bytes = 0;

	for (i = 0; i < plan->nr; i++)
		bytes += plan->segment[i].memsz;
	return bytes;
}

static u64 copied_bytes_of(const struct fk_image *image)
{
	u64 i, bytes = 0;

	for (i = 0; i < image->moves.nr; i++)
		if (image->moves.move[i].src_pa != FK_MOVE_ZERO)
			bytes += image->moves.move[i].size;
	return bytes;
}

void fk_record_prepare(struct fk_image *image, u32 verify, u64 line)
{
	const struct fk_record_facts facts = {
		.frequency = read_sysreg(cntfrq_el0),
		.loaded = counter(),
		.verify = verify,
		.bytes = bytes_of(&image->plan),
		.copy_bytes = copied_bytes_of(image),
		.cpus = num_online_cpus(),
		.release = init_utsname()->release,
	};
	struct fk_record *record = &image->record;

	if (!image->plan.record_pa)
		return;
	record->at = find(image, image->plan.record_pa);
	record->line = line;
	record->sum = fk_record_begin(record->at, &facts);
	fk_cache_clean(record->at, FK_RECORD_SIZE, line);
}

/*
 * In place, the next kernel reads memory with its caches off: the line is cleaned to the
 * Point of Coherency, as the load did with the rest. DC CIVAC of the line and the DSB
 * behind it are complete before the MMU goes off (Arm ARM D7.5.9.5), and nobody writes to
 * the line afterwards; a copy of it that speculation brings back is clean. By copy, the
 * relocation page reads the chunk with caches on, so cleaning is not needed and does no
 * harm.
 */
void fk_record_hand_over(const struct fk_record *record)
{
	if (!record->at)
		return;
	fk_record_stamp(FASTKEXEC_MOMENT_LEFT);
	fk_record_end(record->at, record->sum, stamps);
	fk_cache_clean(&record->at[FK_RECORD_STAMP], (FK_RECORD_STAMPS + 1) * sizeof(u64),
		       record->line);
}
