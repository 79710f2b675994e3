// SPDX-License-Identifier: GPL-2.0
#include "formats/unpack.h"

#include <string.h>

#include "formats/bytes.h"
#include "out.h"

/* What the room grows by. The largest block of lz4 fits into it. */
#define STEP	(16U << 20)

static bool grow(struct unpacked *unpacked)
{
	const uint64_t memory = unpacked->memory;
	size_t size = unpacked->blob.size;

	if (unpacked->fixed) {
		out_fail("%s is damaged: it unpacks to more than its header says", unpacked->path);
		return false;
	}
	if (size >= memory) {
		out_fail("%s unpacks to more than this machine's memory (%s)", unpacked->path,
			 out_size(memory).s);
		return false;
	}
	size = size + STEP < memory ? size + STEP : memory;
	if (!unpacked->blob.data)
		return !blob_alloc(&unpacked->blob, size, unpacked->path);
	return !blob_resize(&unpacked->blob, size, unpacked->path);
}

uint8_t *unpacked_room(struct unpacked *unpacked, size_t *size)
{
	if (unpacked->filled == unpacked->blob.size && !grow(unpacked))
		return NULL;
	*size = unpacked->blob.size - unpacked->filled;
	return unpacked->blob.data + unpacked->filled;
}

int unpacked_end(struct unpacked *unpacked)
{
	return blob_resize(&unpacked->blob, unpacked->filled, unpacked->path);
}

/**
 * struct output - an unpacking
 * @request: of what
 * @to: what comes out
 * @at: where the stream begins that is being unpacked
 * @used: bytes of that stream that have been read
 * @failed: whether it was said why there is no more room
 */
struct output {
	const struct unpack_request *request;
	struct unpacked to;
	size_t at;
	size_t used;
	bool failed;
};

static uint8_t *room(void *ctx, size_t *size)
{
	struct output *output = ctx;
	uint8_t *to = unpacked_room(&output->to, size);

	output->failed = !to;
	return to;
}

static bool take(void *ctx, size_t size)
{
	struct output *output = ctx;

	output->to.filled += size;
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

	if (size == 4 && le32(rest) == (uint32_t)output->to.filled)
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
	if (!output->to.filled)
		return out_fail("%s is empty inside", output->request->path);
	return output->to.fixed ? 0 : unpacked_end(&output->to);
}

int unpack_whole(struct blob *blob, const struct unpack_request *request)
{
	struct output output = {
		.request = request,
		.to = { .path = request->path, .memory = request->memory },
	};
	int ret = unpack_all(&output);

	out_progress(request->path, request->size, request->size);
	if (ret)
		blob_free(&output.to.blob);
	else
		*blob = output.to.blob;
	return ret;
}

int unpack_into(uint8_t *to, size_t room, const struct unpack_request *request, size_t *size)
{
	struct output output = {
		.request = request,
		.to = {
			.path = request->path,
			.blob = { .data = to, .size = room },
			.fixed = true,
		},
	};
	int ret = unpack_all(&output);

	out_progress(request->path, request->size, request->size);
	*size = output.to.filled;
	return ret;
}

static uint8_t *begin_room(void *ctx, size_t *size)
{
	const struct unpacked *to = ctx;

	*size = to->blob.size - to->filled;
	return *size ? to->blob.data + to->filled : NULL;
}

static bool begin_take(void *ctx, size_t size)
{
	struct unpacked *to = ctx;

	to->filled += size;
	return true;
}

size_t unpack_begin(uint8_t *to, size_t room, const struct unpack_request *request)
{
	struct unpacked begun = { .blob = { .data = to, .size = room } };
	const struct codec_sink sink = { .room = begin_room, .take = begin_take, .ctx = &begun };
	size_t used;

	request->codec->unpack(request->data, request->size, &used, &sink);
	return begun.filled;
}
