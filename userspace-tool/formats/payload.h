/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What lies somewhere inside a file.
 */
#ifndef FASTKEXEC_PAYLOAD_H
#define FASTKEXEC_PAYLOAD_H

#include "formats/codec.h"
#include "kernel.h"

/**
 * payload_keep() - leave nothing of a kernel's contents but a part of them
 * @kernel: whose
 * @offset: where the part begins
 * @size: bytes of it, at least 1; it lies inside
 *
 * Return: 0, or -1 after having said what was wrong
 */
int payload_keep(struct kernel *kernel, size_t offset, size_t size);

/**
 * payload_unpack() - leave nothing of a kernel's contents but a part, unpacked
 * @kernel: whose
 * @codec: compression of the part; NULL: it is not compressed
 * @offset: where it begins
 * @size: bytes of it, at least 1; it lies inside
 *
 * A kernel that was asked for straight may be left packed, but for its first bytes.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int payload_unpack(struct kernel *kernel, const struct codec *codec, size_t offset, size_t size);

/**
 * payload_copy() - a copy of some bytes
 * @blob: takes it, in the place of what it held
 * @data: the bytes
 * @size: how many, at least 1
 * @path: the file's name, for messages
 *
 * Return: 0, or -1 after having said what was wrong
 */
int payload_copy(struct blob *blob, const uint8_t *data, size_t size, const char *path);

/**
 * payload_text() - a copy of a text
 * @text: takes it, in the place of what it held
 * @data: the text, up to a zero or its end; white space at its end is left out
 * @size: bytes at @data
 * @path: the file's name, for messages
 *
 * Return: 0, or -1 after having said what was wrong
 */
int payload_text(char **text, const uint8_t *data, size_t size, const char *path);

#endif /* FASTKEXEC_PAYLOAD_H */
