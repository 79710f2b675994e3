// SPDX-License-Identifier: GPL-2.0
#include "formats/codec.h"

#include <string.h>

#include "array.h"

static const struct codec *const codecs[] = {
	&codec_gzip, &codec_xz, &codec_zstd, &codec_lz4, &codec_lz4_frame,
	&codec_bzip2, &codec_lzma,
};

const struct codec *codec_find(const uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(codecs); i++)
		if (size >= codecs[i]->magic_size &&
		    !memcmp(data, codecs[i]->magic, codecs[i]->magic_size))
			return codecs[i];
	return NULL;
}

const char *codec_result_text(enum codec_result result)
{
	switch (result) {
	case CODEC_CUT_SHORT:
		return "is cut short";
	case CODEC_NO_MEMORY:
		return "takes too much memory to unpack";
	default:
		return "is damaged";
	}
}
