/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compressed data as a whole: unpacked into memory of its own.
 */
#ifndef FASTKEXEC_UNPACK_H
#define FASTKEXEC_UNPACK_H

#include "blob.h"
#include "formats/codec.h"

/**
 * struct unpack_request - what is to be unpacked
 * @codec: its compression
 * @data: its contents
 * @size: bytes of them
 * @path: its name, for messages
 * @memory: bytes that it may unpack to
 */
struct unpack_request {
	const struct codec *codec;
	const uint8_t *data;
	size_t size;
	const char *path;
	uint64_t memory;
};

/**
 * unpack_whole() - unpack data to its end
 * @blob: takes what comes out, at least one byte
 * @request: what to unpack. Several streams may follow one another; then may come
 *	zeroes, or the unpacked size in four bytes, as kernels once were built.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int unpack_whole(struct blob *blob, const struct unpack_request *request);

#endif /* FASTKEXEC_UNPACK_H */
