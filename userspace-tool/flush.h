/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing what is dirty to the disks before the kernel is left.
 */
#ifndef FASTKEXEC_FLUSH_H
#define FASTKEXEC_FLUSH_H

#include <stdbool.h>

/* So long may pass with less than 1 MiB written, and so many times as long in all. */
#define FLUSH_PATIENCE_MS	10000
#define FLUSH_TIMES		6

/**
 * flush_disks() - sync(2), for as long as it gets on
 * @patience_ms: how long it may take to write 1 MiB, milliseconds; FLUSH_TIMES of that are
 *	the end, as others may write for ever
 *
 * A server that is gone or a disk that is suspended would hold sync(2) for ever.
 *
 * Return: whether all was written; says what was not
 */
bool flush_disks(int patience_ms);

#endif /* FASTKEXEC_FLUSH_H */
