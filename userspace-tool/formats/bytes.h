/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers in files, wherever they lie.
 */
#ifndef FASTKEXEC_BYTES_H
#define FASTKEXEC_BYTES_H

#include <stdint.h>

/** le16() - the little-endian number at @p */
static inline uint32_t le16(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

/** le32() - the little-endian number at @p */
static inline uint32_t le32(const uint8_t *p)
{
	return le16(p) | le16(p + 2) << 16;
}

/** le64() - the little-endian number at @p */
static inline uint64_t le64(const uint8_t *p)
{
	return le32(p) | (uint64_t)le32(p + 4) << 32;
}

/** be32() - the big-endian number at @p */
static inline uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

#endif /* FASTKEXEC_BYTES_H */
