/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compressed data as a whole: unpacked into memory of its own.
 */
#ifndef FASTKEXEC_UNPACK_H
#define FASTKEXEC_UNPACK_H

#include "blob.h"
#include "formats/codec.h"

/**
 * struct unpacked - what comes out of compressed data
 * @path: its name, for messages
 * @memory: bytes that it may be
 * @blob: it, with room for more; owned
 * @filled: bytes of it
 * @fixed: whether @blob cannot grow, and is not owned
 */
struct unpacked {
	const char *path;
	uint64_t memory;
	struct blob blob;
	size_t filled;
	bool fixed;
};

/**
 * unpacked_room() - where the next bytes are to lie
 * @unpacked: all-zero but @path and @memory at first; sizes in files may lie, so it
 *	grows with what comes
 * @size: takes how many there is room for, at least one
 *
 * Return: where; NULL after having said what was wrong
 */
uint8_t *unpacked_room(struct unpacked *unpacked, size_t *size);

/**
 * unpacked_end() - give back what it has too much
 * @unpacked: with at least one byte
 *
 * Return: 0, or -1 after having said what was wrong
 */
int unpacked_end(struct unpacked *unpacked);

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

/**
 * unpack_into() - the same, into memory that is there
 * @to: takes what comes out
 * @room: bytes at @to; more than that is a failure
 * @request: what to unpack
 * @size: takes how many bytes came out
 *
 * Return: 0, or -1 after having said what was wrong
 */
int unpack_into(uint8_t *to, size_t room, const struct unpack_request *request, size_t *size);

/**
 * unpack_begin() - unpack the first bytes
 * @to: takes them
 * @room: how many are wanted
 * @request: what to unpack; what is wrong with it is not said
 *
 * Return: how many came out: less than @room if there are no more, if something is
 * wrong, or if the library hands out more at a time
 */
size_t unpack_begin(uint8_t *to, size_t room, const struct unpack_request *request);

#endif /* FASTKEXEC_UNPACK_H */
