// SPDX-License-Identifier: GPL-2.0
/*
 * xz and the older .lzma, by liblzma.
 */
#include <lzma.h>

#include "formats/codec.h"

static enum codec_result result_of(lzma_ret ret)
{
	switch (ret) {
	case LZMA_STREAM_END:
		return CODEC_DONE;
	case LZMA_BUF_ERROR:
		return CODEC_CUT_SHORT;
	case LZMA_MEM_ERROR:
	case LZMA_MEMLIMIT_ERROR:
		return CODEC_NO_MEMORY;
	default:
		return CODEC_DAMAGED;
	}
}

static enum codec_result run(lzma_stream *stream, size_t size, size_t *used,
			     const struct codec_sink *sink)
{
	lzma_ret ret = LZMA_OK;
	size_t room, got;

	while (ret == LZMA_OK) {
		stream->next_out = sink->room(sink->ctx, &room);
		if (!stream->next_out)
			return CODEC_STOPPED;
		stream->avail_out = room;
		ret = lzma_code(stream, LZMA_RUN);
		*used = size - stream->avail_in;
		got = room - stream->avail_out;
		if ((ret == LZMA_OK || ret == LZMA_STREAM_END) && got &&
		    !sink->take(sink->ctx, got))
			return CODEC_STOPPED;
	}
	return result_of(ret);
}

static enum codec_result unpack(lzma_stream *stream, lzma_ret begun, const uint8_t *data,
				size_t size, size_t *used, const struct codec_sink *sink)
{
	enum codec_result result;

	*used = 0;
	if (begun != LZMA_OK)
		return CODEC_NO_MEMORY;
	stream->next_in = data;
	stream->avail_in = size;
	result = run(stream, size, used, sink);
	lzma_end(stream);
	return result;
}

static enum codec_result unpack_xz(const uint8_t *data, size_t size, size_t *used,
				   const struct codec_sink *sink)
{
	lzma_stream stream = LZMA_STREAM_INIT;

	return unpack(&stream, lzma_stream_decoder(&stream, CODEC_MEMORY, 0), data, size, used,
		      sink);
}

static enum codec_result unpack_lzma(const uint8_t *data, size_t size, size_t *used,
				     const struct codec_sink *sink)
{
	lzma_stream stream = LZMA_STREAM_INIT;

	return unpack(&stream, lzma_alone_decoder(&stream, CODEC_MEMORY), data, size, used, sink);
}

const struct codec codec_xz = {
	.name = "xz",
	.magic = "\xfd\x37zXZ\0",
	.magic_size = 6,
	.for_initrds = true,
	.unpack = unpack_xz,
};

/* It has no magic of its own: its properties and a dictionary of whole 64K are usual. */
const struct codec codec_lzma = {
	.name = "lzma",
	.magic = "\x5d\0\0",
	.magic_size = 3,
	.for_initrds = true,
	.unpack = unpack_lzma,
};
