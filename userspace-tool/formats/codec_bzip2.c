// SPDX-License-Identifier: GPL-2.0
/*
 * bzip2, by libbz2.
 */
#include <bzlib.h>
#include <limits.h>

#include "formats/codec.h"

/* libbz2 counts by 32 bits. */
#define MOST	((size_t)INT_MAX)

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

static enum codec_result run(bz_stream *bz, const uint8_t *data, size_t size, size_t *used,
			     const struct codec_sink *sink)
{
	size_t room, got;
	int ret;

	do {
		bz->avail_in = size - *used < MOST ? size - *used : MOST;
		bz->next_out = (char *)sink->room(sink->ctx, &room);
		if (!bz->next_out)
			return CODEC_STOPPED;
		room = room < MOST ? room : MOST;
		bz->avail_out = room;
		ret = BZ2_bzDecompress(bz);
		*used = (const uint8_t *)bz->next_in - data;
		got = room - bz->avail_out;
		if ((ret == BZ_OK || ret == BZ_STREAM_END) && got && !sink->take(sink->ctx, got))
			return CODEC_STOPPED;
	} while (ret == BZ_OK && (*used < size || !bz->avail_out));
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
	result = run(&bz, data, size, used, sink);
	BZ2_bzDecompressEnd(&bz);
	return result;
}

const struct codec codec_bzip2 = {
	.name = "bzip2",
	.magic = "BZh",
	.magic_size = 3,
	.for_initrds = true,
	.unpack = unpack,
};
