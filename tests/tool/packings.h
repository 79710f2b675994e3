/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every way of packing that the tool unpacks, by the libraries that unpack it.
 */
#ifndef FASTKEXEC_PACKINGS_H
#define FASTKEXEC_PACKINGS_H

#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "../core/unit.h"

static size_t pack_gzip(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	z_stream z = { .next_in = (uint8_t *)data, .avail_in = size, .next_out = to,
		       .avail_out = room };

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, 0), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return z.total_out;
}

static size_t pack_xz(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	size_t used = 0;

	assert_int_equal(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC32, NULL, data, size, to, &used,
						 room), LZMA_OK);
	return used;
}

static size_t pack_lzma(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	lzma_options_lzma options;

	lzma_lzma_preset(&options, 6);
	assert_int_equal(lzma_alone_encoder(&stream, &options), LZMA_OK);
	stream.next_in = data;
	stream.avail_in = size;
	stream.next_out = to;
	stream.avail_out = room;
	assert_int_equal(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
	size = stream.total_out;
	lzma_end(&stream);
	return size;
}

static size_t pack_zstd(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	size = ZSTD_compress2(context, to, room, data, size);
	ZSTD_freeCCtx(context);
	assert_false(ZSTD_isError(size));
	return size;
}

static size_t pack_bzip2(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	unsigned int used = room;

	assert_int_equal(BZ2_bzBuffToBuffCompress((char *)to, &used, (char *)data, size, 9, 0, 0),
			 BZ_OK);
	return used;
}

static size_t pack_lz4(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	int n = LZ4_compress_default((const char *)data, (char *)to + 8, size, room - 8);

	assert_true(n > 0);
	memcpy(to, "\x02\x21\x4c\x18", 4);
	to[4] = n;
	to[5] = n >> 8;
	to[6] = n >> 16;
	to[7] = n >> 24;
	return n + 8;
}

/* What lz4(1) makes without -l. */
static size_t pack_lz4_frame(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	LZ4F_preferences_t preferences = {
		.frameInfo = { .contentChecksumFlag = LZ4F_contentChecksumEnabled },
	};

	size = LZ4F_compressFrame(to, room, data, size, &preferences);
	assert_false(LZ4F_isError(size));
	return size;
}

static size_t pack_plain(uint8_t *to, size_t room, const uint8_t *data, size_t size)
{
	assert_true(size <= room);
	memcpy(to, data, size);
	return size;
}

static const struct {
	const char *name;
	size_t (*pack)(uint8_t *to, size_t room, const uint8_t *data, size_t size);
	bool sums;	/* a changed byte is always found */
	bool by_kernels;	/* kernels unpack an initrd packed so */
} packings[] = {
	{ "plain", pack_plain, false, true },
	{ "gzip", pack_gzip, true, true },
	{ "xz", pack_xz, true, true },
	{ "lzma", pack_lzma, false, true },
	{ "zstd", pack_zstd, true, true },
	{ "bzip2", pack_bzip2, true, true },
	{ "lz4", pack_lz4, false, true },
	{ "lz4 (frame)", pack_lz4_frame, true, false },
};

#endif /* FASTKEXEC_PACKINGS_H */
