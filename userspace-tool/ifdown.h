/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Taking network interfaces down before the kernel is left, as kexec(8) does: a card
 * that goes on receiving writes into memory that is the next kernel's.
 */
#ifndef FASTKEXEC_IFDOWN_H
#define FASTKEXEC_IFDOWN_H

#include <stdbool.h>

#define IFDOWN_PATIENCE_MS	5000

/**
 * ifdown_all() - take every interface down but loopback ones
 * @patience_ms: how long to wait for all of them together, milliseconds
 *
 * Return: whether all are down; says what is not
 */
bool ifdown_all(int patience_ms);

#endif /* FASTKEXEC_IFDOWN_H */
