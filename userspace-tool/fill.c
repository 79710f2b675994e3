// SPDX-License-Identifier: GPL-2.0
#include "fill.h"

#include <string.h>

#include "initrd.h"

/* Memory for @size bytes of a piece: where they will run if that is claimed. */
static int make_room(struct blob *room, const struct fastkexec_piece *piece, size_t size,
		     const char *path, int fd)
{
	if (!piece || piece->map == FASTKEXEC_NO_MAP)
		return blob_alloc(room, size, path);
	return blob_map(room, size, path, fd, piece->map);
}

/* @begun: the first bytes, which have been read already. */
static int fill(struct blob *room, size_t lead, const struct blob *begun, struct source *rest)
{
	uint8_t *to = room->data + lead;
	const size_t done = rest->done;

	if (done)
		memcpy(to, begun->data, done);
	return source_read(rest, to + done, rest->size - done);
}

static int fill_kernel(struct kernel *kernel, const struct layout *layout, int fd)
{
	const struct fastkexec_piece *piece = layout_piece(layout, FASTKEXEC_ROLE_KERNEL);
	struct blob room = { 0 };

	if (!kernel->rest.is_open)
		return 0;
	if (make_room(&room, piece, layout->lead + kernel->rest.size, kernel->path, fd))
		return -1;
	if (fill(&room, layout->lead, &kernel->contents, &kernel->rest)) {
		blob_free(&room);
		return -1;
	}
	source_close(&kernel->rest);
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
