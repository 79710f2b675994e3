/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which file systems are mounted where (/proc/self/mountinfo).
 */
#ifndef FASTKEXEC_MOUNTS_H
#define FASTKEXEC_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * mounts_automount() - would touching this wait for an automount?
 * @path: absolute, without root_set()'s
 *
 * Whoever touches one while systemd stops it waits for ever.
 *
 * Return: whether the topmost mount over @path is of autofs, or that cannot be told
 */
bool mounts_automount(const char *path);

/**
 * mounts_locate() - where is a file that a boot loader sees?
 * @path: takes the answer
 * @size: bytes at @path
 * @device: its file system: "uuid:UUID"; "at:PATH" is the one that PATH is in; of any
 *	other name, that of the root or of /boot
 * @file: from the root of that file system
 *
 * Return: whether there is exactly one such file
 */
bool mounts_locate(char *path, size_t size, const char *device, const char *file);

#endif /* FASTKEXEC_MOUNTS_H */
