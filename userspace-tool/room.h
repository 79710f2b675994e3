/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How much memory this program may still take.
 */
#ifndef FASTKEXEC_ROOM_H
#define FASTKEXEC_ROOM_H

#include <stdint.h>

/**
 * room_of_cgroups() - what the control groups of this program leave to it
 * @root: path that /proc and the mount points begin with; "" but for tests
 *
 * Of every group, from the program's own up to the highest that is visible: the limit
 * (memory.max, memory.high; memory.limit_in_bytes with version 1), less what is used,
 * with files that are only cached counted as free. Whoever takes more is killed. That
 * memory could be swapped out is not counted on.
 *
 * Return: bytes; UINT64_MAX if there is no limit, or if it cannot be read
 */
uint64_t room_of_cgroups(const char *root);

/**
 * room_machine() - how much memory this machine has
 *
 * Return: bytes; UINT64_MAX if that is not known
 */
uint64_t room_machine(void);

/**
 * room_available() - what can be taken without driving others out of memory
 *
 * Seven eighths of what the machine has available, and of what room_of_cgroups()
 * leaves, whichever is less.
 *
 * Return: bytes; UINT64_MAX if neither is known
 */
uint64_t room_available(void);

#endif /* FASTKEXEC_ROOM_H */
