// SPDX-License-Identifier: GPL-2.0
/*
 * LZ4, by liblz4.
 *
 * The legacy format is the one that kernels unpack (lz4(1) -l makes it). Blocks of at
 * most 8 MiB follow a magic number, each with its packed size in front; nothing marks the
 * end but the end of the input, or another magic number. liblz4 knows the blocks alone.
 *
 * The frame format is what lz4(1) makes otherwise.
 */
#include <lz4.h>
#include <lz4frame.h>
#include <stdlib.h>
#include <string.h>

#include "formats/bytes.h"
#include "formats/codec.h"

#define MAGIC		0x184c2102U
#define BLOCK		(8U << 20)

/**
 * struct blocks - a legacy stream being unpacked
 * @data: its contents
 * @size: bytes of them
 * @used: where the bytes that were read are counted
 * @sink: where the unpacked bytes go
 * @spare: BLOCK bytes, for a block that the sink has no room for in one piece; NULL until
 *	there is one
 * @unpacked: bytes that it unpacked to
 */
struct blocks {
	const uint8_t *data;
	size_t size;
	size_t *used;
	const struct codec_sink *sink;
	uint8_t *spare;
	uint64_t unpacked;
};

/*
 * Zeroes may follow, up to where the next archive begins. So may the size of what was
 * packed, as the last four bytes: kernels once were built so.
 */
static bool is_over(const struct blocks *blocks, size_t at)
{
	static const uint8_t zeroes[4];
	const uint8_t *next = blocks->data + at;
	size_t left = blocks->size - at;

	if (!memcmp(next, zeroes, left < sizeof(zeroes) ? left : sizeof(zeroes)))
		return true;
	return left == 4 && le32(next) == (uint32_t)blocks->unpacked;
}

static enum codec_result hand_over(const struct codec_sink *sink, const uint8_t *data,
				   size_t size)
{
	uint8_t *to;
	size_t room;

	while (size) {
		to = sink->room(sink->ctx, &room);
		if (!to)
			return CODEC_STOPPED;
		if (room > size)
			room = size;
		memcpy(to, data, room);
		if (!sink->take(sink->ctx, room))
			return CODEC_STOPPED;
		data += room;
		size -= room;
	}
	return CODEC_DONE;
}

static enum codec_result unpack_block(struct blocks *blocks, const uint8_t *packed, size_t size)
{
	const struct codec_sink *sink = blocks->sink;
	uint8_t *to;
	size_t room;
	int n;

	to = sink->room(sink->ctx, &room);
	if (!to)
		return CODEC_STOPPED;
	if (room < BLOCK && !blocks->spare)
		blocks->spare = malloc(BLOCK);
	if (room < BLOCK && !blocks->spare)
		return CODEC_NO_MEMORY;
	if (room < BLOCK)
		to = blocks->spare;
	n = LZ4_decompress_safe((const char *)packed, (char *)to, size, BLOCK);
	if (n < 0)
		return CODEC_DAMAGED;
	blocks->unpacked += n;
	if (to == blocks->spare)
		return hand_over(sink, to, n);
	return !n || sink->take(sink->ctx, n) ? CODEC_DONE : CODEC_STOPPED;
}

static enum codec_result run_blocks(struct blocks *blocks)
{
	enum codec_result result = CODEC_DONE;
	size_t at = 4;
	uint32_t packed;

	for (*blocks->used = at; at < blocks->size && !is_over(blocks, at) && !result;
	     *blocks->used = at) {
		if (blocks->size - at < 4)
			return CODEC_CUT_SHORT;
		packed = le32(blocks->data + at);
		/* Another archive, or anything else: this one is over. */
		if (packed == MAGIC || packed > LZ4_COMPRESSBOUND(BLOCK))
			return CODEC_DONE;
		if (blocks->size - at - 4 < packed)
			return CODEC_CUT_SHORT;
		result = unpack_block(blocks, blocks->data + at + 4, packed);
		at += 4 + packed;
	}
	return result;
}

static enum codec_result unpack(const uint8_t *data, size_t size, size_t *used,
				const struct codec_sink *sink)
{
	struct blocks blocks = { .data = data, .size = size, .used = used, .sink = sink };
	enum codec_result result = run_blocks(&blocks);

	free(blocks.spare);
	return result;
}

static enum codec_result run_frame(LZ4F_dctx *context, const uint8_t *data, size_t size,
				   size_t *used, const struct codec_sink *sink)
{
	size_t left, room, taken;
	uint8_t *to;

	do {
		to = sink->room(sink->ctx, &room);
		if (!to)
			return CODEC_STOPPED;
		taken = size - *used;
		left = LZ4F_decompress(context, to, &room, data + *used, &taken, NULL);
		if (LZ4F_isError(left))
			return CODEC_DAMAGED;
		*used += taken;
		if (room && !sink->take(sink->ctx, room))
			return CODEC_STOPPED;
	} while (left && (room || taken));
	return left ? CODEC_CUT_SHORT : CODEC_DONE;
}

static enum codec_result unpack_frame(const uint8_t *data, size_t size, size_t *used,
				      const struct codec_sink *sink)
{
	LZ4F_dctx *context = NULL;
	enum codec_result result;

	*used = 0;
	if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)))
		return CODEC_NO_MEMORY;
	result = run_frame(context, data, size, used, sink);
	LZ4F_freeDecompressionContext(context);
	return result;
}

const struct codec codec_lz4 = {
	.name = "lz4",
	.magic = "\x02\x21\x4c\x18",
	.magic_size = 4,
	.for_initrds = true,
	.unpack = unpack,
};

const struct codec codec_lz4_frame = {
	.name = "lz4 (frame)",
	.magic = "\x04\x22\x4d\x18",
	.magic_size = 4,
	.unpack = unpack_frame,
};
