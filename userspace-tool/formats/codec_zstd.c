// SPDX-License-Identifier: GPL-2.0
/*
 * Zstandard (RFC 8878), by libzstd.
 */
#include <zstd.h>

#include "formats/codec.h"

static enum codec_result run(ZSTD_DStream *stream, ZSTD_inBuffer *in,
			     const struct codec_sink *sink)
{
	static uint8_t piece[CODEC_PIECE];
	ZSTD_outBuffer out = { .dst = piece, .size = sizeof(piece) };
	size_t left;

	do {
		out.pos = 0;
		left = ZSTD_decompressStream(stream, &out, in);
		if (ZSTD_isError(left))
			return CODEC_DAMAGED;
		if (out.pos && !sink->take(sink->ctx, piece, out.pos))
			return CODEC_STOPPED;
	} while (left && (in->pos < in->size || out.pos == out.size));
	return left ? CODEC_CUT_SHORT : CODEC_DONE;
}

/* A frame: what follows it is looked at by the caller. */
static enum codec_result unpack(const uint8_t *data, size_t size, size_t *used,
				const struct codec_sink *sink)
{
	ZSTD_inBuffer in = { .src = data, .size = size };
	ZSTD_DStream *stream = ZSTD_createDStream();
	enum codec_result result;

	*used = 0;
	if (!stream)
		return CODEC_NO_MEMORY;
	result = run(stream, &in, sink);
	*used = in.pos;
	ZSTD_freeDStream(stream);
	return result;
}

const struct codec codec_zstd = {
	.name = "zstd",
	.magic = "\x28\xb5\x2f\xfd",
	.magic_size = 4,
	.unpack = unpack,
};
