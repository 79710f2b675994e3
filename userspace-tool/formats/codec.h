/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compressed streams: the ones that kernels and initrds come in, each unpacked by its
 * own library, straight to where the bytes are wanted.
 */
#ifndef FASTKEXEC_CODEC_H
#define FASTKEXEC_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum codec_result - how unpacking ended
 * @CODEC_DONE: the stream ended as it should
 * @CODEC_CUT_SHORT: the input ended first
 * @CODEC_DAMAGED: the stream is not what its format says
 * @CODEC_NO_MEMORY: unpacking takes more memory than CODEC_MEMORY, or than there is
 * @CODEC_STOPPED: the sink wanted no more
 */
enum codec_result {
	CODEC_DONE,
	CODEC_CUT_SHORT,
	CODEC_DAMAGED,
	CODEC_NO_MEMORY,
	CODEC_STOPPED,
};

/* A library may take so many bytes for its window; kernels take less. */
#define CODEC_MEMORY	(256ULL << 20)

/**
 * struct codec_sink - where the unpacked bytes go
 * @room: where the next bytes are to lie, and how many may: at least one; NULL stops
 *	the unpacking
 * @take: @size bytes, at least one, now lie where @room said; false stops the unpacking
 * @ctx: for both
 */
struct codec_sink {
	uint8_t *(*room)(void *ctx, size_t *size);
	bool (*take)(void *ctx, size_t size);
	void *ctx;
};

/**
 * struct codec - one compression
 * @name: for messages
 * @magic: what a stream begins with
 * @magic_size: bytes of @magic
 * @for_initrds: whether kernels unpack an initrd that is packed so
 * @unpack: unpacks the one stream that @data begins with; @used takes how many of the
 *	@size bytes have been read so far, also while the sink is called
 */
struct codec {
	const char *name;
	const char *magic;
	size_t magic_size;
	bool for_initrds;
	enum codec_result (*unpack)(const uint8_t *data, size_t size, size_t *used,
				    const struct codec_sink *sink);
};

extern const struct codec codec_bzip2;
extern const struct codec codec_gzip;
extern const struct codec codec_lz4;
extern const struct codec codec_lz4_frame;
extern const struct codec codec_lzma;
extern const struct codec codec_xz;
extern const struct codec codec_zstd;

/**
 * codec_find() - which compression does this begin with?
 * @data: the beginning
 * @size: bytes of it
 *
 * Return: the codec, or NULL
 */
const struct codec *codec_find(const uint8_t *data, size_t size);

/**
 * codec_result_text() - what is the matter
 * @result: not CODEC_DONE or CODEC_STOPPED
 *
 * Return: a clause that completes "FILE "
 */
const char *codec_result_text(enum codec_result result);

#endif /* FASTKEXEC_CODEC_H */
