// SPDX-License-Identifier: GPL-2.0
/*
 * Zstandard (RFC 8878), by libzstd.
 */
#include <zstd.h>
#include <zstd_errors.h>

#include "formats/codec.h"

/* The largest window as a power of two: a frame that asks for more is refused. */
#define WINDOW_LOG_MAX	27

static enum codec_result failure(size_t code)
{
	switch (ZSTD_getErrorCode(code)) {
	case ZSTD_error_frameParameter_windowTooLarge:
	case ZSTD_error_memory_allocation:
		return CODEC_NO_MEMORY;
	default:
		return CODEC_DAMAGED;
	}
}

static enum codec_result run(ZSTD_DStream *stream, ZSTD_inBuffer *in, size_t *used,
			     const struct codec_sink *sink)
{
	ZSTD_outBuffer out;
	size_t left;

	do {
		out.pos = 0;
		out.dst = sink->room(sink->ctx, &out.size);
		if (!out.dst)
			return CODEC_STOPPED;
		left = ZSTD_decompressStream(stream, &out, in);
		*used = in->pos;
		if (ZSTD_isError(left))
			return failure(left);
		if (out.pos && !sink->take(sink->ctx, out.pos))
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
	ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
	result = run(stream, &in, used, sink);
	ZSTD_freeDStream(stream);
	return result;
}

const struct codec codec_zstd = {
	.name = "zstd",
	.magic = "\x28\xb5\x2f\xfd",
	.magic_size = 4,
	.for_initrds = true,
	.unpack = unpack,
};
