/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Overlays: changes to a device tree that lie in files of their own.
 */
#ifndef FASTKEXEC_DTB_OVERLAY_H
#define FASTKEXEC_DTB_OVERLAY_H

#include <stddef.h>

#include "blob.h"
#include "options.h"

/**
 * struct dtb_overlays - overlays, in the order in which they apply; all-zero is none
 * @nr: how many
 * @path: their files, for messages; not owned
 * @blob: what is in them; the first @nr are owned
 */
struct dtb_overlays {
	unsigned int nr;
	const char *path[OPTION_TEXTS_MAX];
	struct blob blob[OPTION_TEXTS_MAX];
};

/**
 * dtb_overlays_read() - read overlays, and see that they are some
 * @overlays: takes them; needs dtb_overlays_free() also after a failure
 * @paths: their files
 *
 * Return: 0, or -1 after having said what was wrong
 */
int dtb_overlays_read(struct dtb_overlays *overlays, const struct option_texts *paths);

/**
 * dtb_overlays_room() - how much larger a tree gets
 * @overlays: as read
 *
 * Return: bytes, at most
 */
size_t dtb_overlays_room(const struct dtb_overlays *overlays);

/**
 * dtb_overlays_apply() - apply them
 * @tree: opened by fdt_open_into() with room for them
 * @name: its name, for messages
 * @overlays: as read; their contents are used up
 *
 * Return: 0, or -1 after having said what was wrong; then @tree is of no use
 */
int dtb_overlays_apply(void *tree, const char *name, const struct dtb_overlays *overlays);

/**
 * dtb_overlays_free() - give the memory back
 * @overlays: as read, or all-zero; holds nothing afterwards
 */
void dtb_overlays_free(struct dtb_overlays *overlays);

#endif /* FASTKEXEC_DTB_OVERLAY_H */
