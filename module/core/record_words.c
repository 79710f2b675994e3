// SPDX-License-Identifier: GPL-2.0
/*
 * Making a record. Contracts and layout in record_words.h.
 */
#include "record_words.h"

static u64 big_endian(u64 value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap64(value);
#else
	return value;
#endif
}

/* The next eight characters of @text, the first one highest; zeroes behind its end. */
static u64 next_word(const char **text)
{
	u64 word = 0;
	unsigned int i;

	for (i = 0; i < 8; i++)
		word = word << 8 | (unsigned char)(**text ? *(*text)++ : '\0');
	return word;
}

static u64 put(u64 *record, unsigned int word, u64 value)
{
	record[word] = big_endian(value);
	return value;
}

/* The last word keeps a zero at its end. */
static u64 put_release(u64 *record, const char *release)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < FK_RECORD_RELEASE_WORDS - 1; i++)
		sum += put(record, FK_RECORD_RELEASE + i, next_word(&release));
	return sum;
}

u64 fk_record_begin(u64 *record, const struct fk_record_facts *facts)
{
	unsigned int i;
	u64 sum;

	for (i = 0; i < FK_RECORD_WORDS; i++)
		record[i] = 0;
	sum = put(record, 0, FK_RECORD_MAGIC);
	sum += put(record, 1, FK_RECORD_VERSION);
	sum += put(record, FK_RECORD_FREQUENCY, facts->frequency);
	sum += put(record, FK_RECORD_LOADED, facts->loaded);
	sum += put(record, FK_RECORD_VERIFY, facts->verify);
	sum += put(record, FK_RECORD_BYTES, facts->bytes);
	sum += put(record, FK_RECORD_COPY_BYTES, facts->copy_bytes);
	sum += put(record, FK_RECORD_CPUS, facts->cpus);
	sum += put_release(record, facts->release);
	put(record, FK_RECORD_SUM, -sum);
	return sum;
}

void fk_record_end(u64 *record, u64 sum, const u64 *stamp)
{
	unsigned int i;

	for (i = 0; i < FK_RECORD_STAMPS; i++)
		sum += put(record, FK_RECORD_STAMP + i, stamp[i]);
	put(record, FK_RECORD_SUM, -sum);
}
