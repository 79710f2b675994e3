// SPDX-License-Identifier: GPL-2.0
#include "next/running.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmdline.h"
#include "efivar.h"
#include "root.h"

/* White space in quotes is part of a word, and stays. */
static void squeeze(char *line)
{
	bool quoted = false, space = true;
	char *const begin = line, *to = line;

	for (; *line; line++) {
		if (*line == '"')
			quoted = !quoted;
		if (!quoted && isspace((unsigned char)*line)) {
			if (!space)
				*to++ = ' ';
			space = true;
			continue;
		}
		space = false;
		*to++ = *line;
	}
	if (to > begin && to[-1] == ' ')
		to--;
	*to = '\0';
}

void running_words(char *line)
{
	cmdline_without(line, "BOOT_IMAGE");
	cmdline_without(line, "initrd");
	squeeze(line);
}

/* "BOOT_IMAGE=(hd0,gpt2)/vmlinuz": GRUB may name the device. */
static void take_image(char *image, size_t size, const char *cmdline)
{
	const char *at = strstr(cmdline, "BOOT_IMAGE=");
	size_t length;

	image[0] = '\0';
	if (!at || (at > cmdline && at[-1] != ' '))
		return;
	at += strlen("BOOT_IMAGE=");
	length = strcspn(at, " ");
	if (at[0] == '(' && memchr(at, ')', length)) {
		const char *path = strchr(at, ')') + 1;

		length -= path - at;
		at = path;
	}
	if (length < size)
		snprintf(image, size, "%.*s", (int)length, at);
}

void running_look(struct running *running)
{
	*running = (struct running){ 0 };
	root_read(running->release, sizeof(running->release), "/proc/sys/kernel/osrelease");
	root_read(running->cmdline, sizeof(running->cmdline), "/proc/cmdline");
	cmdline_forget_added(running->cmdline);
	efivar_text(running->loader, sizeof(running->loader), "LoaderInfo", EFIVAR_LOADER);
	take_image(running->image, sizeof(running->image), running->cmdline);
	snprintf(running->args, sizeof(running->args), "%s", running->cmdline);
	running_words(running->args);
}
