/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checksums and digests, by zlib and libmd.
 */
#ifndef FASTKEXEC_DIGEST_H
#define FASTKEXEC_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* The longest value, in bytes. */
#define DIGEST_MAX	64

/**
 * digest_make() - the value of some bytes
 * @name: of the way to compute it, as FIT images have it: crc32, sha256
 * @value: takes it
 * @data: the bytes
 * @size: how many
 *
 * Return: bytes of the value; 0 if there is no such way here
 */
size_t digest_make(const char *name, uint8_t value[DIGEST_MAX], const uint8_t *data, size_t size);

#endif /* FASTKEXEC_DIGEST_H */
