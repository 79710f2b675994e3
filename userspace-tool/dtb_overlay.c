// SPDX-License-Identifier: GPL-2.0
#include "dtb_overlay.h"

#include <libfdt.h>
#include <stdbool.h>

#include "boot_protocol.h"
#include "out.h"

static int read_one(struct dtb_overlays *overlays, const char *path)
{
	struct blob *blob = &overlays->blob[overlays->nr];
	int ret;

	if (blob_read_file(blob, path, BOOT_DTB_MAX))
		return -1;
	overlays->path[overlays->nr++] = path;
	ret = fdt_check_full(blob->data, blob->size);
	if (ret)
		return out_fail("%s is not a device tree overlay, or damaged: %s", path,
				fdt_strerror(ret));
	return 0;
}

int dtb_overlays_read(struct dtb_overlays *overlays, const struct option_texts *paths)
{
	unsigned int i;

	*overlays = (struct dtb_overlays){ 0 };
	for (i = 0; i < paths->nr; i++)
		if (read_one(overlays, paths->text[i]))
			return -1;
	return 0;
}

size_t dtb_overlays_room(const struct dtb_overlays *overlays)
{
	size_t room = 0;
	unsigned int i;

	/* Symbols get paths in the tree, which may be longer than those in the overlay. */
	for (i = 0; i < overlays->nr; i++)
		room += 4 * overlays->blob[i].size;
	return room;
}

int dtb_overlays_apply(void *tree, const char *name, const struct dtb_overlays *overlays)
{
	unsigned int i;
	int ret;

	for (i = 0; i < overlays->nr; i++) {
		const bool labels = fdt_path_offset(tree, "/__symbols__") >= 0;

		ret = fdt_overlay_apply(tree, overlays->blob[i].data);
		if (ret == -FDT_ERR_NOTFOUND && !labels)
			return out_fail("%s has no labels for the overlay %s to refer to: it has to be built with dtc -@",
					name, overlays->path[i]);
		if (ret)
			return out_fail("the overlay %s does not fit %s: %s", overlays->path[i],
					name, fdt_strerror(ret));
	}
	return 0;
}

void dtb_overlays_free(struct dtb_overlays *overlays)
{
	while (overlays->nr)
		blob_free(&overlays->blob[--overlays->nr]);
}
