/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guard against loops: how many fast reboots of the hook have not come up since the
 * last one that has.
 */
#ifndef FASTKEXEC_GUARD_H
#define FASTKEXEC_GUARD_H

/* So many, and the next reboot goes through the firmware. */
#define GUARD_MAX	2

/**
 * guard_count() - how many are there?
 *
 * Return: the number
 */
unsigned int guard_count(void);

/**
 * guard_set() - note how many there are
 * @nr: the number
 *
 * It is on the disk when this returns.
 *
 * Return: 0, or -1: it could not be written
 */
int guard_set(unsigned int nr);

#endif /* FASTKEXEC_GUARD_H */
