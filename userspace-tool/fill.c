// SPDX-License-Identifier: GPL-2.0
#include "fill.h"

#include <string.h>

#include "formats/format.h"
#include "formats/unpack.h"
#include "initrd.h"

/* Memory for @size bytes of a piece: the module's, if it has set some aside. */
static int make_room(struct blob *room, const struct fastkexec_piece *piece, size_t size,
		     const char *path, int fd)
{
	if (!piece || piece->map == FASTKEXEC_NO_MAP)
		return blob_alloc(room, size, path);
	return blob_map(room, size, path, fd, piece->map);
}

/* @begun: the bytes that have been read already; NULL if there are none. */
static int fill(struct blob *room, size_t lead, const struct blob *begun, struct source *rest)
{
	uint8_t *to = room->data + lead;
	const size_t done = rest->done;

	if (begun && done)
		memcpy(to, begun->data, done);
	return source_read(rest, to + done, rest->size - done);
}

/* The room is for as much as it may be. */
static int unpack(struct blob *room, size_t lead, const struct kernel *kernel)
{
	const struct kernel_packed *packed = &kernel->packed;
	const struct unpack_request request = {
		.codec = packed->codec,
		.data = packed->data,
		.size = packed->size,
		.path = kernel->path,
		.memory = kernel->memory,
	};
	size_t size;

	/* How much it would be was not known before. */
	if (unpack_into(room->data + lead, room->size - lead, &request, &size) ||
	    arm64_check_whole(room->data + lead, size, kernel->path))
		return -1;
	return blob_resize(room, lead + size, kernel->path);
}

static int read_or_unpack(struct blob *room, size_t lead, struct kernel *kernel)
{
	if (kernel->rest.is_open)
		return fill(room, lead, &kernel->contents, &kernel->rest);
	return unpack(room, lead, kernel);
}

static int fill_kernel(struct kernel *kernel, const struct layout *layout, int fd)
{
	const struct fastkexec_piece *piece = layout_piece(layout, FASTKEXEC_ROLE_KERNEL);
	struct blob room = { 0 };

	if (!kernel->rest.is_open && !kernel->packed.file.data)
		return 0;
	if (make_room(&room, piece, layout->lead + kernel->contents.size, kernel->path, fd))
		return -1;
	if (read_or_unpack(&room, layout->lead, kernel)) {
		blob_free(&room);
		return -1;
	}
	source_close(&kernel->rest);
	blob_free(&kernel->packed.file);
	blob_free(&kernel->contents);
	kernel->contents = room;
	kernel->lead = layout->lead;
	return 0;
}

static int fill_initrd(struct boot *boot, const struct layout *layout, int fd)
{
	const struct fastkexec_piece *piece = layout_piece(layout, FASTKEXEC_ROLE_INITRD);
	struct source *rest = &boot->initrd_rest;
	const char *path = rest->path;

	if (!rest->is_open)
		return 0;
	if (make_room(&boot->initrd, piece, rest->size, path, fd) ||
	    fill(&boot->initrd, 0, NULL, rest))
		return -1;
	source_close(rest);
	if (!boot->initrd_memory)
		return 0;
	return initrd_look(&boot->initrd, path, boot->initrd_memory);
}

int fill_from_files(struct boot *boot, const struct layout *layout, int fd)
{
	if (fill_kernel(&boot->kernel, layout, fd))
		return -1;
	return fill_initrd(boot, layout, fd);
}
