// SPDX-License-Identifier: GPL-2.0
#include "dtb_record.h"

#include <endian.h>
#include <libfdt.h>
#include <stdint.h>
#include <string.h>

#define SIZE	sizeof(struct fastkexec_record)

/* Twice the size: wherever the property ends up, an aligned record fits in. */
int dtb_record_make(void *tree, int chosen)
{
	static const uint8_t zeroes[2 * SIZE];

	return fdt_setprop(tree, chosen, DTB_RECORD_PROPERTY, zeroes, sizeof(zeroes));
}

size_t dtb_record_offset(const struct blob *tree)
{
	const int chosen = fdt_path_offset(tree->data, "/chosen");
	const uint8_t *value;
	size_t offset;
	int length;

	value = fdt_getprop(tree->data, chosen, DTB_RECORD_PROPERTY, &length);
	if (!value || (size_t)length < 2 * SIZE)
		return 0;
	offset = value - tree->data;
	return (offset + SIZE - 1) / SIZE * SIZE;
}

/* Only a copy of its bytes takes a number's byte order away from it, as sparse sees it. */
uint64_t dtb_record_number(__be64 number)
{
	uint64_t word;

	memcpy(&word, &number, sizeof(word));
	return be64toh(word);
}

static bool is_whole(const uint8_t *bytes)
{
	uint64_t sum = 0;
	__be64 word;
	size_t i;

	for (i = 0; i < SIZE; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		sum += dtb_record_number(word);
	}
	return !sum;
}

bool dtb_record_find(const void *value, size_t length, struct fastkexec_record *record)
{
	const uint64_t magic = htobe64(FASTKEXEC_RECORD_MAGIC);
	const uint8_t *bytes = value;
	size_t at;

	/* A property begins at a multiple of 4. */
	for (at = 0; at + SIZE <= length; at += 4)
		if (!memcmp(bytes + at, &magic, sizeof(magic)) && is_whole(bytes + at)) {
			memcpy(record, bytes + at, sizeof(*record));
			return dtb_record_number(record->version) >= FASTKEXEC_RECORD_VERSION;
		}
	return false;
}
