// SPDX-License-Identifier: GPL-2.0
#include "formats/payload.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/unpack.h"
#include "out.h"

int payload_keep(struct kernel *kernel, size_t offset, size_t size)
{
	memmove(kernel->contents.data, kernel->contents.data + offset, size);
	return blob_resize(&kernel->contents, size, kernel->path);
}

/*
 * Leave a kernel packed whose first bytes tell all that has to be known of it. What is
 * set aside for the rest is not touched: no memory is used.
 */
static bool unpack_later(struct kernel *kernel, const struct unpack_request *request)
{
	uint8_t head[KERNEL_HEAD];
	struct blob contents;
	uint64_t size;

	if (unpack_begin(head, sizeof(head), request) < sizeof(head) ||
	    !format_arm64.probe(head, sizeof(head)))
		return false;
	size = arm64_image_size(head);
	if (size < sizeof(head) || size > kernel->memory ||
	    blob_alloc(&contents, size, kernel->path))
		return false;
	memcpy(contents.data, head, sizeof(head));
	kernel->packed = (struct kernel_packed){
		.file = kernel->contents,
		.codec = request->codec,
		.data = request->data,
		.size = request->size,
	};
	kernel->contents = contents;
	return true;
}

int payload_unpack(struct kernel *kernel, const struct codec *codec, size_t offset, size_t size)
{
	const struct unpack_request request = {
		.codec = codec,
		.data = kernel->contents.data + offset,
		.size = size,
		.path = kernel->path,
		.memory = kernel->memory,
	};
	struct blob unpacked;

	if (!codec)
		return payload_keep(kernel, offset, size);
	if (kernel->request && kernel->request->straight && unpack_later(kernel, &request))
		return 0;
	if (unpack_whole(&unpacked, &request))
		return -1;
	blob_free(&kernel->contents);
	kernel->contents = unpacked;
	return 0;
}

int payload_copy(struct blob *blob, const uint8_t *data, size_t size, const char *path)
{
	struct blob copy;

	if (blob_alloc(&copy, size, path))
		return -1;
	memcpy(copy.data, data, size);
	blob_free(blob);
	*blob = copy;
	return 0;
}

int payload_text(char **text, const uint8_t *data, size_t size, const char *path)
{
	char *copy;

	size = strnlen((const char *)data, size);
	while (size && isspace(data[size - 1]))
		size--;
	copy = strndup((const char *)data, size);
	if (!copy)
		return out_fail("out of memory for %s", path);
	free(*text);
	*text = copy;
	return 0;
}
