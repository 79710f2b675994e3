// SPDX-License-Identifier: GPL-2.0
/*
 * bzip2, by libbz2.
 */
#include <bzlib.h>
#include <limits.h>

#include "formats/codec.h"

static enum codec_result result_of(int ret)
{
	switch (ret) {
	case BZ_STREAM_END:
		return CODEC_DONE;
	case BZ_OK:
		return CODEC_CUT_SHORT;
	case BZ_MEM_ERROR:
		return CODEC_NO_MEMORY;
	default:
		return CODEC_DAMAGED;
	}
}

static enum codec_result run(bz_stream *bz, const uint8_t *end, const struct codec_sink *sink)
{
	static uint8_t piece[CODEC_PIECE];
	int ret = BZ_OK;

	do {
		const uint8_t *next = (const uint8_t *)bz->next_in;

		if (!bz->avail_in)
			bz->avail_in = end - next < INT_MAX ? end - next : INT_MAX;
		bz->next_out = (char *)piece;
		bz->avail_out = sizeof(piece);
		ret = BZ2_bzDecompress(bz);
		if ((ret == BZ_OK || ret == BZ_STREAM_END) && bz->avail_out < sizeof(piece) &&
		    !sink->take(sink->ctx, piece, sizeof(piece) - bz->avail_out))
			return CODEC_STOPPED;
	} while (ret == BZ_OK && ((const uint8_t *)bz->next_in < end || !bz->avail_out));
	return result_of(ret);
}

static enum codec_result unpack(const uint8_t *data, size_t size, size_t *used,
				const struct codec_sink *sink)
{
	bz_stream bz = { .next_in = (char *)data };
	enum codec_result result;

	*used = 0;
	if (BZ2_bzDecompressInit(&bz, 0, 0) != BZ_OK)
		return CODEC_NO_MEMORY;
	result = run(&bz, data + size, sink);
	*used = (const uint8_t *)bz.next_in - data;
	BZ2_bzDecompressEnd(&bz);
	return result;
}

const struct codec codec_bzip2 = {
	.name = "bzip2",
	.magic = "BZh",
	.magic_size = 3,
	.unpack = unpack,
};
