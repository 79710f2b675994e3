/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the kernel that is loaded came from. The module does not know; the tool writes
 * it down at the load.
 */
#ifndef FASTKEXEC_ORIGIN_H
#define FASTKEXEC_ORIGIN_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "cmdline.h"
#include "options.h"

/* Bytes of a release, with its zero: as of uname(2). */
#define ORIGIN_RELEASE	65

/* Files of a load: the kernel, and those of options that may be given several times. */
#define ORIGIN_FILES	(4 + 2 * OPTION_TEXTS_MAX)

/**
 * enum origin_role - what a file was loaded for
 * @ORIGIN_KERNEL: it is the kernel's
 * @ORIGIN_INITRD: it is one of the initrd's
 * @ORIGIN_OTHER: it is of something else: a device tree, an overlay, a kernel for Xen
 */
enum origin_role {
	ORIGIN_KERNEL,
	ORIGIN_INITRD,
	ORIGIN_OTHER,
};

/**
 * struct origin_file - a file that was loaded
 * @role: what for
 * @path: absolute
 * @size: its bytes
 * @mtime_ns: when it was changed last, in nanoseconds since 1970
 */
struct origin_file {
	uint64_t role;
	char path[PATH_MAX];
	uint64_t size;
	uint64_t mtime_ns;
};

/**
 * struct origin - a load
 * @load: its number, as of loaded_ask()
 * @loaded_at: when, in seconds since 1970
 * @file: the files, in the order in which they were given
 * @nr_files: how many
 * @release: of the kernel, as uname(2) will tell; empty if it does not say
 * @modules: whether /lib/modules had a folder for it
 * @cmdline: the command line
 * @for_reboot: it was loaded on the way down, as what the boot loader would start
 */
struct origin {
	uint64_t load;
	uint64_t loaded_at;
	struct origin_file file[ORIGIN_FILES];
	unsigned int nr_files;
	char release[ORIGIN_RELEASE];
	bool modules;
	char cmdline[CMDLINE_MAX];
	bool for_reboot;
};

/**
 * origin_look() - remember a file
 * @origin: takes it, unless it has ORIGIN_FILES already
 * @role: what it is loaded for
 * @path: which one; NULL, or a file that is not there: none
 */
void origin_look(struct origin *origin, enum origin_role role, const char *path);

/**
 * origin_find() - the next file of a role
 * @origin: the load
 * @role: which role
 * @file: the one before; NULL: the first is wanted
 *
 * Return: it, NULL if there is none.
 */
const struct origin_file *origin_find(const struct origin *origin, enum origin_role role,
				      const struct origin_file *file);

/**
 * origin_write() - remember a load, in the place of the one before
 * @origin: all but @load and @modules, which are looked up
 *
 * Without a /run that can be written to, nothing is remembered.
 */
void origin_write(struct origin *origin);

/**
 * origin_note_reboot() - note of the last load that it was for the reboot under way
 *
 * A kernel that is installed from now on may be what the boot loader would start.
 */
void origin_note_reboot(void);

/**
 * origin_read() - where did the image come from that is loaded now?
 * @origin: takes the answer
 *
 * Needs no rights.
 *
 * Return: whether that is known. What was noted of another load does not count.
 */
bool origin_read(struct origin *origin);

/**
 * origin_unload() - unload, and forget where that came from
 * @fd: of the device, open
 *
 * Return: 0, or -1 after having said what was wrong
 */
int origin_unload(int fd);

/** origin_forget() - nothing is loaded any more */
void origin_forget(void);

/**
 * origin_stale() - should the kernel be loaded again?
 * @origin: the load
 * @tell: called with each reason: a clause, valid until it returns
 * @ctx: for @tell
 */
void origin_stale(const struct origin *origin, void (*tell)(void *ctx, const char *reason),
		  void *ctx);

#endif /* FASTKEXEC_ORIGIN_H */
