/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The SHA-256 of a segment, as it lies in memory now: for people, who compare it with
 * that of a file. The jump compares checksums (verify.h), which cost less.
 */
#ifndef FK_SHA256_H
#define FK_SHA256_H

#include "image.h"

/* Bytes of a SHA-256 (FIPS 180-4). */
#define FK_SHA256_SIZE	32

/**
 * fk_sha256_take() - the SHA-256 of a segment's contents
 * @image: complete
 * @i: index in its plan
 * @sha256: takes FK_SHA256_SIZE bytes
 * @report: takes the reason of a failure
 *
 * Of the bytes that came from the caller: not of the zeroes that follow them. Sleeps, and
 * takes some instructions a byte.
 *
 * Return: 0; -EINTR if a fatal signal came; -EIO if a page has memory errors;
 * -EOPNOTSUPP if this kernel has no SHA-256; -ENOMEM.
 */
int fk_sha256_take(const struct fk_image *image, unsigned int i, u8 *sha256,
		   struct fk_report *report);

#endif /* FK_SHA256_H */
