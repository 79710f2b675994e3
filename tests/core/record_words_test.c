// SPDX-License-Identifier: GPL-2.0
/* The record: what the module writes is what the ABI's structure says. */
#include <endian.h>
#include <stdio.h>

#include "../../uapi/linux/fastkexec.h"
#include "unit.h"
#include "../../module/core/record_words.h"

static const struct fk_record_facts facts = {
	.frequency = 62500000,
	.loaded = 0x1122334455667788,
	.verify = FASTKEXEC_VERIFY_FAST,
	.bytes = 40 << 20,
	.copy_bytes = 3 << 20,
	.cpus = 4,
	.release = "6.1.0-50-arm64",
};

static const u64 stamps[FK_RECORD_STAMPS] = { 1, 2, 0, ~0ULL, 5, 1ULL << 63, 7 };

static union {
	u64 word[FK_RECORD_WORDS];
	struct fastkexec_record record;
} memory;

static u64 sum_of(void)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < FK_RECORD_WORDS; i++)
		sum += be64toh(memory.word[i]);
	return sum;
}

TEST("a record that nobody has ended yet is whole and has no stamps")
{
	unsigned int i;

	memset(&memory, 0xff, sizeof(memory));
	fk_record_begin(memory.word, &facts);
	assert_int_equal(sum_of(), 0);
	assert_int_equal(be64toh(memory.record.magic), FASTKEXEC_RECORD_MAGIC);
	assert_memory_equal(&memory, "fastkexc", 8);
	assert_int_equal(be64toh(memory.record.version), FASTKEXEC_RECORD_VERSION);
	assert_int_equal(be64toh(memory.record.frequency), facts.frequency);
	assert_int_equal(be64toh(memory.record.loaded), facts.loaded);
	assert_int_equal(be64toh(memory.record.verify), facts.verify);
	assert_int_equal(be64toh(memory.record.bytes), facts.bytes);
	assert_int_equal(be64toh(memory.record.copy_bytes), facts.copy_bytes);
	assert_int_equal(be64toh(memory.record.cpus), facts.cpus);
	assert_string_equal(memory.record.release, facts.release);
	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		assert_int_equal(memory.record.stamp[i], 0);
	for (i = 0; i < ARRAY_SIZE(memory.record.reserved); i++)
		assert_int_equal(memory.record.reserved[i], 0);
}

TEST("stamps are added, and nothing else changes")
{
	struct fastkexec_record before;
	unsigned int i;
	u64 sum;

	sum = fk_record_begin(memory.word, &facts);
	before = memory.record;
	fk_record_end(memory.word, sum, stamps);
	assert_int_equal(sum_of(), 0);
	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		assert_int_equal(be64toh(memory.record.stamp[i]), stamps[i]);
	memcpy(before.stamp, memory.record.stamp, sizeof(before.stamp));
	before.sum = memory.record.sum;
	assert_memory_equal(&before, &memory, sizeof(before));
}

TEST("what the way down writes is 64 bytes at a multiple of 64")
{
	assert_int_equal(FK_RECORD_STAMP * sizeof(u64) % 64, 0);
	assert_int_equal((FK_RECORD_SUM + 1 - FK_RECORD_STAMP) * sizeof(u64), 64);
	assert_int_equal(FK_RECORD_SUM, FK_RECORD_STAMP + FK_RECORD_STAMPS);
	assert_int_equal(FK_RECORD_SIZE % 64, 0);
}

TEST("a release that is too long is cut")
{
	struct fk_record_facts long_one = facts;
	char release[200];

	memset(release, 'x', sizeof(release));
	release[sizeof(release) - 1] = '\0';
	long_one.release = release;
	fk_record_begin(memory.word, &long_one);
	assert_int_equal(sum_of(), 0);
	assert_int_equal(strnlen(memory.record.release, sizeof(memory.record.release)), 64);
	assert_memory_equal(memory.record.release, release, 64);
}
