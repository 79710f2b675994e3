// SPDX-License-Identifier: GPL-2.0
/*
 * A file that is compressed as a whole.
 */
#include "formats/format.h"
#include "formats/payload.h"

static int packed_open(struct kernel *kernel)
{
	const struct blob *contents = &kernel->contents;

	return payload_unpack(kernel, codec_find(contents->data, contents->size), 0,
			      contents->size);
}

#define PACKED(codec_name, words) \
	const struct format format_##codec_name = { \
		.name	= words, \
		.wraps	= true, \
		.codec	= &codec_##codec_name, \
		.open	= packed_open, \
	}

PACKED(bzip2, "bzip2");
PACKED(gzip, "gzip");
PACKED(lz4, "lz4");
PACKED(lz4_frame, "lz4 (frame)");
PACKED(lzma, "lzma");
PACKED(xz, "xz");
PACKED(zstd, "zstd");
