// SPDX-License-Identifier: GPL-2.0
/*
 * Anything compressed with gzip (RFC 1952).
 */
#include <inttypes.h>
#include <zlib.h>

#include "formats/format.h"
#include "out.h"

/* zlib: the largest window, and a gzip header around it. */
#define WINDOW_BITS	(15 + 16)
#define CHUNK		(1024 * 1024)
#define STEP		(16 * CHUNK)

/**
 * struct unpack - one decompression
 * @kernel: whose contents are unpacked
 * @out: what came out so far, with room for more
 * @used: bytes of @out that are filled
 * @stream: zlib's state; its input is handed over in chunks, as its counters
 *	have 32 bits
 */
struct unpack {
	struct kernel *kernel;
	struct blob out;
	size_t used;
	z_stream stream;
};

static bool gzip_probe(const uint8_t *data, size_t size)
{
	return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static size_t consumed(const struct unpack *unpack)
{
	return unpack->stream.next_in - unpack->kernel->contents.data;
}

/* The size in a gzip trailer may lie, so the room grows with what comes. */
static int make_room(struct unpack *unpack)
{
	const struct kernel *kernel = unpack->kernel;
	size_t size = unpack->out.size;

	if (unpack->used < size)
		return 0;
	if (size >= kernel->memory)
		return out_fail("%s unpacks to more than this machine's memory (%s)",
				kernel->path, out_size(kernel->memory).s);
	size += STEP;
	if (size > kernel->memory)
		size = kernel->memory;
	return blob_resize(&unpack->out, size, kernel->path);
}

static int feed(struct unpack *unpack)
{
	const struct blob *in = &unpack->kernel->contents;
	z_stream *stream = &unpack->stream;
	size_t left = in->size - consumed(unpack);
	size_t room;
	int ret;

	if (make_room(unpack))
		return Z_ERRNO;
	room = unpack->out.size - unpack->used;

	stream->avail_in = left < CHUNK ? left : CHUNK;
	stream->next_out = unpack->out.data + unpack->used;
	stream->avail_out = room < CHUNK ? room : CHUNK;
	ret = inflate(stream, Z_NO_FLUSH);
	unpack->used = stream->next_out - unpack->out.data;

	out_progress(unpack->kernel->path, consumed(unpack), in->size);
	return ret;
}

/* A gzip member may be followed by another one, by zeroes up to the end, or by nothing. */
static int next_member(struct unpack *unpack, bool *more)
{
	const struct blob *in = &unpack->kernel->contents;
	size_t at = consumed(unpack);
	size_t i;

	*more = gzip_probe(in->data + at, in->size - at);
	if (*more)
		return 0;
	for (i = at; i < in->size; i++)
		if (in->data[i])
			return out_fail("%s has %zu bytes after the end of its compressed data",
					unpack->kernel->path, in->size - at);
	return 0;
}

static int unpack_all(struct unpack *unpack)
{
	struct kernel *kernel = unpack->kernel;
	bool more;

	for (;;) {
		switch (feed(unpack)) {
		case Z_OK:
			continue;
		case Z_STREAM_END:
			if (next_member(unpack, &more))
				return -1;
			if (!more)
				return 0;
			inflateReset(&unpack->stream);
			continue;
		case Z_BUF_ERROR:
			return out_fail("%s is cut short: its compressed data has no end",
					kernel->path);
		case Z_ERRNO:
			return -1;
		case Z_MEM_ERROR:
			return out_fail("out of memory while unpacking %s", kernel->path);
		default:
			return out_fail("%s is damaged: %s near byte %zu", kernel->path,
					unpack->stream.msg ? unpack->stream.msg : "bad data",
					consumed(unpack));
		}
	}
}

static int gzip_open(struct kernel *kernel)
{
	struct unpack unpack = { .kernel = kernel };
	int ret;

	if (blob_alloc(&unpack.out, CHUNK, kernel->path))
		return -1;
	unpack.stream.next_in = kernel->contents.data;
	if (inflateInit2(&unpack.stream, WINDOW_BITS) != Z_OK) {
		blob_free(&unpack.out);
		return out_fail("out of memory while unpacking %s", kernel->path);
	}

	ret = unpack_all(&unpack);
	inflateEnd(&unpack.stream);
	out_progress(kernel->path, kernel->contents.size, kernel->contents.size);

	if (!ret && !unpack.used)
		ret = out_fail("%s is empty inside", kernel->path);
	if (!ret)
		ret = blob_resize(&unpack.out, unpack.used, kernel->path);
	if (ret) {
		blob_free(&unpack.out);
		return -1;
	}
	blob_free(&kernel->contents);
	kernel->contents = unpack.out;
	return 0;
}

const struct format format_gzip = {
	.name	= "gzip",
	.wraps	= true,
	.probe	= gzip_probe,
	.open	= gzip_open,
};
