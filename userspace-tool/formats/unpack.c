// SPDX-License-Identifier: GPL-2.0
#include "formats/unpack.h"

#include <string.h>

#include "formats/bytes.h"
#include "out.h"

/* What the room grows by. The largest block of lz4 fits into it. */
#define STEP	(16U << 20)

/**
 * struct output - what comes out
 * @request: of what
 * @blob: it, with room for more
 * @filled: bytes of it
 * @at: where the stream begins that is being unpacked
 * @used: bytes of that stream that have been read
 * @failed: whether it was said why there is no more room
 */
struct output {
	const struct unpack_request *request;
	struct blob blob;
	size_t filled;
	size_t at;
	size_t used;
	bool failed;
};

/* Sizes in files may lie, so the room grows with what comes. */
static bool grow(struct output *output)
{
	const struct unpack_request *request = output->request;
	size_t size = output->blob.size;

	if (size >= request->memory) {
		out_fail("%s unpacks to more than this machine's memory (%s)", request->path,
			 out_size(request->memory).s);
		return false;
	}
	size = size + STEP < request->memory ? size + STEP : request->memory;
	if (!output->blob.data)
		return !blob_alloc(&output->blob, size, request->path);
	return !blob_resize(&output->blob, size, request->path);
}

static uint8_t *room(void *ctx, size_t *size)
{
	struct output *output = ctx;

	if (output->filled == output->blob.size && !grow(output)) {
		output->failed = true;
		return NULL;
	}
	*size = output->blob.size - output->filled;
	return output->blob.data + output->filled;
}

static bool take(void *ctx, size_t size)
{
	struct output *output = ctx;

	output->filled += size;
	out_progress(output->request->path, output->at + output->used, output->request->size);
	return true;
}

static int unpack_stream(struct output *output)
{
	const struct unpack_request *request = output->request;
	const struct codec_sink sink = { .room = room, .take = take, .ctx = output };
	enum codec_result result;

	result = request->codec->unpack(request->data + output->at, request->size - output->at,
					&output->used, &sink);
	output->at += output->used;
	output->used = 0;
	if (output->failed)
		return -1;
	if (result != CODEC_DONE)
		return out_fail("%s (%s) %s, near byte %zu", request->path, request->codec->name,
				codec_result_text(result), output->at);
	return 0;
}

static bool is_next(const struct output *output)
{
	const struct unpack_request *request = output->request;

	return codec_find(request->data + output->at, request->size - output->at) ==
	       request->codec;
}

static int check_rest(const struct output *output)
{
	const uint8_t *rest = output->request->data + output->at;
	size_t size = output->request->size - output->at;
	size_t i;

	if (size == 4 && le32(rest) == (uint32_t)output->filled)
		return 0;
	for (i = 0; i < size; i++)
		if (rest[i])
			return out_fail("%s has %zu bytes after the end of its compressed data",
					output->request->path, size);
	return 0;
}

static int unpack_all(struct output *output)
{
	do {
		if (unpack_stream(output))
			return -1;
	} while (is_next(output));
	if (check_rest(output))
		return -1;
	if (!output->filled)
		return out_fail("%s is empty inside", output->request->path);
	return blob_resize(&output->blob, output->filled, output->request->path);
}

int unpack_whole(struct blob *blob, const struct unpack_request *request)
{
	struct output output = { .request = request };
	int ret = unpack_all(&output);

	out_progress(request->path, request->size, request->size);
	if (ret)
		blob_free(&output.blob);
	else
		*blob = output.blob;
	return ret;
}
