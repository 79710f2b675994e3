// SPDX-License-Identifier: GPL-2.0
/*
 * LZ4's legacy format, the one that kernels unpack, by liblz4. (lz4(1) -l makes it.)
 * Blocks of at most 8 MiB follow a magic number, each with its packed size in front;
 * nothing marks the end but the end of the input, or another magic number.
 */
#include <lz4.h>
#include <stdlib.h>
#include <string.h>

#include "formats/codec.h"

#define MAGIC		0x184c2102U
#define BLOCK		(8 << 20)

static uint32_t le32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Zeroes may follow, up to where the next archive begins. */
static bool is_padding(const uint8_t *data, size_t size)
{
	static const uint8_t zeroes[4];

	return !memcmp(data, zeroes, size < sizeof(zeroes) ? size : sizeof(zeroes));
}

static enum codec_result run(const uint8_t *data, size_t size, size_t *used, char *block,
			     const struct codec_sink *sink)
{
	uint32_t packed;
	int n;

	for (*used = 4; *used < size && !is_padding(data + *used, size - *used); *used += packed) {
		if (size - *used < 4)
			return CODEC_CUT_SHORT;
		packed = le32(data + *used);
		/* Another archive, or anything else: this one is over. */
		if (packed == MAGIC || packed > LZ4_COMPRESSBOUND(BLOCK))
			return CODEC_DONE;
		*used += 4;
		if (size - *used < packed)
			return CODEC_CUT_SHORT;
		n = LZ4_decompress_safe((const char *)data + *used, block, packed, BLOCK);
		if (n < 0)
			return CODEC_DAMAGED;
		if (!sink->take(sink->ctx, (uint8_t *)block, n))
			return CODEC_STOPPED;
	}
	return CODEC_DONE;
}

static enum codec_result unpack(const uint8_t *data, size_t size, size_t *used,
				const struct codec_sink *sink)
{
	char *block = malloc(BLOCK);
	enum codec_result result = CODEC_NO_MEMORY;

	*used = 0;
	if (block)
		result = run(data, size, used, block, sink);
	free(block);
	return result;
}

const struct codec codec_lz4 = {
	.name = "lz4",
	.magic = "\x02\x21\x4c\x18",
	.magic_size = 4,
	.unpack = unpack,
};
