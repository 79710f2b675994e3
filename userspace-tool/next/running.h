/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the kernel that is running was started.
 */
#ifndef FASTKEXEC_RUNNING_H
#define FASTKEXEC_RUNNING_H

#include <limits.h>
#include <stddef.h>

/* More than an arm64 kernel takes: a line that is longer is seen to be so. */
#define RUNNING_LINE	4096

/**
 * struct running - what it says of itself
 * @release: as uname(2) tells
 * @cmdline: its command line, without what a load has added to it
 * @args: its command line without what only boot loaders say: BOOT_IMAGE=, initrd=
 * @image: what BOOT_IMAGE= says, without a device before it; "" if there is none
 * @loader: what the boot loader says of itself by EFI; "" if it says nothing
 */
struct running {
	char release[65];
	char cmdline[RUNNING_LINE];
	char args[RUNNING_LINE];
	char image[PATH_MAX];
	char loader[64];
};

/**
 * running_look() - look at the kernel that is running
 * @running: takes it
 */
void running_look(struct running *running);

/**
 * running_words() - bring a command line into one form
 * @line: what only boot loaders say is taken out, and one space left between words
 */
void running_words(char *line);

#endif /* FASTKEXEC_RUNNING_H */
