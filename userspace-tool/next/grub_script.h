/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A GRUB script (grub.cfg), run as GRUB would run it, up to the menu that it makes.
 * What depends on things that only GRUB sees counts as unknown, and so does all that
 * follows from it.
 */
#ifndef FASTKEXEC_GRUB_SCRIPT_H
#define FASTKEXEC_GRUB_SCRIPT_H

#include <stddef.h>

#include "next/menu.h"
#include "next/vars.h"

/* Where the script and its environment block are, as its own variables say it. */
#define GRUB_HERE	"(here)"

/**
 * enum truth - what a test says
 * @TRUTH_NO: it is not so
 * @TRUTH_YES: it is so
 * @TRUTH_UNKNOWN: only the boot loader can tell
 */
enum truth {
	TRUTH_NO,
	TRUTH_YES,
	TRUTH_UNKNOWN,
};

/**
 * struct grub_world - what a script may ask for
 * @ctx: for the functions
 * @has: is there such a file, and not an empty one? @device is empty, "uuid:UUID" or
 *	what GRUB calls it; a path that begins with GRUB_HERE is beside the script
 * @source: a file that the script includes, or NULL if it cannot be had; takes the
 *	bytes of it; the text must stay as long as the pool
 * @blscfg: add the entries of /boot/loader/entries to the menu; -1 if there are none
 * @load_env: set the variables of the environment block
 * @load_block: set those of a block outside of all files, which lies on the device of
 *	the script at @blocks: "512+1"; -1 if it cannot be read
 */
struct grub_world {
	void *ctx;
	enum truth (*has)(void *ctx, const char *device, const char *path);
	const char *(*source)(void *ctx, struct pool *pool, const char *device,
			      const char *path, size_t *size);
	int (*blscfg)(void *ctx, struct menu *menu, const struct vars *vars);
	void (*load_env)(void *ctx, struct vars *vars);
	int (*load_block)(void *ctx, struct vars *vars, const char *blocks);
};

/**
 * grub_script_run() - what menu does this script make?
 * @menu: takes the entries, and what is wanted; begins empty; @menu->problem is set
 *	if the script is not understood
 * @text: the script
 * @size: bytes of it
 * @world: what it may ask for
 */
void grub_script_run(struct menu *menu, const char *text, size_t size,
		     const struct grub_world *world);

#endif /* FASTKEXEC_GRUB_SCRIPT_H */
