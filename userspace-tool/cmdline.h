/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line of the next kernel.
 */
#ifndef FASTKEXEC_CMDLINE_H
#define FASTKEXEC_CMDLINE_H

#include <stdbool.h>

#include "options.h"

/* arm64's COMMAND_LINE_SIZE, terminating zero included; the rest would be lost. */
#define CMDLINE_MAX	2048

/**
 * cmdline_has() - is a parameter on a command line?
 * @line: as of cmdline_without()
 * @name: as of cmdline_without()
 *
 * Return: whether it is
 */
bool cmdline_has(const char *line, const char *name);

/**
 * cmdline_without() - take one parameter out of a command line
 * @line: as the kernel parses it: words, in which a space may stand in double
 *	quotes; edited where it stands
 * @name: name of the parameter; "a" removes "a=b" and "a", and not "ab=c"
 */
void cmdline_without(char *line, const char *name);

/**
 * cmdline_remove() - take words out of a command line
 * @line: as of cmdline_without(); edited where it stands
 * @word: what to take out: a name as of cmdline_without(); or, with a "=" in it, the words
 *	that are the same
 */
void cmdline_remove(char *line, const char *word);

/**
 * cmdline_drop() - take a word out of a command line
 * @line: as of cmdline_without(); edited where it stands
 * @word: the word, wherever it stands as it is
 */
void cmdline_drop(char *line, const char *word);

/**
 * cmdline_build() - the next kernel's command line
 * @running: the running kernel's (/proc/cmdline), if it is to be used again,
 *	else NULL; left out is what names other files: BOOT_IMAGE=, and initrd=
 *	and initrdmem=, with which the kernel passes over its device tree's
 * @text: what the user gave, or NULL; put behind @running, of which what follows
 *	"--" (for init) stays last. Words of @running that are words of @text, too,
 *	are left out; so are arguments for init that @running ends with.
 * @line: takes the result: NULL if both are NULL; to be freed by the caller
 *
 * Return: 0, or -1 after having said what was wrong
 */
int cmdline_build(const char *running, const char *text, char **line);

/**
 * cmdline_add() - put words behind those that a command line has for the kernel
 * @line: the command line, to be freed by the caller; replaced by a longer one
 * @words: what to add; a word that is there already is moved
 *
 * Return: 0, or -1 after having said what was wrong: @line stays as it was
 */
int cmdline_add(char **line, const char *words);

/**
 * cmdline_forget_added() - take out what loads add for one start
 * @line: as of cmdline_without(); edited where it stands
 *
 * The words of boot_cpus_limit() and start_profile_add(): the next kernel is given its own.
 */
void cmdline_forget_added(char *line);

/**
 * cmdline_make() - the next kernel's command line, as the user asked for it
 * @reuse: whether the running kernel's (/proc/cmdline) is to be used again, without what
 *	the boot configuration in its initrd has put there, as the next one has its own, and
 *	without what cmdline_forget_added() takes out
 * @text: what the user gave, or NULL
 * @remove: words to leave out of the running kernel's
 * @line: takes the result, as of cmdline_build()
 *
 * Return: 0, or -1 after having said what was wrong
 */
int cmdline_make(bool reuse, const char *text, const struct option_texts *remove,
		 char **line);

#endif /* FASTKEXEC_CMDLINE_H */
