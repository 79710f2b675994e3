/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which kernel would a reboot through the firmware start? It is told if that can be
 * proved, and not guessed.
 */
#ifndef FASTKEXEC_NEXT_H
#define FASTKEXEC_NEXT_H

#include <limits.h>
#include <stdbool.h>

#include "next/menu.h"
#include "next/running.h"
#include "settings.h"

/**
 * struct next - the answer
 * @policy: how it was found
 * @loader: the boot loader; "" if none was asked
 * @title: what the boot loader calls it; "" if that has no name
 * @kernel: the kernel's file
 * @initrds: the initrd's files, in order
 * @nr_initrds: how many
 * @cmdline: the command line
 * @release: of the kernel
 * @why: a sentence without its full stop: why this kernel, or why none
 */
struct next {
	const char *policy;
	const char *loader;
	char title[256];
	char kernel[PATH_MAX];
	char initrds[MENU_INITRDS][PATH_MAX];
	unsigned int nr_initrds;
	char cmdline[RUNNING_LINE];
	char release[65];
	char why[512];
};

/**
 * struct policy - a way to find it
 * @name: as in /etc/default/fastkexec
 * @find: finds it; 0, or -1 with next_fail()
 */
struct policy {
	const char *name;
	int (*find)(struct next *next, const struct settings *settings,
		    const struct running *running);
};

extern const struct policy policy_command;
extern const struct policy policy_default;
extern const struct policy policy_running;
extern const struct policy policy_symlink;

/**
 * next_find() - which kernel is next?
 * @next: takes the answer; all paths are without root_set()'s
 * @settings: what the administrator wants
 *
 * Return: 0, or -1: it cannot be proved, and @next->why says why
 */
int next_find(struct next *next, const struct settings *settings);

/**
 * next_fail() - say why it cannot be proved
 * @next: takes it
 * @format: of a sentence without its full stop, as of printf(3)
 *
 * Return: -1, so that a function can end with it
 */
int next_fail(struct next *next, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * next_take_file() - note one of the files, if it can be loaded
 * @next: takes why it cannot
 * @path: takes the path; PATH_MAX bytes
 * @file: which one
 *
 * Return: 0, or -1 after next_fail()
 */
int next_take_file(struct next *next, char *path, const char *file);

#endif /* FASTKEXEC_NEXT_H */
