// SPDX-License-Identifier: GPL-2.0
/*
 * gzip (RFC 1952), by zlib.
 */
#include <limits.h>
#include <zlib.h>

#include "formats/codec.h"

/* zlib's way to ask for the largest window and a gzip header. */
#define GZIP_WINDOW	(MAX_WBITS + 16)

/* zlib counts by 32 bits. */
#define MOST		((size_t)INT_MAX)

static enum codec_result result_of(int ret)
{
	switch (ret) {
	case Z_STREAM_END:
		return CODEC_DONE;
	case Z_BUF_ERROR:
		return CODEC_CUT_SHORT;
	case Z_MEM_ERROR:
		return CODEC_NO_MEMORY;
	default:
		return CODEC_DAMAGED;
	}
}

static enum codec_result run(z_stream *z, const uint8_t *data, size_t size, size_t *used,
			     const struct codec_sink *sink)
{
	size_t room, got;
	int ret = Z_OK;

	while (ret == Z_OK) {
		z->avail_in = size - *used < MOST ? size - *used : MOST;
		z->next_out = sink->room(sink->ctx, &room);
		if (!z->next_out)
			return CODEC_STOPPED;
		room = room < MOST ? room : MOST;
		z->avail_out = room;
		ret = inflate(z, Z_NO_FLUSH);
		*used = z->next_in - data;
		got = room - z->avail_out;
		if ((ret == Z_OK || ret == Z_STREAM_END) && got && !sink->take(sink->ctx, got))
			return CODEC_STOPPED;
	}
	return result_of(ret);
}

static enum codec_result unpack(const uint8_t *data, size_t size, size_t *used,
				const struct codec_sink *sink)
{
	z_stream z = { .next_in = (uint8_t *)data };
	enum codec_result result;

	*used = 0;
	if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
		return CODEC_NO_MEMORY;
	result = run(&z, data, size, used, sink);
	inflateEnd(&z);
	return result;
}

const struct codec codec_gzip = {
	.name = "gzip",
	.magic = "\x1f\x8b",
	.magic_size = 2,
	.for_initrds = true,
	.unpack = unpack,
};
