/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The record: what one kernel writes down for the next. Its layout is struct
 * fastkexec_record of the ABI; here it is made of words.
 */
#ifndef FK_RECORD_WORDS_H
#define FK_RECORD_WORDS_H

#include "types.h"

/*
 * A record is 32 words of 64 bits, each big-endian, as everything in a device tree is: a
 * kernel of any byte order can read it. All words together add up to zero, modulo 2^64.
 *
 * The load writes all of it but the stamps. They and the sum fill 64 bytes at a multiple
 * of 64. The way down writes those and no more.
 */
#define FK_RECORD_WORDS		32
#define FK_RECORD_SIZE		(FK_RECORD_WORDS * 8)

/* "fastkexc" */
#define FK_RECORD_MAGIC		0x666173746b657863ULL
#define FK_RECORD_VERSION	1

/* Words. */
#define FK_RECORD_FREQUENCY	2
#define FK_RECORD_LOADED	3
#define FK_RECORD_VERIFY	4
#define FK_RECORD_BYTES		5
#define FK_RECORD_COPY_BYTES	6
#define FK_RECORD_CPUS		7
#define FK_RECORD_STAMP		8
#define FK_RECORD_STAMPS	7
#define FK_RECORD_SUM		15
#define FK_RECORD_RELEASE	16
#define FK_RECORD_RELEASE_WORDS	9

/**
 * struct fk_record_facts - what the load knows
 * @frequency: of the counter, in Hz
 * @loaded: the counter
 * @verify: enum fastkexec_verify
 * @bytes: of the image
 * @copy_bytes: of them, copied by the jump
 * @cpus: CPUs that are online
 * @release: of this kernel; what does not fit is cut
 */
struct fk_record_facts {
	u64 frequency;
	u64 loaded;
	u64 verify;
	u64 bytes;
	u64 copy_bytes;
	u64 cpus;
	const char *release;
};

/**
 * fk_record_begin() - write all but the stamps
 * @record: FK_RECORD_SIZE bytes, aligned to a word; overwritten
 * @facts: of the load
 *
 * The stamps are zero: nobody has begun to leave.
 *
 * Return: the sum of all words but that of the sum, for fk_record_end().
 */
u64 fk_record_begin(u64 *record, const struct fk_record_facts *facts);

/**
 * fk_record_end() - write the stamps
 * @record: as fk_record_begin() left it
 * @sum: what that returned
 * @stamp: FK_RECORD_STAMPS values of the counter
 *
 * Writes words FK_RECORD_STAMP to FK_RECORD_SUM and reads nothing of @record.
 */
void fk_record_end(u64 *record, u64 sum, const u64 *stamp);

#endif /* FK_RECORD_WORDS_H */
